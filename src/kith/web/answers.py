"""Answers and their labels in words: from the pack where it has them, in plain words otherwise."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kith.core import authorities
from kith.record.procedures import stack_of

ETHNICITIES = {
    "WBRI": lazy("White British"), "WIRI": lazy("White Irish"), "WIRT": lazy("Traveller of Irish heritage"),
    "WROM": lazy("Gypsy or Roma"), "WOTH": lazy("Any other White background"), "MWBC": lazy("White and Black Caribbean"),
    "MWBA": lazy("White and Black African"), "MWAS": lazy("White and Asian"), "MOTH": lazy("Any other mixed background"),
    "AIND": lazy("Indian"), "APKN": lazy("Pakistani"), "ABAN": lazy("Bangladeshi"), "AOTH": lazy("Any other Asian background"),
    "BCRB": lazy("Caribbean"), "BAFR": lazy("African"), "BOTH": lazy("Any other Black background"), "CHNE": lazy("Chinese"),
    "OOTH": lazy("Any other ethnic group"), "REFU": lazy("Preferred not to say"), "NOBT": lazy("Not yet asked"),
}  # fmt: skip
DISABILITIES = {
    "NONE": lazy("None"), "MOB": lazy("Mobility"), "HAND": lazy("Hand function"), "PC": lazy("Personal care"),
    "INC": lazy("Continence"), "COMM": lazy("Communication"), "LD": lazy("Learning"), "HEAR": lazy("Hearing"),
    "VIS": lazy("Vision"), "BEH": lazy("Behaviour"), "CON": lazy("Consciousness"), "AUT": lazy("Autism"),
    "DDA": lazy("Another disability"),
}  # fmt: skip
SCHEMES = {
    "nhs_number": lazy("NHS number"), "upn": lazy("Unique pupil number"), "former_upn": lazy("Former unique pupil number"),
    "la_child_id": lazy("Council’s child number"), "home_office_number": lazy("Home Office number"), "unique_case_number": lazy("Case number"),
}  # fmt: skip
BY_FIELD = {"ethnicity": ETHNICITIES, "disability": DISABILITIES, "scheme": SCHEMES}


class Answered:
    """Calls an answer by its words: `answered("place", "home")` is Home."""

    def __call__(self, field: str, value: Any) -> str:
        """The answer in words."""
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, list | tuple):
            return ", ".join(self(field, one) for one in value)
        known = BY_FIELD.get(field, {}).get(str(value))
        if known is not None:
            return str(known)
        stack = stack_of(authorities.current())
        word = stack.words.get(f"{field}/{value}") or stack.items["roles"].get(str(value), {}).get("title")
        text = str(word or value).replace("_", " ") if word or _is_code(str(value)) else str(value)
        return text[:1].upper() + text[1:]

    def has_label(self, field: str) -> bool:
        """Whether an answer has a shorter label than its question."""
        return field in LABELS

    def label(self, field: str) -> str:
        """What an answer is called, as a label: “Child seen alone”."""
        if field in LABELS:
            return str(LABELS[field])
        text = field.replace("_", " ")
        return text[:1].upper() + text[1:]


def kind_word(stem: str, a_type: str) -> str:
    """What a type of something is called, as the vocabulary has it: Non-molestation order."""
    found = stack_of(authorities.current()).vocabulary.stems[stem].types.get(a_type, a_type.replace("_", " "))
    return found[:1].upper() + found[1:]


def type_title(stem: str, a_type: str) -> str:
    """What a plan, an assessment or the like of a type is called here: in the council's word where it has one (Child and Family Progress Plan)."""
    stack = stack_of(authorities.current())
    noun = stack.vocabulary.stems[stem].noun
    return stack.words.get(f"{stem}/{a_type}") or (kind_word(stem, a_type) if a_type else noun[:1].upper() + noun[1:])


def _is_code(value: str) -> bool:
    return value.islower() and " " not in value


LABELS = {
    "seen": lazy("Child seen"), "alone": lazy("Child seen alone"), "not_seen_reason": lazy("Why not"),
    "childs_words": lazy("In the child’s own words"), "what_i_saw": lazy("What the worker saw"),
    "what_next": lazy("What happens next"), "minutes": lazy("How long, in minutes"), "present": lazy("Who was there"),
    "further_work_needed": lazy("Further work needed"), "date_of_birth": lazy("Date of birth"),
    "expected_on": lazy("Expected"), "worker_role": lazy("As"), "given": lazy("Given names"), "family": lazy("Family name"),
}  # fmt: skip

answered = Answered()
