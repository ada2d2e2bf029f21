"""Recording by a pack's form: fill in, save for later, record; correct; confirm."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kith.access.viewer import Viewer
from kith.casework import actions as casework
from kith.casework import policies
from kith.casework.gates import Stopped
from kith.forms import actions as drafts
from kith.people import selectors as people
from kith.people.selectors import Opened
from kith.record.fact import NotRecorded
from kith.web import visitor
from kith.web.recording import beside, landing, opening, pages
from kith.web.recording.walking import CHECK

SAVE, RECORD, CHILDREN, GIVE_UP = "save", "record", "children", "give_up"


@visitor.signed_in
def record_form(request: HttpRequest, child: uuid.UUID, form: str) -> HttpResponse:
    """A form about a child: shown, saved as a draft, or recorded."""
    viewer = visitor.viewer(request)
    opened = people.opened_for(viewer, child, page=f"record {form}")
    policies.check_may_record(viewer, opened)
    spec = opening.spec_of(form, opened.id, opening.for_what(request, viewer, opened))
    if spec is None:
        return visitor.not_found(request)
    filling = opening.filling(request, viewer, opened, spec)
    if filling is None:
        return visitor.not_found(request)
    if request.method != "POST":
        return _show(request, viewer, opened, filling)
    return _sent(request, viewer, opened, filling)


def _sent(request: HttpRequest, viewer: Viewer, opened: Opened, filling: opening.Filling) -> HttpResponse:
    act = request.POST.get("act", RECORD)
    if act == GIVE_UP and filling.draft is not None:
        drafts.give_up(filling.draft)
        messages.success(request, _("The draft is gone. Nothing was recorded."))
        return redirect(opened.named, opened.id)
    if act == RECORD and filling.sections.is_valid():
        return _record(request, viewer, opened, filling)
    try:
        opening.save(filling, viewer, opened)
    except drafts.Stale as stale:
        return _both_texts(request, opened, filling, stale)
    if act == SAVE:
        return _saved(request, opened, filling)
    if filling.walk is not None and act not in (RECORD, CHILDREN):
        return pages.turned(request, viewer, opened, filling, act)
    return _show(request, viewer, opened, filling, status=422 if act == RECORD else 200)


def _record(request: HttpRequest, viewer: Viewer, opened: Opened, filling: opening.Filling) -> HttpResponse:
    shared, parts = (
        filling.sections.shared.answers(),
        {key: part.answers() for key, part in filling.sections.parts.items()},
    )
    if filling.draft is not None and filling.draft.version != filling.version:
        stale = drafts.Stale(filling.draft, filling.sections.typed())
        return _both_texts(request, opened, filling, stale)
    try:
        children = [one.id for one in filling.sections.children]
        event = casework.record_form(
            casework.Filled(filling.form, children, shared, parts), opened, by=viewer, corrects=filling.corrects,
            reasons=opening.reasons(request),
        )  # fmt: skip
    except Stopped as stopped:
        return _show(request, viewer, opened, filling, status=422, stopped=stopped)
    except NotRecorded as error:
        name = error.field if error.field in filling.sections.shared.fields else None
        filling.sections.shared.add_error(name, str(error))
        return _show(request, viewer, opened, filling, status=422)
    if filling.draft is not None:
        drafts.submitted(filling.draft, event.id)
    messages.success(request, opening.recorded_words(filling.form, event))
    return redirect(landing.after(opened, event))


def _saved(request: HttpRequest, opened: Opened, filling: opening.Filling) -> HttpResponse:
    draft = filling.draft
    if request.headers.get("X-Kith-Autosave"):
        return JsonResponse({"draft": str(draft.id), "version": draft.version})
    messages.success(request, _("Saved. Nobody else sees it until you record it. You will find it under Records."))
    return redirect("records" if opened.child is not None else "person", opened.id)


def _show(
    request: HttpRequest,
    viewer: Viewer,
    opened: Opened,
    filling: opening.Filling,
    status: int = 200,
    stopped: Stopped | None = None,
) -> HttpResponse:
    if filling.walk is not None:
        if status == 422:
            pages.at_check(viewer, opened, filling)
        return pages.show(request, viewer, opened, filling, judged=status == 422, stopped=stopped)
    context: dict[str, Any] = {
        "opened": opened, "child": opened.id, "form_spec": filling.form, "sections": filling.sections, "draft": filling.draft,
        "version": filling.version, "pages": filling.sections.pages(), "parts": filling.sections.every,
        "left_out": opening.left_out(viewer, opened, filling.form),
        "siblings": [] if filling.corrects else opening.siblings(viewer, opened), "chosen": {str(one.id) for one in filling.sections.children},
        "for_owed": filling.for_owed, "corrects": filling.corrects, "prefilled": filling.prefilled,
        "errors": any(part.errors for part in filling.sections.every) and status == 422, "autosave": request.path, "stopped": stopped, "insists": stopped is not None and stopped.insists,
        "gates": opening.gates(request, stopped) if stopped else [], "open": beside.still_open(viewer, opened, filling.form),
    }  # fmt: skip
    return render(request, "recording/form.html", context, status=status)


def _both_texts(request: HttpRequest, opened: Opened, filling: opening.Filling, stale: drafts.Stale) -> HttpResponse:
    """The draft was saved elsewhere: both texts, and the way on with either. Nothing is lost."""
    if request.headers.get("X-Kith-Autosave"):
        return JsonResponse({"stale": True, "version": stale.draft.version}, status=409)
    if filling.walk is not None and filling.walk.at == CHECK and "page" in request.POST:
        filling.draft = stale.draft
        messages.warning(request, _("This draft was saved in another window. These are the answers as they stand now."))
        return redirect(pages.address(opened, filling, CHECK))
    context = {
        "opened": opened, "child": opened.id, "form_spec": filling.form, "draft": stale.draft,
        "compared": opening.compared(filling.form, stale), "typed": request.POST.lists(), "version": stale.draft.version,
    }  # fmt: skip
    return render(request, "recording/both_texts.html", context, status=409)


@visitor.signed_in
def confirm_visit(request: HttpRequest, child: uuid.UUID, visit: uuid.UUID) -> HttpResponse:
    """A manager reads why a child was not seen, or not alone, and confirms it or asks for more."""
    viewer = visitor.viewer(request)
    opened = people.child_for(viewer, child, page="confirm visit")
    policies.check_may_confirm(viewer, opened)
    entry = opening.visit_entry(opened.id, visit)
    if entry is None:
        return visitor.not_found(request)
    error = ""
    if request.method == "POST":
        comment = request.POST.get("comment", "")
        try:
            if request.POST.get("act") == "return":
                casework.return_visit(visit, opened, comment, by=viewer)
                messages.success(request, _("Sent back with your words."))
            else:
                casework.confirm_visit(visit, opened, comment, by=viewer)
                messages.success(request, _("Confirmed."))
            return redirect("my-work")
        except NotRecorded as problem:
            error = str(problem)
    context = {"opened": opened, "child": opened.id, "line": opening.line_of(entry, opened.id), "error": error,
               "comment": request.POST.get("comment", "")}  # fmt: skip
    return render(request, "recording/confirm_visit.html", context, status=422 if error else 200)
