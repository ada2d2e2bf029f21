"""What children needed and what was decided, in numbers that name nobody: for those who plan services together."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kith.access import selectors as access
from kith.casework import front_door as casework
from kith.core import clock
from kith.core.ids import uuid_of
from kith.forms import selectors as forms
from kith.insight.small_numbers import shown_row
from kith.web import said, visitor
from kith.web.answers import answered

A_YEAR = 365


@visitor.needs("see_oversight")
def needs(request: HttpRequest) -> HttpResponse:
    """The levels of need of a year's contacts and referrals by what became of them, for the authority or one team. A number that is
    so small that it might tell of a child is withheld, and enough beside it that it cannot be worked out."""
    today, team = clock.today(), uuid_of(request.GET.get("team", ""))
    since = today - dt.timedelta(days=A_YEAR)
    context = {
        "since": said.day(since), "teams": [(str(one.id), one.name) for one in access.teams()], "team": str(team or ""),
        "tables": [
            _table(_("Contacts"), "contact", "outcome", casework.contacts_by_need(since, team)),
            _table(_("Referrals"), "referral", "decision", casework.referrals_by_need(since, team)),
        ],
    }  # fmt: skip
    return render(request, "oversight/needs.html", context)


def _table(title: str, stem: str, key: str, counted: Iterable[tuple[str, str, int]]) -> dict[str, Any]:
    """One table: a row for each level of need, a column for each outcome, and the total of the row."""
    by_tier: dict[str, Counter[str]] = {}
    for tier, outcome, number in counted:
        by_tier.setdefault(tier, Counter())[outcome] += number
    outcomes = sorted({one for row in by_tier.values() for one in row})
    return {
        "title": title, "columns": [_word(f"{stem}.decided", key, one) or _("No decision yet") for one in outcomes],
        "rows": [
            (_word(f"{stem}.received", "tier", tier) or _("No level recorded"), *_cells(by_tier[tier], outcomes)) for tier in sorted(by_tier)
        ],
    }  # fmt: skip


def _cells(counts: Counter[str], outcomes: Sequence[str]) -> tuple[list[str], str]:
    row = shown_row({one: counts[one] for one in outcomes}, outcomes)
    return [row.cells[one].text for one in outcomes], row.total.text


def _word(kind: str, key: str, value: str) -> str:
    question = forms.question_of(kind, key)
    return (question.options.get(value, "") if question else "") or (answered(key, value) if value else "")
