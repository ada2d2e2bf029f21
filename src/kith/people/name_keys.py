"""Finding a person by a name heard, misspelt or turned round: keys to look up by, and a score to rank what is found.

A name is stored with its keys and looked up by their equality, which keeps an index under row-level security where
the operators for likeness do not. `keys_of` is for storing and asking alike; `shares_enough` says which stored names
are worth scoring; `score` ranks them, and `possible_duplicates` says in words why two records may be one person.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Literal

import jellyfish
from django.utils.translation import gettext as _
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, JaroWinkler

from kith.people.identifiers import SCHEMES
from kith.people.name_variants import GROUPS_OF

ENOUGH_TRIGRAMS = 3
"""How many trigrams two names must share when no whole word, sound or nickname is shared."""

_SPELT_OUT = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ə": "e"}
)
_APOSTROPHES = re.compile(r"['’‘ʼʻ`´′]")
_PARTICLES = frozenset(
    [
        "o",
        "mc",
        "mac",
        "al",
        "el",
        "abu",
        "abd",
        "abdul",
        "ben",
        "bin",
        "bint",
        "ibn",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "st",
        "ter",
    ]
)


@dataclass(frozen=True)
class BornBetween:
    """Someone's birth when only an age or a season is known: the first and last day it may have been."""

    first: date
    last: date

    @classmethod
    def aged(cls, years: int, on: date) -> "BornBetween":
        """Someone of about that age on that day, a year either way: people give ages from memory."""
        return cls(date(on.year - years - 2, 1, 1), date(on.year - years + 1, 12, 31))


@dataclass(frozen=True)
class Known:
    """What is known of a person when two records are compared. `identifiers` are kept values by scheme."""

    names: tuple[str, ...]
    born: date | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Likeness:
    """How alike two records are: a verdict, the score behind it (0 to 100), and reasons for and against in words."""

    verdict: Literal["same", "likely", "possible", "unlikely"]
    score: float
    reasons: tuple[str, ...]
    against: tuple[str, ...]


def normalised(name: str) -> tuple[str, ...]:
    """The words of a name in plain small letters, in their order: accents off, apostrophes closed up, hyphens split."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", name.casefold()).translate(_SPELT_OUT))
    # Marks are dropped and not made into spaces: a vowel sign would otherwise cut an Arabic or Bengali name to pieces.
    kept = "".join(one for one in plain if not unicodedata.combining(one) and unicodedata.category(one) != "Cf")
    return tuple("".join(one if one.isalnum() else " " for one in kept).casefold().split())


def keys_of(name: str) -> frozenset[str]:
    """Every key a name is stored under or looked up by. Empty only for a name without a letter or a digit.

    "w:" a whole word, also double-barrelled and particle names closed up; "p:" how a word sounds; "n:" the group of
    short forms and spellings it belongs to; "t:" three letters in a row of a word padded with underscores.
    """
    words = normalised(name)
    keys: set[str] = set()
    for word in {*words, *_closed_up(name, words)}:
        keys.add(f"w:{word}")
        keys.update(f"p:{sound}" for sound in [_sound(word)] if sound)
        keys.update(f"n:{group}" for group in GROUPS_OF.get(word, ()))
        keys.update(f"t:{part}" for part in _trigrams(word))
    return frozenset(keys)


def shares_enough(asked: frozenset[str], stored: frozenset[str]) -> bool:
    """Whether a stored name is worth scoring: it shares a word, a sound or a nickname group, or enough trigrams."""
    shared = asked & stored
    return any(not key.startswith("t:") for key in shared) or len(shared) >= ENOUGH_TRIGRAMS


def score(
    query: str,
    names: Iterable[str],
    query_born: date | BornBetween | None = None,
    born: date | None = None,
) -> float:
    """How well a person's names (any of them) answer the query, 0 to 100. The order of words does not matter.

    A date of birth raises the score when it is the same, or near enough to be a slip (day and month swapped, one
    digit off) or a guess (within a year); one that is far off lowers it, but never to nothing.
    """
    alike = max((_names_alike(normalised(query), normalised(name)) for name in names), default=0.0)
    if query_born is None or born is None:
        return alike
    _reason, lift = _births_alike(query_born, born)
    return alike + (100 - alike) * lift if lift >= 0 else alike * (1 + lift)


def possible_duplicates(a: Known, b: Known) -> Likeness:
    """Whether two records may be of one person, with the reasons for and against in words a reader can weigh."""
    reasons, against, worth = [], [], 0.0
    for scheme, value in a.identifiers.items():
        other = b.identifiers.get(scheme)
        if other == value:
            reasons.append(_("same %(identifier)s") % {"identifier": SCHEMES[scheme].called})
            worth = 98.0
        elif other:
            against.append(_("different %(identifier)s") % {"identifier": SCHEMES[scheme].called})
    pairs = [(normalised(one), normalised(two)) for one in a.names for two in b.names]
    # Asked both ways round: neither record is the query, and which is looked at first must not matter.
    alike = max((max(_names_alike(one, two), _names_alike(two, one)) for one, two in pairs), default=0.0)
    _tell_names(a, b, alike, reasons)
    lift = 0.0
    if a.born and b.born:
        reason, lift = _births_alike(a.born, b.born)
        (reasons if lift >= 0 else against).append(reason)
    by_name = _worth_by_name(alike, lift, numbers_differ=bool(against[: len(against) - (lift < 0)]) and not worth)
    if worth and alike < 60 and lift < 0:
        worth = 85.0  # one number, but neither name nor birth agree: as likely a number typed on the wrong record
    worth = max(worth, by_name)
    return Likeness(_verdict(worth), round(worth, 1), tuple(reasons), tuple(against))


def _worth_by_name(alike: float, lift: float, *, numbers_differ: bool) -> float:
    """Names alone are shared by many: without a date of birth they make two records possible, never likely.

    Name and birth together never make them the same: cousins are named alike, and some twins too.
    """
    worth = alike * (0.75 + lift / 2) if lift >= 0 else alike * 0.5
    return max(0.0, min(94.0, worth) - (25 if numbers_differ else 0))


def _verdict(worth: float) -> Literal["same", "likely", "possible", "unlikely"]:
    if worth >= 95:
        return "same"
    if worth >= 80:
        return "likely"
    return "possible" if worth >= 60 else "unlikely"


def _tell_names(a: Known, b: Known, alike: float, reasons: list[str]) -> None:
    """Adds the strongest thing that can be said of how the names compare, if anything can."""
    ours, theirs = [[normalised(name) for name in one.names] for one in (a, b)]
    if any(sorted(one) == sorted(two) for one in ours for two in theirs):
        same_order = any(one == two for one in ours for two in theirs)
        reasons.append(_("same name") if same_order else _("same names in another order"))
    elif alike < 70:
        return
    elif any(_matched(one, two, _one_name) for one in ours for two in theirs):
        reasons.append(_("names are forms of one name"))
    elif any(_matched(one, two, _sounds_alike) for one in ours for two in theirs):
        reasons.append(_("names sound alike"))
    else:
        reasons.append(_("names are spelt alike"))


def _matched(one: tuple[str, ...], two: tuple[str, ...], alike: Callable[[str, str], bool]) -> bool:
    short, long = sorted((one, two), key=len)
    return bool(short) and all(any(word == other or alike(word, other) for other in long) for word in short)


def _one_name(one: str, two: str) -> bool:
    return not GROUPS_OF.get(one, frozenset()).isdisjoint(GROUPS_OF.get(two, frozenset()))


def _sounds_alike(one: str, two: str) -> bool:
    return bool(_sound(one)) and _sound(one) == _sound(two)


def _names_alike(asked: tuple[str, ...], name: tuple[str, ...]) -> float:
    """0 to 100: each word asked for against its best unused partner, and a little off for words nobody asked for."""
    if not asked or not name:
        return 0.0
    if Counter(asked) == Counter(name) or "".join(asked) == "".join(name):
        return 100.0
    pairs = sorted(
        ((_words_alike(one, two), i, j) for i, one in enumerate(asked) for j, two in enumerate(name)),
        key=lambda pair: (-pair[0], asked[pair[1]], name[pair[2]]),
    )
    found: dict[int, float] = {}
    used: set[int] = set()
    for worth, i, j in pairs:
        if i not in found and j not in used:
            found[i] = worth
            used.add(j)
    weights = [len(word) + 2 for word in asked]
    by_word = sum(found.get(i, 0.0) * weight for i, weight in enumerate(weights)) / sum(weights)
    by_word -= min(6.0, 2.0 * (len(name) - len(used)))
    # Words run together or cut apart ("Mac Donald", "Anne Marie") are seen only with the spaces gone.
    whole = fuzz.ratio("".join(sorted(asked)), "".join(sorted(name))) * 0.97
    return max(0.0, min(99.0, max(by_word, whole)))


@lru_cache(maxsize=50_000)
def _words_alike(one: str, two: str) -> float:
    if one == two:
        return 100.0
    if _one_name(one, two):
        return 94.0
    spelt = JaroWinkler.similarity(one, two) * 100
    if OSA.distance(one, two) == 1 and min(len(one), len(two)) >= 4:
        spelt = max(spelt, 90.0)
    if _sounds_alike(one, two):
        return max(88.0, min(spelt, 96.0))
    # An initial stands for a name that begins with it; otherwise short words are alike by chance.
    if min(len(one), len(two)) == 1:
        return 75.0 if one[0] == two[0] else 0.0
    return spelt if spelt >= 75 else spelt * 0.5


def _births_alike(asked: date | BornBetween, born: date) -> tuple[str, float]:
    """What to say of two births and how much to lift (up to 1) or lower (below 0) a score for it."""
    if isinstance(asked, BornBetween):
        fits = asked.first <= born <= asked.last
        return (_("about the same age"), 0.2) if fits else (_("different ages"), -0.25)
    if asked == born:
        return _("same date of birth"), 0.5
    if (asked.year, asked.month, asked.day) == (born.year, born.day, born.month):
        return _("same date of birth with day and month swapped"), 0.4
    digits = zip(asked.isoformat(), born.isoformat(), strict=True)
    if sum(one != two for one, two in digits) == 1:
        return _("dates of birth one digit apart"), 0.3
    if abs(asked.year - born.year) <= 1:
        return _("born within about a year"), 0.1
    return _("different dates of birth"), -0.25


@lru_cache(maxsize=50_000)
def _sound(word: str) -> str:
    """How a word sounds in English, or nothing for a word in another script or of one letter."""
    return jellyfish.metaphone(word) if len(word) > 1 and word.isascii() and word.isalpha() else ""


def _trigrams(word: str) -> Iterable[str]:
    padded = f"__{word}__"
    return (padded[i : i + 3] for i in range(len(padded) - 2))


def _closed_up(name: str, words: tuple[str, ...]) -> Iterable[str]:
    """The forms others write as one word: a double-barrelled part, and a particle with what follows it."""
    for part in name.split():
        if len(pieces := normalised(part)) > 1:
            yield "".join(pieces)
    for one, two in pairwise(words):
        if one in _PARTICLES:
            yield one + two
