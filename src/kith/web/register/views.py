"""Agencies and professionals: found, entered, changed and ended; put on a child's network and taken off."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kith.access.viewer import Viewer
from kith.casework import policies as casework
from kith.core import authorities, clock
from kith.core.ids import uuid_of
from kith.people import policies, register
from kith.people import selectors as people
from kith.record.fact import NotRecorded
from kith.record.procedures import stack_of
from kith.web import said, visitor
from kith.web.answers import answered
from kith.web.keeping import kept
from kith.web.register.forms import AgencyForm, Ending, JoiningForm, PostForm, ProfessionalForm

A_PAGE, FOUND = 25, 20


def _check_may_read(viewer: Viewer) -> None:
    if not viewer.may("record"):
        policies.check_may(viewer, "search")


@visitor.signed_in
def agencies(request: HttpRequest) -> HttpResponse:
    """Every agency, or those found by the name of an agency or of somebody who works there."""
    viewer, words = visitor.viewer(request), request.GET.get("words", "")
    _check_may_read(viewer)
    page = Paginator(register.agencies(words), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "words": words, "may_record": viewer.may("record"), "lines": [_line(one) for one in page],
        "found": list(register.professionals(words)[:FOUND]) if words.strip() else [],
    }  # fmt: skip
    return render(request, "register/agencies.html", context)


def _line(one: Any) -> dict[str, Any]:
    until = said.day(one.until_on) if one.until_on else ""
    return {"one": one, "kind": answered("agency_kind", one.kind), "until": until}


@visitor.signed_in
def enter_agency(request: HttpRequest) -> HttpResponse:
    """A new agency."""
    viewer = visitor.viewer(request)
    policies.check_may(viewer, "record")
    form = AgencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = kept(form, lambda told: register.enter_agency(told, told["when"], by=viewer))
        if made is not None:
            messages.success(request, _("The agency is entered."))
            return redirect("agency", made)
    return render(request, "register/enter.html", {"form": form}, status=422 if form.errors else 200)


@visitor.signed_in
def agency(request: HttpRequest, agency: uuid.UUID) -> HttpResponse:
    """One agency and who works there; with the forms that change it."""
    viewer = visitor.viewer(request)
    _check_may_read(viewer)
    one = register.one_agency(agency)
    if one is None:
        return visitor.not_found(request)
    made: dict[str, forms.Form] = {}
    if request.method == "POST":
        policies.check_may(viewer, "record")
        answer = _changed(request, one, viewer, made)
        if answer is not None:
            return answer
    context = {
        **_line(one), "since": said.day(one.from_on), "may_record": viewer.may("record"), "may_agree": viewer.may("agree_sharing"),
        "posts": [_post(post, made) for post in register.posts_at(one.id)],
        "change": made.get("change") or AgencyForm(initial=_as_it_stands(one), prefix="change"),
        "add": made.get("add") or ProfessionalForm(prefix="add"), "end": made.get("end") or Ending(prefix="end"),
        "wrong": [form for form in made.values() if form.errors], "opened_form": next(iter(made), ""),
    }  # fmt: skip
    return render(request, "register/agency.html", context, status=422 if context["wrong"] else 200)


def _post(post: Any, made: dict[str, forms.Form]) -> dict[str, Any]:
    """Somebody who works or worked there, with the forms that change it."""
    today = clock.today().isoformat()
    known = {key: getattr(post, key) for key in ("title", "telephone", "e_mail")} | {"when": today}
    return {
        "post": post, "left": said.day(post.until_on) if post.until_on else "",
        "change": made.get(f"post-{post.id}") or PostForm(prefix=f"post-{post.id}", initial=known),
        "end": made.get(f"left-{post.id}") or Ending(prefix=f"left-{post.id}"),
        "opened": f"post-{post.id}" in made or f"left-{post.id}" in made,
    }  # fmt: skip


def _as_it_stands(one: Any) -> dict[str, Any]:
    told = {key: getattr(one, key) for key in ("name", "kind", "ring", "telephone", "e_mail", "address")}
    return told | {"when": clock.today().isoformat()}


def _changed(request: HttpRequest, one: Any, viewer: Viewer, made: dict[str, forms.Form]) -> HttpResponse | None:
    """Does what was sent; None where it is refused, with the form that says why in `made`."""
    act = request.POST.get("act", "")
    post = next((post for post in register.posts_at(one.id) if str(post.id) == request.POST.get("post")), None)
    acts: dict[str, tuple[type[forms.Form], Callable[[dict[str, Any]], Any]]] = {
        "change": (AgencyForm, lambda told: register.change_agency(one, told, told["when"], by=viewer)),
        "add": (ProfessionalForm, lambda told: register.add_professional(one, told, told["when"], by=viewer)),
        "end": (Ending, lambda told: register.end_agency(one, told["when"], by=viewer)),
    }
    if post is not None:
        acts["left"] = (Ending, lambda told: register.end_post(post, told["when"], by=viewer))
        acts["post"] = (PostForm, lambda told: register.change_post(post, told, told["when"], by=viewer))
    if act not in acts:
        return None
    shape, doing = acts[act]
    prefix = f"{act}-{post.id}" if act in ("left", "post") and post else act
    form = made[prefix] = shape(request.POST, prefix=prefix)
    if not form.is_valid() or kept(form, doing) is None:
        return None
    messages.success(request, _("Recorded."))
    return redirect("agency", one.id)


@visitor.signed_in
def professionals(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The professionals of a child's network: put on it from the register, and taken off."""
    viewer = visitor.viewer(request)
    opened = people.child_for(viewer, child, page="professionals")
    casework.check_may_record(viewer, opened)
    words = request.GET.get("words", "") or request.POST.get("words", "")
    found = list(register.professionals(words)[:FOUND]) if words.strip() else []
    at = register.named(post.agency for post in found)
    choices = [
        (str(post.person), ", ".join(filter(None, (post.name, post.title, at[post.agency].name)))) for post in found
    ]
    form = JoiningForm(request.POST if request.POST.get("act") == "join" else None, people=choices)
    kinds = [word for key, word in stack_of(viewer.authority).words.items() if key.startswith("team_member/")]
    if kinds:
        form.fields["part"].help_text = _("For example: %(kinds)s") % {"kinds": ", ".join(kinds)}
    if request.method == "POST":
        answer = _network_changed(request, opened, viewer, form)
        if answer is not None:
            return answer
    context = {
        "opened": opened, "child": opened.id, "form": form, "words": words, "found": found,
        "helpers": [_helper(one) for one in register.helpers_of(opened.id) if one.until is None],
    }  # fmt: skip
    return render(request, "register/professionals.html", context, status=422 if form.errors else 200)


def _network_changed(
    request: HttpRequest, opened: people.Opened, viewer: Viewer, form: JoiningForm
) -> HttpResponse | None:
    if request.POST.get("act") == "leave":
        person = uuid_of(request.POST.get("person", ""))
        try:
            register.leave_network(opened, person or uuid.UUID(int=0), clock.today(), by=viewer)
        except NotRecorded as problem:
            messages.warning(request, str(problem))
        else:
            messages.success(request, _("They are no longer on the network from today."))
        return redirect("professionals", opened.id)
    if not form.is_valid():
        return None
    if kept(form, lambda told: register.join_network(opened, told["person"], told["part"], told["when"], by=viewer)):
        messages.success(request, _("They are on the child’s network."))
        return redirect("network", opened.id)
    return None


def _helper(one: register.Helper) -> dict[str, Any]:
    return {
        "person": one.person, "name": one.name, "part": one.part, "since": said.day(one.since),
        "until": said.day(one.until) if one.until else "", "post": one.post, "agency": one.agency,
    }  # fmt: skip


def helpers(child: uuid.UUID, known_at: Any) -> list[dict[str, Any]]:
    """The professionals of a child's network in words, for the page of the network: the level of service of each, where the procedure
    has levels (WOR-013), and who has known the child longest (WOR-024)."""
    found = register.helpers_of(child, known_at)
    longest = min((one.since for one in found if one.until is None), default=None)
    several = sum(one.until is None for one in found) > 1
    return [
        {**_helper(one), "level": _level(one.agency), "longest": several and one.until is None and one.since == longest}
        for one in found
    ]


def _level(agency: Any) -> str:
    return "" if agency is None else stack_of(authorities.current()).words.get(f"service_level/{agency.kind}", "")


def levels_wanting(found: list[dict[str, Any]]) -> list[str]:
    """The levels of service that the procedure has and of which nobody is on the network."""
    words = stack_of(authorities.current()).words
    levels = dict.fromkeys(word for key, word in words.items() if key.startswith("service_level/"))
    return [one for one in levels if all(each["level"] != one or each["until"] for each in found)] if found else []
