"""What an ecomap is drawn from: one middle, and the ties from it to people and places."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["person", "agency", "school", "faith", "friends", "health", "work", "other"]
Strength = Literal["strong", "ordinary", "weak", "stressful", "broken"]
Gives = Literal["to_family", "from_family", "both", "none"]


@dataclass(frozen=True)
class Tie:
    """One tie. `gives` is which way support flows; `words` is what the family says of it, in a phrase."""

    to_name: str
    kind: Kind = "other"
    strength: Strength = "ordinary"
    gives: Gives = "none"
    words: str = ""


@dataclass(frozen=True)
class Ecomap:
    """A whole ecomap: whose it is (a child, or a household), and the ties in the order they are to be read."""

    middle: str
    ties: tuple[Tie, ...] = ()
