"""The teams of the authority: entered, renamed, disbanded."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kith.access import entering
from kith.access import selectors as access
from kith.core import clock
from kith.people import selectors as people
from kith.web import visitor
from kith.web.keeping import kept
from kith.web.practitioners.forms import TeamForm
from kith.web.practitioners.views import RIGHT


@visitor.needs(RIGHT)
def teams(request: HttpRequest) -> HttpResponse:
    """Every team; a new one is entered here."""
    form = TeamForm(request.POST or None)
    viewer = visitor.viewer(request)
    if (
        request.method == "POST"
        and form.is_valid()
        and kept(form, lambda told: entering.enter_team(told["name"], told["telephone"], by=viewer))
    ):
        messages.success(request, _("The team is entered."))
        return redirect("teams")
    context = {"teams": access.teams(), "form": form, "wrong": [form] if form.errors else []}
    return render(request, "practitioners/teams.html", context, status=422 if form.errors else 200)


@visitor.needs(RIGHT)
def team(request: HttpRequest, team: uuid.UUID) -> HttpResponse:
    """One team and who is in it; changed and disbanded here."""
    viewer, one = visitor.viewer(request), access.team_named(team)
    if one is None or one.disbanded_on is not None:
        return visitor.not_found(request)
    ends = request.POST.get("act") == "disband"
    form = TeamForm(None if ends else request.POST or None, initial={"name": one.name, "telephone": one.telephone})
    children, refused = people.held_by_team(one.id), ""
    if ends:
        try:
            entering.disband(one, open_children=children, by=viewer)
            messages.success(request, _("The team is disbanded."))
            return redirect("teams")
        except entering.Refused as why:
            refused = str(why)
    elif (
        request.method == "POST"
        and form.is_valid()
        and kept(form, lambda told: entering.change_team(one, told["name"], told["telephone"], by=viewer))
    ):
        messages.success(request, _("Done."))
        return redirect("teams")
    context = {
        "one": one, "form": form, "members": access.members([one.id], clock.today()), "children": children, "refused": refused,
        "wrong": [form] if form.errors else [],
    }  # fmt: skip
    return render(request, "practitioners/team.html", context, status=422 if form.errors or refused else 200)
