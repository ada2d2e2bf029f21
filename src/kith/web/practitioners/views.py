"""Who works here: the list, one person with their roles, and what an access administrator does about them."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kith.access import entering
from kith.access import selectors as access
from kith.access.sign_in_forms import ForgottenPassword
from kith.audit import entries as audit
from kith.core import authorities, clock
from kith.core.ids import uuid_of
from kith.documents import channels
from kith.people import selectors as people
from kith.record.procedures import stack_of
from kith.web import said, visitor
from kith.web.keeping import kept
from kith.web.practitioners.forms import LastDay, PractitionerForm, RoleForm

A_PAGE = 50
RIGHT = "manage_access"


@visitor.needs(RIGHT)
def practitioners(request: HttpRequest) -> HttpResponse:
    """Everyone who works here, those who no longer sign in last; or those found by name or address."""
    words = request.GET.get("words", "")
    page = Paginator(access.anyone_here(words), A_PAGE).get_page(request.GET.get("page"))
    held, stack = access.roles_held(clock.today()), stack_of(authorities.current())
    lines = [
        {"one": one, "roles": ", ".join(stack.role_title(role) for role in dict.fromkeys(held.get(one.id, [])))}
        for one in page
    ]
    return render(request, "practitioners/practitioners.html", {"page": page, "lines": lines, "words": words})


@visitor.needs(RIGHT)
def enter_practitioner(request: HttpRequest) -> HttpResponse:
    """Somebody new."""
    form = PractitionerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = kept(form, lambda _told: entering.enter(form.says(), by=visitor.viewer(request)))
        if made is not None:
            messages.success(request, _("%(name)s is entered. Give them a role next.") % {"name": made.name})
            return redirect("practitioner", made.id)
    status = 422 if form.errors else 200
    return render(request, "practitioners/enter.html", {"form": form}, status=status)


@visitor.needs(RIGHT)
def practitioner(request: HttpRequest, practitioner: uuid.UUID) -> HttpResponse:
    """One person: what is known of them, the roles they hold and held, and what was done about them."""
    viewer, one = visitor.viewer(request), access.practitioner(practitioner)
    if one is None:
        return visitor.not_found(request)
    made: dict[str, forms.Form] = {}
    if request.method == "POST":
        answer = _changed(request, one, made)
        if answer is not None:
            return answer
    as_it_stands = {key: getattr(one, key) for key in ("name", "email", "job_title", "telephone")}
    as_it_stands["agency"] = str(one.agency_id or "")
    context = {
        "one": one, "oneself": one.id == viewer.id, "roles": [_role(each, made) for each in access.roles_of(one.id)],
        "children": len(people.involved_with(one.id)), "history": [_done(each) for each in audit.looks_at(one.id)[:30]],
        "change": made.get("change") or PractitionerForm(initial=as_it_stands, prefix="change"),
        "mail": channels.sends_mail(), "give": made.get("give") or RoleForm(prefix="give"), "opened_form": next(iter(made), ""),
        "wrong": [form for form in made.values() if form.errors],
    }  # fmt: skip
    return render(request, "practitioners/practitioner.html", context, status=422 if context["wrong"] else 200)


def _role(held: Any, made: dict[str, forms.Form]) -> dict[str, Any]:
    today, stack = clock.today(), stack_of(authorities.current())
    prefix = f"end-{held.id}"
    return {
        "held": held, "title": stack.role_title(held.role), "team": held.team.name if held.team else _("the whole authority"),
        "since": said.day(held.from_on), "until": said.day(held.until_on) if held.until_on else "",
        "current": held.until_on is None or held.until_on >= today, "to_come": held.from_on > today,
        "end": made.get(prefix) or LastDay(prefix=prefix, initial={"until": today.isoformat()}),
    }  # fmt: skip


def _done(entry: Any) -> dict[str, str]:
    told = entry.details
    stack = stack_of(authorities.current())
    more = [stack.role_title(told["role"])] if told.get("role") in stack.items["roles"] else []
    more += [str(told["team"])] if told.get("team") else []
    more += [said.day(dt.date.fromisoformat(told[key])) for key in ("from", "until") if told.get(key)]
    return {
        "at": said.moment(entry.at),
        "by": entry.by_name or _("Kith itself"),
        "did": entry.did,
        "more": ", ".join(more),
    }


def _changed(request: HttpRequest, one: Any, made: dict[str, forms.Form]) -> HttpResponse | None:
    """Does what was sent; None where it is refused, with the form that says why in `made`."""
    act, sent, viewer = request.POST.get("act", ""), request.POST, visitor.viewer(request)
    if act == "invite":
        return _invited(request, one)
    if act in ("stop", "let"):
        form: Any = forms.Form(sent)
        made[act] = form
        doing: Callable[[dict[str, Any]], Any] = lambda _told: entering.let_in(one, act == "let", by=viewer)  # noqa: E731
    elif act == "change":
        form = made[act] = PractitionerForm(sent, prefix="change")
        doing = lambda _told: entering.change(one, form.says(), by=viewer)  # noqa: E731
    elif act == "give":
        form = made[act] = RoleForm(sent, prefix="give")
        doing = lambda told: _give(one, told, viewer)  # noqa: E731
    else:
        held = next((each for each in access.roles_of(one.id) if str(each.id) == sent.get("role")), None)
        if held is None:
            return None
        form = made[f"end-{held.id}"] = LastDay(sent, prefix=f"end-{held.id}")
        doing = lambda told: entering.end_role(held, told["until"], by=viewer)  # noqa: E731
    if not form.is_valid() or kept(form, doing) is None:
        return None
    messages.success(request, _("Done."))
    return redirect("practitioner", one.id)


def _give(one: Any, told: dict[str, Any], viewer: Any) -> None:
    team = access.team_named(uuid_of(told["team"])) if told["team"] else None
    entering.give_role(one, told["role"], team, told["when"], told.get("until"), by=viewer)


def _invited(request: HttpRequest, one: Any) -> HttpResponse:
    """Sends them, and nobody else, a letter by e-mail through which they choose a password."""
    form = ForgottenPassword({"email": one.email})
    if one.is_active and form.is_valid():
        form.save(request)
        messages.success(request, _("A letter is on its way to %(email)s.") % {"email": one.email})
    return redirect("practitioner", one.id)
