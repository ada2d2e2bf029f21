"""What is written under and inside a symbol, and how wide it comes out."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from kith.people.genogram.family import Member

LINE = 17
"""The height of one line of writing."""

WIDEST = 106.0
"""How wide the writing under a symbol may be, so that a line can still pass between two names."""


_MONTHS = (
    gettext_noop("January"),
    gettext_noop("February"),
    gettext_noop("March"),
    gettext_noop("April"),
    gettext_noop("May"),
    gettext_noop("June"),
    gettext_noop("July"),
    gettext_noop("August"),
    gettext_noop("September"),
    gettext_noop("October"),
    gettext_noop("November"),
    gettext_noop("December"),
)


def month(day: date) -> str:
    """The month and year, written out: "March 2027"."""
    return _("%(month)s %(year)d") % {"month": _(_MONTHS[day.month - 1]), "year": day.year}


def age_in_words(member: Member, on: date) -> str:
    """The age a reader is told: what was given, else years, or for a baby months or weeks; empty if not known."""
    if member.age_text is not None:
        return member.age_text
    age = member.age(on)
    if age is None or member.born is None:
        return ""
    if age:
        return _("about %(age)d") % {"age": age} if member.approximate_birth else str(age)
    months, weeks = _of_a_baby(member.born, min(on, member.died) if member.died else on)
    if months:
        return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
    return ngettext("%(count)d week", "%(count)d weeks", weeks) % {"count": weeks}


def _of_a_baby(born: date, on: date) -> tuple[int, int]:
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    return (months if months > 1 else 0), (on - born).days // 7


def width_of(text: str, size: float = 14) -> float:
    """About how wide the text is drawn. Wide letters count for more; an unknown script is taken as wide."""
    return sum(_breadth(one) for one in text) * size


def _breadth(one: str) -> float:
    if one in "iIljtf.,;:'’|!()[] -":
        return 0.32
    if one in "mwMW@%":
        return 0.9
    if ord(one) > 0x2E80:
        return 1.0
    return 0.7 if one.isupper() else 0.56


def wrapped(text: str, widest: float = WIDEST, most: int = 4, size: float = 14) -> list[str]:
    """The text in lines no wider than that; a word too long is broken, and what will not fit ends in an ellipsis."""
    lines: list[str] = []
    for word in _broken(text.split(), widest, size):
        if lines and width_of(f"{lines[-1]} {word}", size) <= widest:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1][:-1]}…"]
    return lines


def _broken(words: list[str], widest: float, size: float) -> list[str]:
    """The words, with each that is too wide cut where it has a hyphen, or else wherever it must be."""
    pieces: list[str] = []
    for word in words:
        rest = word
        while width_of(rest, size) > widest:
            fits = next(n for n in range(len(rest), 0, -1) if n == 1 or width_of(rest[:n], size) <= widest - size / 2)
            hyphen = rest.rfind("-", 1, fits) + 1
            cut = hyphen or fits
            pieces.append(rest[:cut] if hyphen else f"{rest[:cut]}-")
            rest = rest[cut:]
        if rest:
            pieces.append(rest)
    return pieces


def name_lines(member: Member) -> list[str]:
    """The name as given, wrapped."""
    return wrapped(member.name)


def dates_line(member: Member) -> str:
    """Years under the name: of birth and death, or the month a baby is due or a pregnancy ended."""
    if member.pregnancy_ended:
        return str((member.died or member.expected_on or date.min).year) if member.died or member.expected_on else ""
    if member.unborn and member.expected_on:
        return _("due %(month)s") % {"month": _short(member.expected_on)}
    born = "" if member.born is None else str(member.born.year)
    if born and member.approximate_birth:
        born = _("about %(year)s") % {"year": born}
    if member.died:
        return f"{born}–{member.died.year}" if born else _("died %(year)s") % {"year": member.died.year}
    return born


def inside(member: Member, on: date) -> str:
    """The age within the symbol; "?" for a person of whom neither sex nor age is known; else nothing."""
    if member.pregnancy_ended or member.unborn:
        return ""
    if member.age_text is not None:
        return member.age_text
    age = member.age(on)
    if age is None or member.born is None:
        return "?" if member.sex in ("unknown", "other") or member.born is None else ""
    if age == 0:
        months, weeks = _of_a_baby(member.born, min(on, member.died) if member.died else on)
        return _("%(count)dm") % {"count": months} if months else _("%(count)dw") % {"count": weeks}
    return f"c.{age}" if member.approximate_birth else str(age)


def _short(day: date) -> str:
    return f"{_(_MONTHS[day.month - 1])[:3]} {day.year}"


def height_of_label(member: Member) -> int:
    """How much room the writing under the symbol takes."""
    return LINE * (len(name_lines(member)) + bool(dates_line(member)))
