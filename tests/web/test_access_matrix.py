"""Every address, by every role, in every situation, read and sent: the answers that docs/access-matrix.yaml says, and no other."""

import datetime as dt
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import get_resolver, reverse
from ruamel.yaml import YAML

import cast
from kith.access.models import RoleHeld, Team
from kith.core import ids
from kith.documents import files
from kith.obligations.models import Owed
from kith.people import sharing
from kith.record import actions
from kith.record.fact import Fact

MATRIX = YAML(typ="safe").load((Path(__file__).parents[2] / "docs" / "access-matrix.yaml").read_text("utf-8"))
ROLES = sorted(
    {
        role
        for name, roles in MATRIX["roles"].items()
        if name in ("opens_own", "opens_team", "opens_all", "advisers", "keepers", "partners", "none")
        for role in roles
    }
)
SITUATIONS = ("allocated", "same_team", "other_team", "other_authority", "restricted", "excluded", "not_shared")
PARTNERS = MATRIX["roles"]["partners"]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

pytestmark = pytest.mark.django_db


def every_address(resolver=None, before=""):
    for one in (resolver or get_resolver()).url_patterns:
        route = before + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from every_address(one, route)
        else:
            yield one.name, route


def test_every_address_has_a_row_and_every_role_is_in_the_matrix():
    named = {name for name, route in every_address() if not any(route.startswith(one) for one in MATRIX["open_to_all"])}
    assert named == set(MATRIX["urls"])
    council = cast.council("lincolnshire", "england")
    from kith.record.procedures import stack_of

    with council.at_work(writing=False):
        held = {role for role, item in stack_of(council.authority.id).items["roles"].items() if item.get("login", True)}
    assert held == set(ROLES)


def expected(url, method, situation, role):
    row = MATRIX["urls"][url]
    if "pattern" not in row:
        return first(row.get(method, {"everyone": "yes"}), role)
    if "right_first" in row and role not in MATRIX["roles"][row["right_first"]]:
        return "refused"
    pattern = row.get("get_pattern", row["pattern"]) if method == "get" else row["pattern"]
    answer = first(MATRIX["patterns"][pattern][situation], role)
    if answer == "yes" and "right" in row and role not in MATRIX["roles"][row["right"]]:
        return "refused"
    return answer


def first(lines, role):
    return next(answer for group, answer in lines.items() if group == "everyone" or role in MATRIX["roles"][group])


def answered(response):
    if response.status_code == 404:
        return "hidden"
    if response.status_code == 403:
        return "told" if b"There is a record you cannot open" in response.content else "refused"
    return "yes" if response.status_code in (200, 302, 422) else str(response.status_code)


class World:
    """A council with a child in each situation as somebody of a role stands to them."""

    def __init__(self, role):
        self.council = cast.council("shire", "england")
        self.other = cast.council("elsewhere", "england")
        with self.council.at_work():
            self.far = Team.objects.create(name="Far team")
            self.worker = self.council.worker("Wyn", "initial_response", self.far)
            self.viewer = cast_worker(self.council, role)
            self.agency = ids.new()
            actions.append(
                Fact(
                    kind="agency.entered",
                    about={"agency": self.agency},
                    when=cast.days_ago(9),
                    coded={"agency_kind": "school"},
                    words={"name": "Hill School"},
                ),
                by=self.worker,
            )
            self.unshared = self.council.worker("Vo", role)
            if role in PARTNERS:
                self._of_partner()
            self.children = {one: self._child(one) for one in SITUATIONS if one != "other_authority"}
        with self.other.at_work():
            una = self.other.worker("Una", "initial_response")
            self.children["other_authority"] = self._whole(una, self.other.team, una)

    def _of_partner(self):
        """An agreement with the viewer's agency covers every kind; with the other's there is none."""
        coded = {"covers": list(sharing.kinds())}
        agreed = Fact(kind="sharing.agreed", about={"agency": self.agency}, when=cast.days_ago(9), coded=coded)
        actions.append(agreed, by=self.worker)
        self.viewer.agency, self.viewer.agency_id, self.unshared.agency = "Hill School", self.agency, "Vale School"
        for one in (self.viewer, self.unshared):
            one.save()

    def _child(self, situation):
        team = self.far if situation == "other_team" else self.council.team
        holder = {"allocated": self.viewer, "not_shared": self.unshared}.get(situation, self.worker)
        child = self._whole(self.worker, team, holder)
        if situation == "restricted":
            for one in (child["child"], child["other"]):
                self._access("restricted", one, self.worker)
        if situation == "excluded":
            for one in (child["child"], child["other"]):
                self._access("closed_to", one, self.viewer)
        return child

    def _access(self, how, child, worker):
        coded = {"restricted_because": "other"} if how == "restricted" else {"closed_because": "other"}
        actions.append(
            Fact(kind=f"access.{how}", about={"child": child, "worker": worker.id}, when=cast.days_ago(1), coded=coded),
            by=self.worker,
        )

    def _whole(self, by, team, holder):
        """A child with an adult, a visit, an obligation and another record that may be theirs."""
        family, child, adult, visit = ids.new(), None, ids.new(), ids.new()
        child = cast.child(by, family=family)
        other = cast.child(by, family=family)
        for one in (child, other):
            cast.allocate(one, holder, team, by=by)
        cast.in_need(child, by=by)
        made, *_ = actions.append(
            Fact(kind="visit.made", about={"child": child, "visit": visit, "worker": by.id}, when=cast.days_ago(3), coded={"seen": True}),
            Fact(kind="referral.received", about={"child": child, "family": family, "referral": ids.new()}, when=cast.days_ago(2)),
            Fact(kind="person.registered", about={"person": adult}, when=cast.days_ago(90)),
            Fact(kind="name.given", about={"person": adult}, when=cast.days_ago(90), words={"given": "Ada"}),
            Fact(kind="person.joined_family", about={"family": family, "person": adult, "child": child}, when=cast.days_ago(90)),
            Fact(kind="assessment.started", about={"child": child, "assessment": visit}, when=cast.days_ago(2)),
            Fact(kind="meeting.arranged/core_group", about={"child": child, "meeting": visit}, when=cast.days_ago(2), coded={"held_on": cast.days_ago(-9).isoformat()}),
            Fact(kind="meeting.guest_named/core_group", about={"child": child, "meeting": visit, "person": adult}, when=cast.days_ago(2)),
            by=by,
        )  # fmt: skip
        document = ids.new()
        added = Fact(
            kind="document.attached", about={"child": child, "document": document}, when=cast.days_ago(1),
            coded={"digest": files.keep(b"a file")}, words={"title": "A file", "media_type": "text/plain"},
        )  # fmt: skip
        version = actions.append(added, by=by)[0].id
        # One that the holder owes: staff of a partner agency are answered of no other.
        owed = Owed.objects.filter(child=child, holder=holder.id).order_by("duty", "id").first()
        return {
            "child": child,
            "other": other,
            "person": adult,
            "family": family,
            "event": made.id,
            "visit": visit,
            "document": document,
            "version": version,
            "delivery": ids.new(),
            "owed": owed.id if owed else ids.new(),
        }

    def address(self, url, situation):
        needs = {"why": ["owed"], "why-late": ["owed"], "entry": ["child", "event"], "withdraw": ["child", "event"], "seal": ["child", "event"], "family": ["family"], "person": ["person"],
                 "document": ["child", "document"], "document-file": ["child", "document", "version"], "document-word": ["child", "document"],
                 "approve-document": ["child", "document"], "document-act": ["child", "document"], "decide-delivery": ["child", "document", "delivery"],
                 "assessment": ["child", "visit"], "agency-checks": ["child", "visit"], "set-aside": ["child", "visit"],
                 "meeting": ["child", "visit"], "meeting-list": ["child", "visit"], "meeting-guests": ["child", "visit"], "meeting-calendar": ["child", "visit", "person"],
                 "meeting-room": ["child", "visit"], "meeting-briefing": ["child", "visit"], "meeting-shown": ["child", "visit"], "meeting-since": ["child", "visit"],
                 "merge": ["child", "other"], "confirm-visit": ["child", "visit"]}  # fmt: skip
        if "pattern" not in MATRIX["urls"][url]:
            of = {
                "agency": self.agency,
                "sharing": self.agency,
                "practitioner": self.worker.id,
                "one-team": self.far.id,
            }
            return reverse(url, args=[of[url]] if url in of else [])
        args = [self.children[situation][one] for one in needs.get(url, ["child"])]
        named = {"record-form": "case_note", "write-letter": "covering"}
        return reverse(url, args=[*args, named[url]] if url in named else args)


def cast_worker(council, role):
    one = council.worker("Vi", role)
    RoleHeld.objects.filter(practitioner=one).update(from_on=dt.date(2020, 1, 1))
    return one


@pytest.mark.postgresql
@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_this_role_as_the_matrix_says(role, settings):
    settings.KITH_SECOND_FACTOR = False
    world = World(role)
    clients = {one: Client(raise_request_exception=True) for one in SITUATIONS} | {"": Client()}
    for situation, client in clients.items():
        client.force_login(world.unshared if situation == "not_shared" else world.viewer, backend=BACKEND)
    asked = [one for one in SITUATIONS if one != "not_shared" or role in PARTNERS]
    wrong = []
    for url, row in MATRIX["urls"].items():
        for situation in asked if "pattern" in row else ("",):
            address = world.address(url, situation)
            for method in ("get", "post") if "post" in row else ("get",):
                got = ask(clients[situation], method, address, url)
                wanted = expected(url, method, situation, role)
                if got != wanted:
                    wrong.append(f"{method} {url} {situation}: {got}, not {wanted}")
    assert wrong == []


def ask(client, method, address, url):
    """The answer; whatever a sent act changed is undone, so that the next question is asked of the same world."""
    with transaction.atomic():
        response = (
            client.get(address)
            if method == "get"
            else client.post(address, {"reason": "A reason long enough", "act": "record"})
        )
        transaction.set_rollback(True)
    return answered(response)


def test_the_matrix_was_asked_as_the_role_of_the_application():
    """On PostgreSQL these answers are given by a role that row-level security binds."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("select rolsuper, rolbypassrls from pg_roles where rolname = current_user")
            assert cursor.fetchone() == (False, False)
    assert connection.vendor in ("postgresql", "sqlite")
