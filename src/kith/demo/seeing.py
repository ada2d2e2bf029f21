"""Visits, notes, ties and what children say: the words of invented families."""
# Stories read better as lines than as columns of arguments.
# fmt: off

from collections.abc import Sequence
from typing import Any

from kith.demo.councils import data
from kith.demo.telling import Family

Says = dict[str, Any]


class Seen:
    """A family whose people are known by name, so that texts can be filled with them."""

    def __init__(self, family: Family, says: Says) -> None:
        self.family, self.says = family, says
        self.names = {one["key"]: one["name"][0] for one in (*says["children"], *says["adults"])}
        self.kids = [one["key"] for one in says["children"]]
        self.born = [one["key"] for one in says["children"] if "expected" not in one]
        self.about = {one["key"]: one for one in says["children"]}
        schools = data("names")["schools"][family.council.authority.pack]
        self.school = family.random.choice(schools)

    def text(self, name: str, kid: str) -> str:
        """One of the texts of a name, about a child."""
        return self.filled(self.family.random.choice(_at(name)), kid)

    def filled(self, text: str, kid: str) -> str:
        """A text with the names of this family in it."""
        return text.format(name=self.names[kid], mum=self.names.get("mum", "Mum"), school=self.school)

    def age(self, kid: str) -> float:
        """The child's age in years today; an unborn child has none."""
        return float(self.about[kid].get("age", -1))

    def voice(self, kid: str) -> str:
        """What a child of this age said or showed."""
        if "COMM" in self.about[kid].get("disability", ()) or "CON" in self.about[kid].get("disability", ()):
            return self.text("voices.shows", kid)
        age = self.age(kid)
        return "" if age < 3 else self.text(f"voices.{'young' if age < 7 else 'middle' if age < 12 else 'teen'}", kid)


def _at(name: str) -> list[Any]:
    found: Any = data("texts")
    for part in name.split("."):
        found = found[part]
    many: list[Any] = found
    return many


def visit(seen: Seen, day: int, **more: Any) -> None:
    """A visit to every child of the family who is born; `kids` for some of them, `unseen` for a visit that found nobody in."""
    family, luck = seen.family, seen.family.random
    kids, unseen = more.pop("kids", seen.born), more.pop("unseen", False)
    if not kids:
        return
    parts = {kid: _seeing(seen, kid, unseen) for kid in kids}
    voiced = {kid: _voiced(seen, kid, unseen) for kid in kids}
    words: Says = {"present": f"{seen.names.get('mum', 'Carer')} and {seen.names[kids[0]]}", "what_next": seen.text("next", kids[0])}
    if luck.random() < 0.6 and not unseen:
        words["what_changes"] = seen.text("changed", kids[0])
    spoken = any(one.get("interpreter_needed") for one in seen.says["adults"])
    said: Says = {"planned_visit": luck.random() < 0.85, "interpreter_used": "professional" if spoken else "not_needed"}
    if len(kids) == 1:
        said |= parts[kids[0]]
        words |= voiced[kids[0]]
        parts = {}
    else:
        words["parts"] = voiced
    family.tell(
        "visit.made", day, at=luck.choice(("10:00", "11:30", "14:15", "15:45", "16:30")), minutes=luck.randrange(35, 95, 5),
        child=list(kids), visit=f"visit{len(family.facts)}", place=more.pop("place", "home"), worker=more.get("by", "holder"),
        parts=parts, words=words, **said, **more,
    )  # fmt: skip


def _seeing(seen: Seen, kid: str, unseen: bool) -> Says:
    if unseen:
        return {"seen": False, "not_seen_reason": "not_at_home"}
    alone = seen.age(kid) >= 4 and seen.family.random.random() < 0.8
    return {"seen": True, "alone": alone} | ({} if alone else {"not_seen_reason": _why(seen, kid)})


def _why(seen: Seen, kid: str) -> str:
    return "too_young" if seen.age(kid) < 4 else "child_did_not_wish"


def _voiced(seen: Seen, kid: str, unseen: bool) -> Says:
    if unseen:
        return {"not_seen_words": seen.text("not_seen", kid)}
    voice = seen.voice(kid)
    saw = seen.text("saw.baby" if seen.age(kid) < 3 else "saw.child", kid)
    return {"what_i_saw": saw} | ({"childs_words": voice} if voice else {})


def visits(seen: Seen, first: int, last: int, every: int, **more: Any) -> None:
    """Visits from about a day to exactly a day, so many days apart; now and then one that found nobody in."""
    luck, day = seen.family.random, last
    visit(seen, last, **more)
    while (day := day - every) >= first:
        visit(seen, day - luck.randrange(0, 4), late=luck.choice((0, 0, 0, 2, 9)), **more)
        if luck.random() < 0.12:
            visit(seen, day - 6, unseen=True, **more)


def notes(seen: Seen, first: int, last: int, count: int) -> None:
    """Case notes between two days; one of them judged significant for the child."""
    luck = seen.family.random
    for place, note in enumerate(luck.sample(data("texts")["notes"], min(count, 6))):
        day, kid = luck.randrange(first, last + 1) if first < last else last, luck.choice(seen.kids)
        if note.get("of_the_born") and kid not in seen.born:
            continue
        seen.family.tell(
            "note.recorded", day, at=luck.choice(("09:20", "12:40", "16:05")), child=kid, note=f"note{place}", note_kind=note["kind"],
            significant="routine", words={"title": seen.filled(note["title"], kid), "text": seen.filled(note["text"], kid)},
        )  # fmt: skip


def ties(seen: Seen, known: int, kids: Sequence[str]) -> None:
    """Two or three ties of each child's network."""
    for kid in kids:
        for tie in seen.family.random.sample(data("texts")["ties"], 2):
            words = {"name": seen.filled(tie["name"], kid), "says": tie["says"]}
            said = {key: tie[key] for key in ("tie_with", "strength", "gives")}
            seen.family.tell("tie.recorded", known + 20, child=kid, tie=f"tie{kid}{tie['tie_with']}", words=words, **said)
