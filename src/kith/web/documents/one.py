"""One document: read, approved, changed, given, sent; and what a person decides about what was held or left in the middle."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kith.access import selectors as access
from kith.access.viewer import Viewer
from kith.documents import actions, arriving, channels, deciding, holding, policies, selectors
from kith.documents.files import NotKept
from kith.meetings import selectors as gatherings
from kith.people import selectors as people
from kith.people.knowing import Marks, for_reader
from kith.people.policies import NotAllowed
from kith.people.selectors import Opened
from kith.record.fact import NotRecorded
from kith.web import visitor
from kith.web.child.network import reach
from kith.web.child.views import around
from kith.web.documents import presenters
from kith.web.meetings import circulating
from kith.web.meetings import copies as meeting_copies


def _found(request: HttpRequest, child: uuid.UUID, document: uuid.UUID, page: str) -> tuple[Viewer, Opened, Any]:
    viewer = visitor.viewer(request)
    opened = people.child_for(viewer, child, page=page)
    return viewer, opened, selectors.document_of(viewer, opened, document)


@visitor.signed_in
def document(request: HttpRequest, child: uuid.UUID, document: uuid.UUID) -> HttpResponse:
    """What it is, each version, who was given it, and the next act."""
    viewer, opened, one = _found(request, child, document, "document")
    if one is None:
        return visitor.not_found(request)
    return _shown(request, viewer, opened, one)


def _shown(request: HttpRequest, viewer: Viewer, opened: Opened, one: Any, error: str = "") -> HttpResponse:
    versions, shares = selectors.versions_of(one.id), selectors.shares_of([one.id])
    moving = selectors.deliveries_of([one.id])
    workers = access.named(presenters.workers_in([one], versions, shares, moving))
    numbers = {each.digest: each.number for each in reversed(versions)}
    context = around(request, opened, "documents") | {
        "one": one, "row": presenters.row(one, workers), "error": error, "may_write": viewer.may("record"),
        "versions": [presenters.version(each, workers) for each in versions], "may_read": _may_read(viewer, one),
        "shares": [presenters.share(each, workers, numbers) for each in shares], "ways": _ways(viewer, one),
        "moving": [presenters.delivery(each, one, workers, half_done=selectors.half_done(each)) for each in moving],
        "approver": workers.get(one.approved_by, ""), "hows": [(key, str(word)) for key, word in presenters.HOWS.items()],
        "waits": bool(one.approval_by) and one.approved_at is None, "may_approve": viewer.may("approve") and viewer.id != one.made_by,
        "unconfirmed": _unconfirmed(viewer, opened, one), "typed": one.reader in ("agency", "referrer"), "left_out": one.left_out.splitlines(), "sent": request.POST,
    }  # fmt: skip
    return render(request, "documents/document.html", context, status=422 if error else 200)


def _unconfirmed(viewer: Viewer, opened: Opened, one: Any) -> str:
    """Of a copy of a meeting's record, that no social worker has confirmed who is given it."""
    meeting = selectors.made_as(one.id)[0].get("meeting") if one.letter == meeting_copies.RECORD else None
    found = gatherings.one_for(viewer, opened.id, meeting) if meeting else None
    return circulating.warning(found) if found else ""


def _may_read(viewer: Viewer, one: Any) -> bool:
    try:
        policies.check_may_read_file(viewer, one)
    except NotAllowed:
        return False
    return True


def _ways(viewer: Viewer, one: Any) -> list[dict[str, Any]]:
    """The ways to send it to its reader, each with what is known of whether it is safe."""
    ways = []
    if one.person:
        picture = people.portrait_of(one.person)
        shown = for_reader(picture, Marks.of(picture), works_with=people.works_with_person(viewer, one.person))
        for key, how in holding.reach_ids(picture):
            told = reach(shown.reaches[str(key)])
            says = picture.reaches[str(key)].says
            ways.append({
                "key": f"{how}:{key}", "text": f"{presenters.HOWS[how]}: {told['value']}", "when": told["when"], "set": channels.is_set(how),
                "safe": told["safe"], "who": told["who"], "full": how == "e_mail" and says.get("may_send_letters") is True,
            })  # fmt: skip
    if one.home or one.write_to:
        ways.append({"key": "post", "text": str(presenters.HOWS["post"]), "set": True, "safe": True})
    return ways


@visitor.signed_in
def file(request: HttpRequest, child: uuid.UUID, document: uuid.UUID, version: uuid.UUID) -> HttpResponse:
    """The bytes of a version, as a file to save: nothing in it is run or shown by this site."""
    viewer, _opened, one = _found(request, child, document, "file")
    try:
        found = selectors.file_of(viewer, one, version) if one is not None else None
    except NotKept:
        found = None
    if found is None:
        return visitor.not_found(request)
    return _download(found[1], found[0].file_name, found[0].media_type)


@visitor.signed_in
def word(request: HttpRequest, child: uuid.UUID, document: uuid.UUID) -> HttpResponse:
    """A letter as a Word file, for changing its wording."""
    viewer, opened, one = _found(request, child, document, "word file")
    policies.check_may_write(viewer)
    try:
        content = selectors.word_of(viewer, one) if one is not None else None
    except NotKept:
        content = None
    if content is None:
        return visitor.not_found(request) if one is None else redirect("document", opened.id, document)
    return _download(content, f"{one.letter}.docx", arriving.WORD)


def _download(content: bytes, name: str, media_type: str) -> HttpResponse:
    known = media_type in arriving.ALLOWED
    answer = HttpResponse(content, content_type=media_type if known else "application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{arriving.safe_name(name)}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@visitor.signed_in
def approve(request: HttpRequest, child: uuid.UUID, document: uuid.UUID) -> HttpResponse:
    """A manager approves a letter, or sends it back with words."""
    viewer, opened, one = _found(request, child, document, "approve")
    if one is None:
        return visitor.not_found(request)
    policies.check_may_approve(viewer, opened, one)
    if request.method == "POST":
        try:
            if request.POST.get("act") == "return":
                actions.send_back(one, opened, request.POST.get("comment", ""), by=viewer)
                messages.success(request, _("Sent back with your words."))
            else:
                actions.approve(one, opened, by=viewer)
                messages.success(request, _("Approved."))
        except NotRecorded as problem:
            return _shown(request, viewer, opened, one, str(problem))
    return redirect("document", opened.id, one.id)


@visitor.signed_in
def act(request: HttpRequest, child: uuid.UUID, document: uuid.UUID) -> HttpResponse:
    """Gives, sends, changes, or says what became of a document."""
    viewer, opened, one = _found(request, child, document, "document")
    policies.check_may_write(viewer)
    if one is None:
        return visitor.not_found(request)
    doing = _ACTS.get(request.POST.get("act", ""))
    if request.method == "POST" and doing is not None:
        try:
            messages.success(request, doing(request, viewer, opened, one))
        except NotRecorded as problem:
            return _shown(request, viewer, opened, one, str(problem))
    return redirect("document", opened.id, one.id)


def _given(request: HttpRequest, viewer: Viewer, opened: Opened, one: Any) -> str:
    post = request.POST
    understood = {"yes": True, "no": False}.get(post.get("understood", ""))
    given = actions.Given(
        post.get("how", ""), None, understood, post.get("note", ""), post.get("language", "").strip()[:40]
    )
    actions.give(one, selectors.versions_of(one.id)[0], opened, given, by=viewer)
    return _("Recorded that it was given.")


def _refused(request: HttpRequest, viewer: Viewer, opened: Opened, one: Any) -> str:
    actions.refuse(one, opened, request.POST.get("refused_by", ""), request.POST.get("reason", ""), by=viewer)
    return _("Recorded, with the reason.")


def _understood(request: HttpRequest, viewer: Viewer, opened: Opened, one: Any) -> str:
    if request.POST.get("understood") not in ("yes", "no"):
        raise NotRecorded(_("Say whether they understood it"), "understood")
    actions.understood(one, opened, request.POST["understood"] == "yes", request.POST.get("note", ""), by=viewer)
    return _("Recorded whether they understood it.")


def _sent(request: HttpRequest, viewer: Viewer, opened: Opened, one: Any) -> str:
    how, _colon, key = request.POST.get("way", "").partition(":")
    known = {each["key"] for each in _ways(viewer, one)}
    if request.POST.get("way") not in known and how != "typed":
        raise NotRecorded(_("Choose how it is sent"), "way")
    typed = request.POST.get("typed_to", "").strip()
    if how == "typed" and ("@" not in typed or one.person):
        raise NotRecorded(_("Enter an e-mail address, such as name@example.org"), "typed_to")
    way = actions.Way(
        "e_mail" if how == "typed" else how, uuid.UUID(key) if key else None, typed if how == "typed" else "",
        bool(request.POST.get("in_full")),
    )  # fmt: skip
    actions.ask_delivery(one, selectors.versions_of(one.id)[0], opened, way, by=viewer)
    return _("Put with what is to be printed.") if how == "post" else _("On its way. It is sent within a few minutes.")


def _changed(request: HttpRequest, viewer: Viewer, opened: Opened, one: Any) -> str:
    sent = request.FILES.get("file")
    if sent is None:
        raise NotRecorded(_("Choose the changed file"), "file")
    actions.change(one, opened, sent.read(), sent.name or "", by=viewer)
    return _("Kept as a new version. This is the one that is given from now on.")


_ACTS: Mapping[str, Callable[[HttpRequest, Viewer, Opened, Any], str]] = {
    "given": _given, "refused": _refused, "understood": _understood, "send": _sent, "change": _changed,
}  # fmt: skip


@visitor.signed_in
def decide(request: HttpRequest, child: uuid.UUID, document: uuid.UUID, delivery: uuid.UUID) -> HttpResponse:
    """What a person decides about a delivery."""
    viewer, opened, one = _found(request, child, document, "delivery")
    policies.check_may_write(viewer)
    if one is None:
        return visitor.not_found(request)
    if request.method != "POST":
        return redirect("document", opened.id, one.id)
    doing, reason = request.POST.get("act", ""), request.POST.get("reason", "")
    try:
        if doing == "posted":
            deciding.posted(delivery, one, by=viewer)
        elif doing in _DECISIONS:
            _DECISIONS[doing](delivery, one, reason, by=viewer)
        messages.success(request, _("Done."))
    except NotRecorded as problem:
        return _shown(request, viewer, opened, one, str(problem))
    return redirect("print-queue") if doing == "posted" else redirect("document", opened.id, one.id)


_DECISIONS: Mapping[str, Callable[..., Any]] = {
    "release": deciding.release, "drop": deciding.drop, "again": deciding.send_again, "went": deciding.it_went,
}  # fmt: skip
