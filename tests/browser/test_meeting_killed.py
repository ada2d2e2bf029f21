"""The server is killed while a meeting is being written, and started again: what was typed is there, and the page goes on."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.request import urlopen

import pytest
from django.conf import settings as loaded
from playwright.sync_api import expect
from test_days import a_loop_of_its_own
from test_meeting_pages import family, with_meeting
from test_stories import PASSWORD, council

import cast
from kith.core import clock
from kith.meetings.models import Notes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["a_loop_of_its_own"]
SERVE = """
import os, sys
from wsgiref.simple_server import make_server, WSGIServer
from socketserver import ThreadingMixIn
class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
import kith_settings, django
kith_settings.KITH_SECOND_FACTOR = False
django.setup()
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
make_server("127.0.0.1", int(sys.argv[1]), StaticFilesHandler(get_wsgi_application()), server_class=Server).serve_forever()
"""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def served(port):
    """A server of its own process, on the same database."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "kith_settings",
        "PYTHONPATH": os.path.dirname(cast.__file__),
    }
    with subprocess.Popen(
        [sys.executable, "-c", SERVE, str(port)], env=environment, stderr=subprocess.DEVNULL
    ) as process:
        try:
            for _time in range(150):
                try:
                    urlopen(f"http://127.0.0.1:{port}/account/login/", timeout=2)
                    break
                except OSError:
                    time.sleep(0.2)
            yield process
        finally:
            process.kill()


def kept(town):
    with town.at_work(writing=False):
        notes = Notes.objects.filter(id=town.meeting).first()
        return dict(notes.typed) if notes else {}


def test_a_server_killed_in_the_middle_of_a_meeting_loses_nothing_typed_three_seconds_before(browser):
    assert loaded.SESSION_COOKIE_AGE
    town = family(council("leicestershire", Amy="social_worker", Moll="team_manager", Sal="service_manager"))
    town.meeting = with_meeting(
        town,
        "family_care_and_protect",
        clock.today(),
        (town.ros, "parent"),
        (town.kit, "child"),
        chair_role="service_manager",
    )
    port = free_port()
    home = f"http://127.0.0.1:{port}"
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    with served(port) as server:
        page.goto(home + "/account/login/")
        page.get_by_label("E-mail address").fill(town.workers["Sal"].email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page.get_by_role("heading", name="My work")).to_be_visible()
        page.goto(f"{home}/child/{town.kit}/meetings/{town.meeting}/room")
        page.get_by_label("What is working well?").type("Ros gets Kit to school.")
        page.wait_for_timeout(3000)
        server.send_signal(signal.SIGKILL)
        server.wait()
    assert kept(town)["q.working_well"] == "Ros gets Kit to school."
    page.get_by_label("What are we worried about?").type("Nights are hard.")
    expect(page.locator("#kith-saved")).to_contain_text("there is no connection", timeout=10000)
    assert "q.worries" not in kept(town)
    with served(port):
        for _time in range(60):
            if kept(town).get("q.worries"):
                break
            page.wait_for_timeout(300)
        assert kept(town)["q.worries"] == "Nights are hard."
        expect(page.get_by_label("What are we worried about?")).to_have_value("Nights are hard.")
    page.context.close()
