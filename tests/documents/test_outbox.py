"""The outbox: nothing leaves twice by itself, nothing leaves where it is not safe, and after a death only by a named person."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from test_letters import ENDED, letter_for

import cast
from kith.core import ids
from kith.documents import actions, channels, deciding, outbox
from kith.documents.models import Delivery, Document, Share, Version
from kith.people import selectors as people
from kith.record.fact import Fact, NotRecorded
from kith.record.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


class Inbox:
    """A mail server's handler that keeps what it was given; `silent` never answers after the data."""

    def __init__(self):
        self.got, self.silent = [], threading.Event()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.got.append(envelope)
        if self.silent.is_set():
            import asyncio

            await asyncio.sleep(60)
        return "250 Taken"


@pytest.fixture
def inbox(settings):
    handler = Inbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.KITH_SMTP, settings.KITH_EMAIL_FROM = f"smtp://127.0.0.1:{port}", "letters@council.example"
    handler.url = settings.KITH_SMTP
    yield handler
    controller.stop()


def reach_of(person):
    return uuid.UUID(next(iter(people.portrait_of(person).reaches)))


def asked(town, viewer, opened, person=None, **more):
    """A closing letter to Ros, with word of it by e-mail on its way."""
    person = person or town.ros
    with town.at_work():
        one = letter_for(town, viewer, opened, "parental_responsibility", ENDED, person=person)
        document = Document.objects.get(id=actions.make_letter(one, opened, by=viewer))
        version = Version.objects.get(document=document)
        way = actions.Way(**{"how": "e_mail", "reach": reach_of(person), **more})
        return document, actions.ask_delivery(document, version, opened, way, by=viewer)


def state(town, delivery):
    with town.at_work(writing=False):
        return Delivery.objects.get(id=delivery.id).state


def because(town, delivery):
    with town.at_work(writing=False):
        return Delivery.objects.get(id=delivery.id).because


def tell(town, kind, about, words=None, **coded):
    with town.at_work():
        return cast.recorded(Fact(kind=kind, about=about, when=cast.days_ago(0), coded=coded, words=words or {}), by=town.workers["Amy"])  # fmt: skip


def test_a_message_says_only_that_there_is_something_to_read(town, viewer, opened, inbox):
    _, delivery = asked(town, viewer, opened)
    assert outbox.send_all(town.authority.id) == 1
    [envelope] = inbox.got
    text = envelope.content.decode()
    assert envelope.rcpt_tos == ["ros@example.org"]
    assert "There is something for you to read" in text
    assert [word for word in ("Kit", "Marsh", "Ros", "closing", "social", "child") if word in text] == []
    assert state(town, delivery) == Delivery.SENT
    with town.at_work(writing=False):
        assert not Share.objects.exists()


def test_the_letter_itself_goes_only_to_whoever_chose_that(town, viewer, opened, inbox):
    _, delivery = asked(town, viewer, opened, in_full=True)
    outbox.send_all(town.authority.id)
    assert (inbox.got, state(town, delivery)) == ([], Delivery.HELD)
    with town.at_work():
        reach = ids.new()
    tell(town, "reach.recorded", {"reach": reach, "person": town.ros}, {"value": "ros.letters@example.org"}, reach_by="e_mail", safe=True, may_say_who=True, may_send_letters=True, may_know="workers_only")  # fmt: skip
    _, delivery = asked(town, viewer, opened, in_full=True, reach=reach)
    outbox.send_all(town.authority.id)
    assert state(town, delivery) == Delivery.SENT, because(town, delivery)
    assert b"application/pdf" in inbox.got[0].content
    with town.at_work(writing=False):
        share = Share.objects.get()
        assert (share.how, share.person) == ("e_mail", town.ros)
        assert Event.objects.filter(kind="letter.sent/closure").count() == 1


def test_whether_it_is_safe_is_asked_again_at_the_moment_of_sending(town, viewer, opened, inbox):
    _, delivery = asked(town, viewer, opened)
    with town.at_work(writing=False):
        reach = reach_of(town.ros)
    tell(town, "reach.ended", {"reach": reach, "person": town.ros})
    outbox.send_all(town.authority.id)
    assert (inbox.got, state(town, delivery)) == ([], Delivery.HELD)
    with town.at_work(), pytest.raises(NotRecorded, match="no longer theirs"):
        deciding.release(delivery.id, Document.objects.get(), "I think it is fine", by=viewer)


@pytest.mark.parametrize("says", [{"safe": False}, {"may_say_who": False}])
def test_an_address_that_is_not_safe_is_never_used_whoever_asks(town, viewer, opened, inbox, says):
    reach = ids.new()
    tell(town, "reach.recorded", {"reach": reach, "person": town.ros}, {"value": "other@example.org"}, **{"reach_by": "e_mail", "safe": True, "may_say_who": True, "may_know": "workers_only", **says})  # fmt: skip
    _, delivery = asked(town, viewer, opened, reach=reach)
    outbox.send_all(town.authority.id)
    with town.at_work(), pytest.raises(NotRecorded):
        deciding.release(delivery.id, Document.objects.get(), "It is urgent", by=viewer)
    assert inbox.got == []


def test_what_is_safe_only_at_a_time_waits_for_a_person_and_their_release_lasts_half_an_hour(town, viewer, opened, inbox):  # fmt: skip
    reach = ids.new()
    tell(town, "reach.recorded", {"reach": reach, "person": town.ros}, {"value": "ros@work.example", "when_safe": "Weekdays before 3pm"}, reach_by="e_mail", safe=True, may_say_who=True, may_know="workers_only")  # fmt: skip
    document, delivery = asked(town, viewer, opened, reach=reach)
    outbox.send_all(town.authority.id)
    assert state(town, delivery) == Delivery.HELD
    with town.at_work():
        deciding.release(delivery.id, document, "She is at work now", by=viewer)
    later = cast.clock.now() + cast.dt.timedelta(minutes=31)
    with cast.at(later):
        outbox.send_all(town.authority.id)
    assert (inbox.got, state(town, delivery)) == ([], Delivery.HELD)
    with town.at_work():
        deciding.release(delivery.id, document, "She is at work now", by=viewer)
    outbox.send_all(town.authority.id)
    assert len(inbox.got) == 1


def test_after_a_death_nothing_leaves_without_a_named_person(town, viewer, opened, inbox):
    document, delivery = asked(town, viewer, opened)
    with town.at_work():
        version = Version.objects.get(document=document)
        to_print = actions.ask_delivery(document, version, opened, actions.Way("post"), by=viewer)
    tell(town, "child.died", {"child": town.kit, "family": town.family})
    outbox.send_all(town.authority.id)
    assert inbox.got == []
    assert {state(town, one) for one in (delivery, to_print)} == {Delivery.HELD}
    with town.at_work():
        with pytest.raises(NotRecorded, match="say why"):
            deciding.release(delivery.id, document, " ", by=viewer)
        deciding.release(delivery.id, document, "Ros asked me for it", by=viewer)
        released = Event.objects.get(kind="delivery.released")
    assert released.recorded_by == viewer.id
    outbox.send_all(town.authority.id)
    assert (len(inbox.got), state(town, to_print)) == (1, Delivery.HELD)


def test_a_server_that_cannot_be_reached_is_tried_again_later_and_then_held(town, viewer, opened, settings):
    settings.KITH_SMTP = "smtp://127.0.0.1:9"
    _, delivery = asked(town, viewer, opened)
    for _ in range(outbox.TRIES):
        with cast.at(cast.clock.now() + outbox.PAUSE * 2):
            outbox.send_all(town.authority.id)
        with town.at_work():
            Delivery.objects.update(changed_at=cast.moment_ago(1))
    assert state(town, delivery) == Delivery.HELD


def test_what_was_killed_in_the_middle_is_never_sent_twice_by_itself(town, viewer, opened, inbox):
    document, delivery = asked(town, viewer, opened)
    inbox.silent.set()
    sender = subprocess.Popen(
        [str(Path(sys.executable).parent / "kith"), "outbox", "send"],
        env={**os.environ, "KITH_SMTP": inbox.url, "KITH_EMAIL_FROM": "letters@council.example", "DJANGO_SETTINGS_MODULE": "kith_settings",
             "PYTHONPATH": "tests"},
    )  # fmt: skip
    for _ in range(300):
        if inbox.got or sender.poll() is not None:
            break
        time.sleep(0.1)
    sender.send_signal(signal.SIGKILL)
    assert sender.wait() == -signal.SIGKILL
    assert len(inbox.got) == 1
    inbox.silent.clear()
    assert state(town, delivery) == Delivery.SENDING
    outbox.send_all(town.authority.id)
    with cast.at(cast.clock.now() + outbox.HALF_DONE_AFTER * 2):
        outbox.send_all(town.authority.id)
        outbox.send_all(town.authority.id)
    assert (len(inbox.got), state(town, delivery)) == (1, Delivery.UNSURE)
    with town.at_work():
        deciding.send_again(delivery.id, document, "She says that it never came", by=viewer)
    outbox.send_all(town.authority.id)
    assert (len(inbox.got), state(town, delivery)) == (2, Delivery.SENT)


def test_notify_is_asked_by_template_with_a_signed_token_and_no_name(settings):
    settings.KITH_NOTIFY_KEY = "kith-" + "a" * 36 + "-" + "b" * 36
    settings.KITH_NOTIFY_TEXT_TEMPLATE = "template-1"
    asked_ = channels.notify_request(channels.Message("d1", "text", "07700900456", "Worcestershire", "01632 960100"))
    assert asked_.full_url.endswith("/v2/notifications/sms")
    assert b'"reference": "d1"' in asked_.data
    assert asked_.headers["Authorization"].count(".") == 2
