"""Sitting down at a desk and filling in a form as a page sends it: for tests of pages."""

import datetime as dt
import re

from django.test import Client
from django.urls import reverse

import cast
from kith.core import ids
from kith.record import actions
from kith.record.fact import Fact

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def desk(worker):
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(worker, backend=BACKEND)
    return client


def page(client, name, *args, **asked):
    """The text of a page that opens."""
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def answers(prefix="all", **given):
    """Answers as a page sends them: a day in its three parts."""
    sent = {}
    for key, value in given.items():
        if isinstance(value, dt.date):
            sent |= {
                f"{prefix}-{key}-day": value.day,
                f"{prefix}-{key}-month": value.month,
                f"{prefix}-{key}-year": value.year,
            }
        else:
            sent[f"{prefix}-{key}"] = value
    return sent


def record(client, one, form, sent=None, **given):
    """Sends a form about somebody; `sent` are fields beside the answers of the shared part."""
    given.setdefault("when", cast.days_ago(3))
    return client.post(reverse("record-form", args=[one, form]), {"act": "record", **answers(**given), **(sent or {})})


def recorded(client, one, form, sent=None, **given):
    """Sends a form that must be taken."""
    answer = record(client, one, form, sent, **given)
    assert answer.status_code == 302, said(answer)
    return answer


def said(answer):
    """What a page says."""
    return answer.content.decode()


def wrong(answer):
    """What a page says is wrong, without its markup: for a test that fails."""
    text = said(answer)
    places = [text.find(one) for one in ("There is a problem", "gate-", "govuk-error-message", "Not gone through yet")]
    found = [text[place : place + 1500] for place in places if place >= 0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", " | ".join(found)))


def adult(by, given, family, child, relation="birth_mother"):
    """An adult of a child's family."""
    person = ids.new()
    actions.append(
        Fact(kind="person.registered", about={"person": person}, when=cast.days_ago(90), coded={"person_kind": "relative"}),
        Fact(kind="name.given", about={"person": person}, when=cast.days_ago(90), words={"given": given, "family": "Marsh"}),
        Fact(kind="person.joined_family", about={"family": family, "person": person, "child": child}, when=cast.days_ago(90), coded={"relation": "parent"}),
        Fact(kind="relationship.recorded", about={"relationship": ids.new(), "child": child, "other": person}, when=cast.days_ago(90), coded={"relation": relation}),
        by=by,
    )  # fmt: skip
    return person


def household(slug="lincolnshire"):
    """A council with Kit and Robin Marsh, their mother Ros and father Fin; Amy holds Kit, Bea is in Amy's team, Olu in another."""
    one = cast.council(slug)
    with one.at_work():
        amy = one.worker("Amy")
        one.moll = one.worker("Moll", "team_manager")
        one.worker("Bea")
        one.worker("Olu", team=cast.another_team("South team"))
        one.family = ids.new()
        one.kit, one.robin = cast.child(amy, family=one.family), cast.child(amy, "Robin", family=one.family)
        cast.allocate(one.kit, amy, one.team, by=amy)
        cast.allocate(one.robin, amy, one.team, by=amy)
        one.ros = adult(amy, "Ros", one.family, one.kit)
        one.fin = adult(amy, "Fin", one.family, one.kit, "birth_father")
    one.amy, one.bea, one.olu = (desk(one.workers[name]) for name in ("Amy", "Bea", "Olu"))
    return one
