"""The pages of a form that is walked: one page at a time, and the check of the answers before they are recorded."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kith.access.viewer import Viewer
from kith.casework.gates import Stopped
from kith.forms import actions as drafts
from kith.people.selectors import Opened
from kith.web.recording import beside, check_answers, choosing, opening, walking
from kith.web.recording.walking import CHECK, CONTINUE


def turned(request: HttpRequest, viewer: Viewer, opened: Opened, filling: opening.Filling, act: str) -> HttpResponse:
    """A page was turned, and the draft is saved: the next one, unless something typed cannot be read."""
    walk = _walk(filling)
    if act == CONTINUE and walking.stays(walking.problems(filling.sections), walk.at):
        return show(request, viewer, opened, filling, judged=True)
    going = walk.going(act)
    for page in (walk.at, going):
        drafts.reach(filling.draft, page)
    return redirect(address(opened, filling, going))


def at_check(viewer: Viewer, opened: Opened, filling: opening.Filling) -> None:
    """What was to be recorded cannot be: its writer stands at the check of the answers, from where every page is open."""
    if filling.draft is None:
        opening.save(filling, viewer, opened)
    drafts.reach(filling.draft, CHECK)
    filling.walk = replace(_walk(filling), at=CHECK, reached=tuple(filling.draft.reached))


def address(opened: Opened, filling: opening.Filling, page: str) -> str:
    """Where a page of a form stands."""
    asked = {"draft": filling.draft.id if filling.draft else "", "for": filling.for_owed, "page": page}
    if filling.corrects is not None and filling.draft is None:
        asked["corrects"] = filling.corrects.id
    kept = urlencode({key: value for key, value in asked.items() if value})
    return f"{reverse('record-form', args=[opened.id, filling.form.id])}?{kept}"


def show(
    request: HttpRequest, viewer: Viewer, opened: Opened, filling: opening.Filling, *, judged: bool = False,
    stopped: Stopped | None = None,
) -> HttpResponse:  # fmt: skip
    """The page somebody is on. `judged` says what is wrong with what was sent; so does a page come back to after the check."""
    walk, found = _walk(filling), walking.problems(filling.sections)
    shown = [one for one in found if one.page in ("", walk.at) or walk.at == CHECK] if judged or walk.checked else []
    context: dict[str, Any] = {
        "opened": opened, "child": opened.id, "form_spec": filling.form, "draft": filling.draft, "version": filling.version,
        "for_owed": filling.for_owed, "corrects": filling.corrects, "walk": walk, "autosave": request.path,
        "chosen": [str(one.id) for one in filling.sections.children if one.id != opened.id],
        "problems": [{"text": one.text, "href": _href(opened, filling, one)} for one in shown],
        "steps": _steps(walk, found),
    }  # fmt: skip
    status = 422 if judged else 200
    if walk.page is None:
        context |= {
            "told": [
                {**part, "href": address(opened, filling, part["page"].id)}
                for part in check_answers.told(filling.sections, choosing.people_for(filling.form, viewer, opened))
            ],
            "gates": opening.gates(request, stopped) if stopped else [], "insists": stopped is not None and stopped.insists,
        }  # fmt: skip
        return render(request, "recording/check.html", context, status=status)
    fields = filling.sections if shown else filling.plain or filling.sections
    context |= {
        "page": fields.page(walk.page, filling.sections),
        "reviews": beside.reviews_known(viewer, opened, filling.form) if walk.at == walk.order[0] else [],
        "left_out": opening.left_out(viewer, opened, filling.form) if walk.at == walk.order[0] else [],
        "siblings": opening.siblings(viewer, opened) if walk.at == walk.order[0] and not filling.corrects else [],
        "prefilled": [words for key, words in filling.prefilled.items() if key in {one.key for one in walk.page.questions}],
        "sections": filling.sections,
    }  # fmt: skip
    return render(request, "recording/page.html", context, status=status)


def _walk(filling: opening.Filling) -> walking.Walk:
    if filling.walk is None:
        raise TypeError("a form of one page is not walked")
    return filling.walk


def _href(opened: Opened, filling: opening.Filling, one: walking.Problem) -> str:
    """Where a problem is put right: a field of this page, or a page and the field on it."""
    if not one.page or one.page == _walk(filling).at:
        return one.field
    return address(opened, filling, one.page) + one.field


def _steps(walk: walking.Walk, found: list[walking.Problem]) -> list[dict[str, Any]]:
    """The pages of the form for its list: where one stands, which may be gone to, and how much is wanting on each come to."""
    return [
        {"id": page.id, "title": page.title, "current": page.id == walk.at, "open": walk.may_go(page.id),
         "wanting": sum(one.page == page.id for one in found) if page.id in walk.reached and page.id != walk.at else 0}
        for page in walk.pages
    ]  # fmt: skip
