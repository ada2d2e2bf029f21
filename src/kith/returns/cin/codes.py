"""The code lists of the children in need return, with the collections that added or dropped a code.

From the published schemas of 2016-17 to 2025-26 and, for the outcome of work before proceedings, the rules of 2026-27.
A year is that in which the collection closes: 2025 is 2024-25.
"""

from collections.abc import Mapping

YES_NO: Mapping[str, bool] = {"1": True, "0": False, "true": True, "false": False}

_LISTS: dict[str, str] = {
    "UPNunknown": "UN1 UN2 UN3 UN4 UN5 UN6 UN7",
    "GenderCurrent": "0 1 2 9",
    "Sex": "M F U",
    "Ethnicity": "WBRI WIRI WIRT WOTH WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH REFU NOBT",
    "Disability": "NONE MOB HAND PC INC COMM LD HEAR VIS BEH CON AUT DDA",
    "ReferralSource": "1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 5D 6 7 8 9 10",
    "PrimaryNeedCode": "N1 N2 N3 N4 N5 N6 N7 N8 N9 N0",
    "ReasonForClosure": "RC1 RC2 RC3 RC4 RC5 RC6 RC7 RC8 RC9",
    "AssessmentFactors": "1A 1B 1C 2A 2B 2C 3A 3B 3C 4A 4B 4C 5A 5B 5C 6A 6B 6C 7A 8B 8C 8D 8E 8F 9A 10A 11A 12A 13A 14A "
    "15A 16A 17A 18A 18B 18C 19A 19B 19C 20 21 22A 23A 24A",
    "Abuse": "NEG PHY SAB EMO MUL",
    "PPOutcome": "A B C",
}
# 18A and 19A were replaced in 2021 but are still sent; from then they raise a query of their own, not an unknown code.
_ADDED = {
    ("AssessmentFactors", "18B"): 2021,
    ("AssessmentFactors", "18C"): 2021,
    ("AssessmentFactors", "19B"): 2021,
    ("AssessmentFactors", "19C"): 2021,
    ("AssessmentFactors", "24A"): 2022,
    ("ReferralSource", "5D"): 2023,
    ("ReasonForClosure", "RC9"): 2023,
}
REPLACED_FACTORS = {"18A": "8945Q", "19A": "8950Q"}
FACTORS_REPLACED_FROM = 2021

# Why an episode was closed, in the words that the procedures use.
REASONS: Mapping[str, str] = {
    "RC1": "adopted",
    "RC2": "died",
    "RC3": "child_arrangements_order",
    "RC4": "special_guardianship_order",
    "RC5": "moved_authority",
    "RC6": "adult_services",
    "RC7": "no_longer_needed",
    "RC8": "assessed_no_further_action",
    "RC9": "early_help",
}


def codes_of(year: int) -> dict[str, frozenset[str]]:
    """Each code list as it stood for a collection, by the name of its element (`Abuse` for both categories of abuse)."""
    return {
        name: frozenset(code for code in codes.split() if _ADDED.get((name, code), 0) <= year)
        for name, codes in _LISTS.items()
    }
