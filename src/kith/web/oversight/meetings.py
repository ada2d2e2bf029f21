"""Meetings in numbers that name nobody: how long families wait, what comes of it, who is heard, and what was offered before care."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kith.access import selectors as access
from kith.core import clock
from kith.core.ids import uuid_of
from kith.forms import selectors as forms
from kith.meetings import counting, counting_care, selectors
from kith.meetings.counting import OfKind, Period
from kith.web import said, visitor
from kith.web.answers import answered
from kith.web.meetings import called
from kith.web.oversight import across
from kith.web.oversight.across import Adds, Days, Invited, One, Part, Table

A_YEAR = dt.timedelta(days=365)
HOW = {
    counting.CAME: lazy("Came"), counting.OTHERWISE: lazy("Heard in another way"), counting.APOLOGIES: lazy("Could not come"),
    counting.NOT_HEARD: lazy("Not heard at all"),
}  # fmt: skip
STANDS = {"ready": lazy("Ready"), "asked_for": lazy("Asked for"), "not_possible": lazy("Not there, with a reason")}
DECIDED = {counting_care.AGREED: lazy("Agreed"), counting_care.NOT_AGREED: lazy("Not agreed")}
FOLLOWED = {
    "home": lazy("Home"), "relatives": lazy("With relatives or connected carers"), "continued": lazy("Looked at again, and goes on"),
    "other_route": lazy("Another legal or safeguarding way"), counting_care.ENDED: lazy("Ended"), counting_care.GOES_ON: lazy("Goes on"),
}  # fmt: skip
STOOD = {
    counting_care.HELD: lazy("Held"), counting_care.ACCEPTED: lazy("Accepted, not held"), counting_care.DECLINED: lazy("Declined"),
    counting_care.UNANSWERED: lazy("No answer, or not now"), counting_care.EMERGENCY: lazy("Not offered: an emergency"),
    counting_care.EXCUSED: lazy("Not offered: another reason"), counting_care.NOT_OFFERED: lazy("Not offered"),
}  # fmt: skip
AGES = {
    "unborn": lazy("Unborn"), "under_1": lazy("Under 1"), "1_to_4": lazy("1 to 4"), "5_to_9": lazy("5 to 9"), "10_to_15": lazy("10 to 15"), "16_or_17": lazy("16 or 17"),
}  # fmt: skip


@visitor.needs("see_oversight")
def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings of a time, for the authority or one team. Small numbers are withheld, and enough beside them: along a row, and across
    the teams."""
    today, team = clock.today(), uuid_of(request.GET.get("team", ""))
    period = _period(request, today)
    heard = counting.read(period)
    if team is None:
        tables = across.for_authority(_tables(heard))
    else:
        teams = {*heard.team.values(), team}
        tables = across.for_team(team, {one: _tables(counting.of_team(heard, one)) for one in teams})
    context = {
        "first": period.first, "last": period.last, "said": f"{said.day(period.first)} – {said.day(period.last)}", "team": str(team or ""),
        "teams": [(str(one.id), one.name) for one in access.teams()], "tables": tables,
    }  # fmt: skip
    return render(request, "oversight/meetings.html", context)


def _tables(heard: counting.Heard) -> list[Table]:
    """Every table that has something to count, its numbers as they are."""
    kinds = sorted(
        ((called.title(key), key, one) for key, one in counting.by_kind(heard).items()), key=lambda one: one[0]
    )
    return [*_of_kinds(kinds), *_of_care(heard), *_of_offers(heard)]


def _period(request: HttpRequest, today: dt.date) -> Period:
    """The time asked about; the year up to today for what is no day, or where the days are the wrong way round."""
    try:
        first, last = (dt.date.fromisoformat(request.GET.get(name, "")) for name in ("first", "last"))
    except ValueError:
        return Period(today - A_YEAR, today)
    return Period(first, min(last, today)) if first <= min(last, today) else Period(today - A_YEAR, today)


Kinds = Sequence[tuple[str, str, OfKind]]


def _table(
    title: str, first: str, columns: Iterable[Any], rows: Iterable[tuple[str, Sequence[Part]]], hint: str = ""
) -> Table:
    return Table(title, first, [str(one) for one in columns], dict(rows), hint)


def _of_kinds(kinds: Kinds) -> list[Table]:
    kind = _("Kind of meeting")
    tables = [
        _table(
            _("Meetings"), kind, (_("Asked for"), _("Arranged"), _("Held"), _("Not held"), _("Refused"), _("Days from asking to meeting, middle"), _("Longest")),
            ((title, [*map(One, (one.asked, one.arranged, one.held)), Adds(one.not_held, sorted(one.not_held), only_total=True), One(one.refused), Days(one.days)]) for title, _key, one in kinds),
            _("What was asked for in this time may be held after it. Days are calendar days, of the meetings held in this time that somebody had asked for."),
        ),
    ]  # fmt: skip
    tables += _by_answer(
        kinds, _("Why meetings were not held"), "cancelled", "not_held_because", lambda one: one.not_held
    )
    tables += _by_answer(
        kinds, _("What was decided when a meeting was considered"), "considered", "answer", lambda one: one.considered
    )
    tables += _each(
        kinds, _("Why a meeting was asked for"), _("Reason"), "requested", "referral_reasons", lambda one: one.reasons
    )
    tables += _heard(kinds)
    tables += _papers(kinds)
    tables += _each(kinds, _("What meetings came to"), _("Outcome"), "held", "outcomes", lambda one: one.outcomes)
    return tables


def _word(a_type: str, what: str, key: str, value: str) -> str:
    question = forms.question_of(f"meeting.{what}/{a_type}", key)
    return (question.options.get(value, "") if question else "") or answered(key, value) or _("Not said")


def _by_answer(kinds: Kinds, title: str, what: str, key: str, of: Callable[[OfKind], Counter[str]]) -> list[Table]:
    """A table of the answers to one question, one for each meeting: a row for each kind, which adds up."""
    answers = sorted({answer for _title, _type, one in kinds for answer in of(one)})
    if not answers:
        return []
    words = [
        _word(next(a_type for _title, a_type, one in kinds if answer in of(one)), what, key, answer)
        for answer in answers
    ]
    rows = ((name, [Adds(of(one), answers)]) for name, _type, one in kinds if of(one))
    return [_table(title, _("Kind of meeting"), (*words, _("In all")), rows)]


def _each(
    kinds: Kinds, title: str, first: str, what: str, key: str, of: Callable[[OfKind], Counter[str]]
) -> list[Table]:
    """A table for each kind of meeting of answers of which there may be several: they add up to nothing."""
    return [
        _table(f"{title}: {name}", first, [_("Meetings")], ((_word(a_type, what, key, answer), [One(count)]) for answer, count in sorted(of(one).items())))
        for name, a_type, one in kinds
        if of(one)
    ]  # fmt: skip


def _heard(kinds: Kinds) -> list[Table]:
    columns = (_("Invited"), *HOW.values(), _("In all"))
    hint = _(
        "Everybody on the list of a meeting that was held, and every child it was about. A child’s words, a drawing or an advocate count as heard in another way."
    )
    return [
        _table(f"{_('Who was heard')}: {name}", _("Who"), columns, ((_word(a_type, "guest_named", "guest_part", part), _part(one, part)) for part in sorted(one.heard, key=lambda part: (part != "child", part))), hint)
        for name, a_type, one in kinds
        if one.heard
    ]  # fmt: skip


def _part(one: OfKind, part: str) -> list[Part]:
    counts = one.heard[part]
    return [Invited(one.invited[part], counts.total()), Adds(counts, counting.HOW)]


def _papers(kinds: Kinds) -> list[Table]:
    return [
        _table(f"{_('Papers of the meetings held')}: {name}", _("Paper"), (*STANDS.values(), _("In all")), ((_word(a_type, "paper_noted", "paper", paper), [Adds(counts, list(STANDS))]) for paper, counts in sorted(one.papers.items())))
        for name, a_type, one in kinds
        if one.papers
    ]  # fmt: skip


def _of_care(heard: counting.Heard) -> list[Table]:
    """Stays under section 20, for a procedure whose meetings can agree to them; and emergencies."""
    kinds = {key for key, room in selectors.rooms().items() if "section_20" in room.outcomes}
    if not kinds:
        return []
    found = counting_care.stays(heard, kinds)
    names = access.named(found.by_chair)
    chair, reason, age = _("Who led the meeting"), _("Reason for asking"), _("Age on the day")
    word = {key: _word(next(iter(sorted(kinds))), "requested", "referral_reasons", key) for key in found.by_reason}
    hint = _("Children whose meeting was held in this time: whether accommodation under section 20 was agreed.")
    tables = [
        _decided(_("Section 20, by who led the meeting"), chair, found.by_chair, lambda key: names.get(key, "") if key else _("Not said"), hint),
        _decided(_("Section 20, by the reason for asking"), reason, found.by_reason, lambda key: word[key], hint),
        _decided(_("Section 20, by age"), age, found.by_age, lambda key: str(AGES[key]), hint),
        _row(_("What followed where it was agreed"), FOLLOWED, found.followed),
        _table(_("Where it was not agreed"), _("Since then"), [_("Children")], [(_("Came into care later in this time"), [One(found.later)])]),
        _row(_("Children taken in in an emergency"), FOLLOWED, counting_care.emergencies(heard)),
    ]  # fmt: skip
    return [one for one in tables if one.rows]


def _decided(title: str, first: str, rows: Mapping[Any, Counter[str]], name: Callable[[Any], str], hint: str) -> Table:
    listed = sorted(((name(key), counts) for key, counts in rows.items()), key=lambda one: one[0])
    return _table(
        title,
        first,
        (*DECIDED.values(), _("In all")),
        ((one, [Adds(counts, list(DECIDED))]) for one, counts in listed),
        hint,
    )


def _row(title: str, columns: Mapping[str, Any], counts: Counter[str]) -> Table:
    """A table of one row; none where there is nothing to count."""
    rows = [(_("Children"), [Adds(counts, list(columns))])] if counts else []
    return _table(title, "", (*columns.values(), _("In all")), rows)


def _of_offers(heard: counting.Heard) -> list[Table]:
    names = access.team_names()
    tables = [
        (_("Offers of a family group conference"), counting_care.STOOD, counting_care.offers_made(heard), _("Children whose family was offered one in this time, or another meeting of its own that counts as one. One person saying yes is enough.")),
        (_("Before children came into care"), counting_care.BEFORE_CARE, counting_care.before_care(heard), _("Children who first came into care in this time: what had been offered by that day, and what came of it.")),
    ]  # fmt: skip
    return [
        replace(
            _table(
                title, _("Team"), (*(STOOD[one] for one in columns), _("In all")), _by_team(rows, names, columns), hint
            ),
            by_team=True,
        )
        for title, columns, rows, hint in tables
        if rows
    ]


def _by_team(
    rows: Mapping[uuid.UUID | None, Counter[str]], names: Mapping[uuid.UUID, str], columns: Sequence[str]
) -> list[tuple[str, list[Part]]]:
    listed: list[tuple[str, list[Part]]] = [
        (names.get(key, "") if key else _("No team"), [Adds(counts, columns)]) for key, counts in rows.items()
    ]
    return sorted(listed, key=lambda one: one[0])
