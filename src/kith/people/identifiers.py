"""The numbers other bodies know a child by: what each is called, how it is cleaned, and what is wrong with it if it is.

`cleaned` returns the one form in which a number is kept and compared; `shown` the form a person reads it in.
A number that cannot be right is refused with a sentence that says why and how to mend it. A number is never guessed:
a wrong guess would join two children's records.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The letters of a pupil number, worth 0 to 22. I, O and S are left out because they look like 1, 0 and 5."""

_LONGEST = {"la_child_id": 20, "home_office_number": 25, "unique_case_number": 40}


class NotAnIdentifier(ValueError):
    """The text cannot be a number of this kind. `message` says why, and how to mend it, to the person who typed it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Scheme:
    """A kind of number: its permanent key, its English name, and how a text becomes the form that is kept."""

    key: str
    name: str
    clean: Callable[[str], str]
    show: Callable[[str], str]

    @property
    def called(self) -> str:
        """What a reader calls it, in their language."""
        return _(self.name)


def cleaned(scheme: str, text: str) -> str:
    """The text as the scheme keeps it. Raises NotAnIdentifier if it cannot be one, KeyError for an unknown scheme."""
    return SCHEMES[scheme].clean(text)


def shown(scheme: str, value: str) -> str:
    """A kept value as a person reads it: an NHS number as 3, 3 and 4 digits. A value that does not fit is left alone."""
    return SCHEMES[scheme].show(value)


def is_temporary_upn(value: str) -> bool:
    """Whether a kept pupil number is temporary: it ends in a letter and should give way to a permanent one."""
    return len(value) == 13 and value[-1].isalpha()


def _squeezed(text: str) -> str:
    """Without the spaces, dashes and dots people group digits with, in capitals."""
    return re.sub(r"[\s\-‐‑–—.]+", "", text).upper()


def _nhs_number(text: str) -> str:
    digits = _squeezed(text)
    if not digits:
        raise NotAnIdentifier(_("Enter the NHS number, or leave it out until it is known."))
    if not (digits.isascii() and digits.isdigit()):
        raise NotAnIdentifier(_("An NHS number has digits only. Take out the letters and other marks."))
    if len(digits) != 10:
        raise NotAnIdentifier(
            _("An NHS number has 10 digits and this has %(count)d. Look for a missing or doubled digit.")
            % {"count": len(digits)}
        )
    if len(set(digits)) == 1:
        # Ten of one digit can pass the sum, and is what people type to get past a field.
        raise NotAnIdentifier(_("This is one digit ten times. Leave the number out until it is known."))
    if _nhs_check_digit(digits[:9]) != int(digits[9]):
        raise NotAnIdentifier(
            _(
                "The last digit does not fit the other nine, so one is mistyped or two are swapped. "
                "Compare it with a letter from the NHS or the NHS app."
            )
        )
    return digits


def _nhs_check_digit(first_nine: str) -> int:
    """0 to 9, or 10 for nine digits that are never issued."""
    total = sum(int(digit) * weight for digit, weight in zip(first_nine, range(10, 1, -1), strict=True))
    return (11 - total % 11) % 11


def _show_nhs_number(value: str) -> str:
    return f"{value[:3]} {value[3:6]} {value[6:]}" if len(value) == 10 else value


def _upn(text: str) -> str:
    upn = _squeezed(text)
    if not upn:
        raise NotAnIdentifier(_("Enter the unique pupil number, or leave it out until it is known."))
    if len(upn) != 13:
        raise NotAnIdentifier(
            _("A unique pupil number has 13 characters and this has %(count)d. Look for a missing or doubled one.")
            % {"count": len(upn)}
        )
    if not re.fullmatch(r"[A-Z][0-9]{11}[0-9A-Z]", upn, re.ASCII):
        raise NotAnIdentifier(
            _(
                "A unique pupil number is a letter and 12 digits; a temporary one ends in a letter. "
                "Look for an O typed for a 0, or an I for a 1."
            )
        )
    wrong = next((letter for letter in upn if letter in "IOS"), None)
    if wrong:
        raise NotAnIdentifier(
            _("A unique pupil number never has the letter %(letter)s. Compare it with the school's record.")
            % {"letter": wrong}
        )
    if _upn_check_letter(upn[1:]) != upn[0]:
        raise NotAnIdentifier(
            _(
                "The first letter does not fit the rest, so a character is mistyped or two are swapped. "
                "Compare it with the school's record."
            )
        )
    return upn


def _upn_check_letter(rest: str) -> str:
    """The letter the twelve characters after it call for: each times its place (2 to 13), summed, modulo 23."""
    worth = (int(one) if one.isdigit() else CHECK_LETTERS.index(one) for one in rest)
    return CHECK_LETTERS[sum(value * place for place, value in enumerate(worth, start=2)) % 23]


def _la_child_id(text: str) -> str:
    value = re.sub(r"\s+", "", text)
    _check_length("la_child_id", value, _("Enter the council's own number for the child."))
    if not (value.isascii() and value.isalnum()):
        # The children in need census takes letters and digits only, so a mark kept here would be refused there.
        raise NotAnIdentifier(_("A local authority child ID has letters and digits only. Take out the other marks."))
    return value


def _home_office_number(text: str) -> str:
    value = re.sub(r"\s+", "", text).upper()
    _check_length("home_office_number", value, _("Enter the Home Office reference."))
    if not re.fullmatch(r"[A-Z0-9/\-]+", value, re.ASCII) or sum(map(str.isdigit, value)) < 5:
        # The Home Office has used many forms over the years; only what none of them could be is refused.
        raise NotAnIdentifier(
            _(
                "A Home Office reference has at least five digits, and besides them only letters, slashes and hyphens. "
                "Copy it from the top of a Home Office letter."
            )
        )
    return value


def _unique_case_number(text: str) -> str:
    value = " ".join(text.split())
    _check_length("unique_case_number", value, _("Enter the case number."))
    if not value.isprintable():
        raise NotAnIdentifier(_("The case number has a mark that cannot be read. Type it again."))
    return value


def _check_length(scheme: str, value: str, when_empty: str) -> None:
    if not value:
        raise NotAnIdentifier(when_empty)
    if len(value) > _LONGEST[scheme]:
        raise NotAnIdentifier(
            _("This has %(count)d characters and may have %(most)d at most. Look for something pasted twice.")
            % {"count": len(value), "most": _LONGEST[scheme]}
        )


SCHEMES: Mapping[str, Scheme] = MappingProxyType(
    {
        scheme.key: scheme
        for scheme in (
            Scheme("nhs_number", gettext_noop("NHS number"), _nhs_number, _show_nhs_number),
            Scheme("upn", gettext_noop("Unique pupil number"), _upn, str),
            Scheme("la_child_id", gettext_noop("Local authority child ID"), _la_child_id, str),
            Scheme("home_office_number", gettext_noop("Home Office number"), _home_office_number, str),
            Scheme("unique_case_number", gettext_noop("Unique case number"), _unique_case_number, str),
        )
    }
)
"""Every kind of number Kith keeps, by its permanent key."""
