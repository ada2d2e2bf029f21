"""The genogram in words: for those who hear the page, for those who would rather read, and for its key."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from kith.people.genogram.family import Couple, CoupleKind, Ended, How, Member, Picture
from kith.people.genogram.kin import Kin
from kith.people.genogram.labels import age_in_words, month

_COUPLES: dict[CoupleKind, tuple[str, str]] = {
    "married": (gettext_noop("married to %(name)s"), gettext_noop("was married to %(name)s")),
    "civil_partnership": (
        gettext_noop("in a civil partnership with %(name)s"),
        gettext_noop("was in a civil partnership with %(name)s"),
    ),
    "living_together": (
        gettext_noop("lives with %(name)s as a couple"),
        gettext_noop("lived with %(name)s as a couple"),
    ),
    "relationship": (gettext_noop("with %(name)s"), gettext_noop("was with %(name)s")),
    "separated": (gettext_noop("separated from %(name)s"),) * 2,
    "divorced": (gettext_noop("divorced from %(name)s"),) * 2,
    "brief": (gettext_noop("briefly with %(name)s"),) * 2,
}
_HOW: dict[How, str] = {
    "birth": "%(names)s",
    "adopted": gettext_noop("%(names)s (by adoption)"),
    "fostered": gettext_noop("%(names)s (fostering)"),
    "step": gettext_noop("%(names)s (step-parent)"),
    "kinship": gettext_noop("%(names)s (kinship care)"),
    "special_guardianship": gettext_noop("%(names)s (special guardianship)"),
    "donor": gettext_noop("%(names)s (donor)"),
}
_ENDED: dict[Ended, str] = {
    "miscarriage": gettext_noop("pregnancy that ended in miscarriage"),
    "termination": gettext_noop("pregnancy that was ended"),
    "stillbirth": gettext_noop("stillborn"),
}
_KEY: dict[str, str] = {
    "index": gettext_noop("The child this picture is about"),
    "male": gettext_noop("Man or boy"),
    "female": gettext_noop("Woman or girl"),
    "other": gettext_noop("Another gender"),
    "unknown": gettext_noop("Gender not known"),
    "died": gettext_noop("Has died"),
    "pregnancy": gettext_noop("Pregnancy, with the month the baby is due"),
    "miscarriage": gettext_noop("Miscarriage"),
    "termination": gettext_noop("Pregnancy that was ended"),
    "stillbirth": gettext_noop("Stillbirth"),
    "married": gettext_noop("Married or civil partners"),
    "living_together": gettext_noop("Living together as a couple"),
    "relationship": gettext_noop("In a relationship"),
    "brief": gettext_noop("Brief relationship"),
    "separated": gettext_noop("Separated"),
    "divorced": gettext_noop("Divorced"),
    "parents": gettext_noop("Parents of a child; what they are to each other is not recorded"),
    "adopted": gettext_noop("Adopted"),
    "fostered": gettext_noop("Fostered"),
    "step": gettext_noop("Step-child"),
    "kinship": gettext_noop("Kinship care"),
    "special_guardianship": gettext_noop("Special guardianship"),
    "donor": gettext_noop("Child of a donor"),
    "twins": gettext_noop("Born together"),
    "identical": gettext_noop("Identical twins"),
    "siblings": gettext_noop("Brothers or sisters whose parents are not all in this picture"),
    "household": gettext_noop("Live together now"),
}


@dataclass(frozen=True)
class Row:
    """A member as a row of a table, each cell in words and empty where nothing is shown."""

    id: str
    name: str
    age_or_dates: str
    relation: str
    parents: str
    siblings: str
    partners: str
    lives_with: str


@dataclass(frozen=True)
class KeyItem:
    """A sign that the picture uses, and what it means. `svg.sign(item.sign)` draws it."""

    sign: str
    words: str


def as_table(picture: Picture, on: date) -> list[Row]:
    """A row for each member, in the order the picture names them, the index child first. `on` is the day of the ages."""
    kin = Kin(picture, on)
    members = sorted(picture.members, key=lambda member: not member.index)
    return [
        Row(
            member.id,
            member.name,
            _age_or_dates(member, on),
            _("the child this picture is about") if member.index else kin.relation(member.id),
            _parents(picture, member),
            _siblings(picture, member),
            _(", ").join(
                _couple_words(couple, member, picture.by_id[other], on) for couple, other in kin.partners(member.id)
            ),
            _("; ").join(_home_words(picture, member)),
        )
        for member in members
    ]


def as_list(picture: Picture, on: date) -> list[str]:
    """Sentences that say all the picture shows, the index child first. `on` is the day of the ages."""
    sentences: list[str] = []
    rows = as_table(picture, on)
    about = picture.index
    for row in rows:
        sentences += _of_one(row, picture.by_id[row.id], about, on)
    for twins in picture.twins:
        names = _listed([picture.by_id[one].name for one in twins.ids])
        if twins.identical:
            sentences.append(_("%(names)s are identical twins.") % {"names": names})
        else:
            sentences.append(_("%(names)s were born together.") % {"names": names})
    for group in picture.siblings:
        names = _listed([picture.by_id[one].name for one in group.ids])
        sentences.append(
            _("%(names)s are brothers or sisters, without a parent they share in this picture.") % {"names": names}
        )
    for home in picture.households:
        living = [member.name for member in picture.members if member.id in home.members]
        if living:
            words = ngettext("%(names)s lives at %(home)s.", "%(names)s live together at %(home)s.", len(living))
            sentences.append(words % {"names": _listed(living), "home": home.name})
    return sentences


def key(picture: Picture, on: date) -> list[KeyItem]:
    """The signs this picture uses and no others, people first, in a fixed order."""
    used: set[str] = {sign for member in picture.members for sign in _signs_of(member)}
    used |= {_sign_of_couple(couple, on) for couple in picture.couples}
    # The stroke for a parting is explained even where the line under it is that of another kind of couple.
    if any(_strokes_alone(picture, couple, on) for couple in picture.couples):
        used.add("separated")
    pairs = {frozenset((couple.a, couple.b)) for couple in picture.couples}
    if any(len(link.parents) == 2 and frozenset(link.parents) not in pairs for link in picture.children):
        used.add("parents")
    used |= {link.how for link in picture.children if link.how != "birth"}
    used |= {"identical" if twins.identical else "twins" for twins in picture.twins}
    if picture.siblings:
        used.add("siblings")
    if any(home.members for home in picture.households):
        used.add("household")
    return [KeyItem(sign, _(words)) for sign, words in _KEY.items() if sign in used]


def _strokes_alone(picture: Picture, couple: Couple, on: date) -> bool:
    dead = any(picture.by_id[one].died for one in (couple.a, couple.b))
    return couple.kind not in ("separated", "divorced", "brief") and couple.over(on) and not dead


def _sign_of_couple(couple: Couple, on: date) -> str:
    return "married" if couple.kind == "civil_partnership" else couple.kind


def _signs_of(member: Member) -> list[str]:
    if member.pregnancy_ended:
        return [member.pregnancy_ended]
    signs = ["pregnancy" if member.unborn else member.sex]
    return signs + ["index"] * member.index + ["died"] * (member.died is not None)


def _of_one(row: Row, member: Member, about: Member | None, on: date) -> list[str]:
    """What is said of one member: who they are to the child, their age or death, their parents and partners."""
    who = [row.name] if row.name else []
    if member.index:
        who.append(_("the child this picture is about"))
    elif row.relation and about:
        who.append(_("%(relation)s of %(child)s") % {"relation": row.relation, "child": about.name})
    if member.pregnancy_ended or member.unborn or (not member.died and row.age_or_dates):
        who.append(row.age_or_dates)
    first = _(", ").join(one for one in who if one)
    said = [f"{first if row.name else first[:1].upper() + first[1:]}."] if first else []
    name = row.name or _("this pregnancy")
    if member.died and not member.pregnancy_ended:
        said.append(_("%(name)s died in %(year)d.") % {"name": name, "year": member.died.year})
    if row.parents:
        said.append(_("Parents of %(name)s: %(parents)s.") % {"name": name, "parents": row.parents})
    if row.partners:
        said.append(_("%(name)s: %(partners)s.") % {"name": name, "partners": row.partners})
    return said


def _age_or_dates(member: Member, on: date) -> str:
    if member.pregnancy_ended:
        ended = _(_ENDED[member.pregnancy_ended])
        return _("%(what)s, %(year)d") % {"what": ended, "year": member.died.year} if member.died else ended
    if member.unborn and member.expected_on:
        return _("expected in %(month)s") % {"month": month(member.expected_on)}
    age = age_in_words(member, on)
    if not member.died:
        return age
    died = _("died in %(year)d") % {"year": member.died.year}
    return _("%(died)s, aged %(age)s") % {"died": died, "age": age} if age else died


def _parents(picture: Picture, member: Member) -> str:
    links = [link for link in picture.children if link.child == member.id]
    return _("; ").join(
        (_(_HOW[link.how]) if link.how != "birth" else _HOW["birth"])
        % {"names": _listed([picture.by_id[one].name for one in link.parents])}
        for link in links
    )


def _siblings(picture: Picture, member: Member) -> str:
    """Their brothers and sisters of whom no shared parent is in the picture."""
    others = [one for group in picture.siblings if member.id in group.ids for one in group.ids if one != member.id]
    return _listed([picture.by_id[one].name for one in dict.fromkeys(others)])


def _couple_words(couple: Couple, member: Member, other: Member, on: date) -> str:
    """What the couple is or was, and when. A death ends it as a parting does, and is its end if none is recorded."""
    now, before = _COUPLES[couple.kind]
    died = min((one.died for one in (member, other) if one.died), default=None)
    ended = couple.over(on) or died is not None
    words = _(before if ended else now) % {"name": other.name}
    end = couple.until_on or died
    if couple.from_on and end:
        years = {"words": words, "start": couple.from_on.year, "end": end.year}
        return _("%(words)s (together %(start)d to %(end)d)") % years
    if couple.from_on and not ended:
        return _("%(words)s (since %(start)d)") % {"words": words, "start": couple.from_on.year}
    return words


def _home_words(picture: Picture, member: Member) -> list[str]:
    """For each home of the member, those they share it with and what it is called."""
    homes = []
    for home in picture.households:
        if member.id in home.members:
            others = [one.name for one in picture.members if one.id in home.members and one.id != member.id]
            names = _listed(others) if others else _("alone")
            homes.append(_("%(names)s (%(home)s)") % {"names": names, "home": home.name} if home.name else names)
    return homes


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": _(", ").join(names[:-1]), "last": names[-1]}
