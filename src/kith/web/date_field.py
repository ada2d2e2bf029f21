"""A date asked for as a day, a month and a year, as people say it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

PARTS = ("day", "month", "year")


class DateParts(forms.Widget):
    """Three boxes. Its value is “year-month-day”, with nothing where nothing was typed."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str | None:
        """What was typed, or None where all three are empty."""
        day, month, year = (str(data.get(f"{name}-{part}", "")).strip() for part in PARTS)
        return f"{year}-{month}-{day}" if day or month or year else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether the form was sent without it."""
        return all(f"{name}-{part}" not in data for part in PARTS)

    def id_for_label(self, id_: str, index: str | int | None = None) -> str:
        """The first box, where an error leads."""
        return f"{id_}-day"

    @staticmethod
    def parts_of(value: Any) -> tuple[str, str, str]:
        """Day, month and year as they stand in the boxes."""
        if not value:
            return "", "", ""
        year, month, day = str(value).split("-", 2)
        return day.lstrip("0"), month.lstrip("0"), year


class PartedDateField(forms.DateField):
    """A date in three parts, which says what is missing."""

    widget = DateParts
    default_error_messages = {  # noqa: RUF012  Django's own shape
        "required": _("Enter a date, for example 27 3 2026"),
        "invalid": _("This must be a real date, for example 27 3 2026"),
        "part": _("The date must include a %(part)s"),
    }
    said = {"day": _("day"), "month": _("month"), "year": _("year")}  # noqa: RUF012

    def to_python(self, value: Any) -> Any:
        """The date. Raises ValidationError."""
        if isinstance(value, str) and value.count("-") == 2:
            year, month, day = value.split("-")
            for part, typed in zip(PARTS, (day, month, year), strict=True):
                if not typed:
                    raise forms.ValidationError(
                        self.error_messages["part"], code="part", params={"part": self.said[part]}
                    )
            if len(year) != 4:
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)
