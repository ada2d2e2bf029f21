"""Fifty people at work for a minute, with a second of thought between pages: requests a second, p50, p95, p99, and CPU a request.

    .venv/bin/python bench/pages/measure.py --authority SLUG [--users 50] [--seconds 60]

The database is that of DATABASE_URL: a demonstration holding a council-sized authority (`kith demo council`). Kith and a bare Django
page that makes one indexed query are served one after the other by the same server, and the ratio of their CPU a request is told.
"""

import argparse
import http.client
import json
import os
import random
import re
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
TICK = os.sysconf("SC_CLK_TCK")


class Server:
    """A server of two workers, and the CPU seconds it has used."""

    def __init__(self, app: str, port: int, env: dict[str, str]) -> None:
        self.port = port
        command = [
            str(ROOT / ".venv/bin/granian"), "--interface", "wsgi", app, "--host", "127.0.0.1", "--port", str(port), "--workers", "2",
            "--workers-kill-timeout", "5", "--blocking-threads", "2", "--backpressure", "256", "--no-ws", "--log-level", "warning",
        ]  # fmt: skip
        self.process = subprocess.Popen(command, env={**os.environ, **env}, cwd=ROOT)
        for _ in range(100):
            time.sleep(0.2)
            try:
                http.client.HTTPConnection("127.0.0.1", port, timeout=2).connect()
                return
            except OSError:
                continue
        raise SystemExit(f"{app} did not start")

    def cpu(self) -> float:
        """Seconds used by the server and its workers."""
        pids = [str(self.process.pid)]
        pids += subprocess.run(["pgrep", "-P", pids[0]], capture_output=True, text=True, check=False).stdout.split()
        used = 0
        for pid in pids:
            try:
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            used += int(fields[11]) + int(fields[12])
        return used / TICK

    def stop(self) -> None:
        """Ends it."""
        self.process.terminate()
        self.process.wait(20)


class Person:
    """Somebody at work: a connection of their own, cookies, and the pages they go through."""

    def __init__(self, port: int, as_: str, seed: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.random = random.Random(seed)
        self.children: list[str] = []
        if as_:
            self.ask("GET", "/demonstration")
            self.ask("POST", "/demonstration", {"as": as_})

    def ask(self, method: str, path: str, data: dict[str, str] | None = None) -> tuple[int, str]:
        """One request, its answer and text."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Host": "localhost"}
        body = None
        if data is not None:
            body = urllib.parse.urlencode({**data, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")})
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": "http://localhost/"}
        answer = self._sent(method, path, body, headers)
        text = answer.read().decode(errors="replace")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer.status, text

    def _sent(self, *request: Any) -> http.client.HTTPResponse:
        """The answer; asked once more on a new connection where the server had closed the idle one, as a browser does."""
        try:
            self.connection.request(*request)
            return self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self.connection.close()
            self.connection.request(*request)
            return self.connection.getresponse()

    def step(self, manager: bool) -> tuple[str, float, int]:
        """One page of the day, chosen as people do: mostly the worklist and children."""
        kind = self.random.choices(
            ["my work", "child", "find", "save a visit", "team"], [4, 5, 2, 2, 3 if manager else 0]
        )[0]
        if kind in ("child", "save a visit") and not self.children:
            kind = "my work"
        start = time.perf_counter()
        status, text = getattr(self, f"_{kind.replace(' ', '_')}")()
        taken = time.perf_counter() - start
        if kind in ("my work", "team"):
            self.children = list(dict.fromkeys(re.findall(r"/child/([0-9a-f-]{36})\"", text))) or self.children
        return kind, taken, status

    def _my_work(self) -> tuple[int, str]:
        return self.ask("GET", "/")

    def _team(self) -> tuple[int, str]:
        return self.ask("GET", "/team")

    def _child(self) -> tuple[int, str]:
        return self.ask("GET", f"/child/{self.random.choice(self.children)}")

    def _find(self) -> tuple[int, str]:
        return self.ask(
            "GET",
            "/find?words=" + self.random.choice(["smyth", "khan", "marlow", "tilly", "mohamed", "o'brien", "kowalski"]),
        )

    def _save_a_visit(self) -> tuple[int, str]:
        child = self.random.choice(self.children)
        today = time.localtime()
        sent = {
            "act": "record", "all-when-day": str(today.tm_mday), "all-when-month": str(today.tm_mon), "all-when-year": str(today.tm_year),
            "all-place": "home", f"{child}-seen": "yes", f"{child}-alone": "yes", f"{child}-what_i_saw": "Measured, not lived.",
        }  # fmt: skip
        return self.ask("POST", f"/record/{child}/visit", sent)


def seated(port: int, people: list[tuple[str, bool]]) -> list[tuple[Person, bool]]:
    """Everyone signed in, one after the other: the morning is not what is measured."""
    return [(Person(port, as_, number), manager) for number, (as_, manager) in enumerate(people)]


def work(people: list[tuple[Person, bool]], seconds: float) -> dict[str, list[tuple[float, int]]]:
    """Everyone at work at once; the times and answers of each kind of page."""
    told: dict[str, list[tuple[float, int]]] = defaultdict(list)
    lock, stop = threading.Lock(), time.perf_counter() + seconds

    def one(person: Person, manager: bool) -> None:
        time.sleep(person.random.random())
        while time.perf_counter() < stop:
            kind, taken, status = person.step(manager)
            with lock:
                told[kind].append((taken, status))
            time.sleep(person.random.uniform(0.5, 1.5))

    threads = [threading.Thread(target=one, args=each) for each in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def percentile(times: list[float], of: int) -> float:
    """The time within which `of` in a hundred were answered, in milliseconds."""
    return 1000 * (statistics.quantiles(times, n=100)[of - 1] if len(times) > 1 else times[0])


def who(authority: str, users: int) -> tuple[list[tuple[str, bool]], str]:
    """So many of the people who hold children, every tenth a manager; the same each time."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.config.settings")
    import django

    django.setup()
    from kith.access import selectors as access
    from kith.commands.authority import of
    from kith.core import clock, units

    one = of(authority)
    with units.of_work(one.id):
        roles = access.roles_held(clock.today())
        wanted = ("social_worker", "team_manager", "practice_supervisor")
        chosen = [
            (str(person), "social_worker" not in held)
            for person, held in roles.items()
            if any(role in wanted for role in held)
        ]
    managers, workers = ([one for one in chosen if one[1] is manages] for manages in (True, False))
    some = random.Random(1)
    tenth = min(users // 10, len(managers))
    seated = [*some.sample(managers, tenth), *some.sample(workers, min(users - tenth, len(workers)))]
    # A small council has fewer workers than that: then some of them sit at two desks.
    return [seated[number % len(seated)] for number in range(users)], chosen[0][0]


def main() -> None:
    """Measures and tells."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--authority", required=True)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args()
    people, first = who(asked.authority, asked.users)
    kith = Server("kith.config.wsgi:application", 8710, {"KITH_DEMONSTRATION": "1"})
    seats = seated(8710, people)
    work(seats[:4], 5)
    before = kith.cpu()
    start = time.perf_counter()
    told = work(seats, asked.seconds)
    lasted, used = time.perf_counter() - start, kith.cpu() - before
    kith.stop()
    requests = sum(map(len, told.values()))
    bare = Server("bench.pages.bare:application", 8711, {"KITH_BENCH_PERSON": first, "PYTHONPATH": str(ROOT)})
    one = Person(8711, "", 1)
    for _ in range(200):
        one.ask("GET", "/")
    before = bare.cpu()
    for _ in range(3000):
        one.ask("GET", "/")
    bare_cpu = (bare.cpu() - before) / 3000
    bare.stop()
    rows = {
        kind: {"requests": len(times), "p50": round(percentile([t for t, _ in times], 50)), "p95": round(percentile([t for t, _ in times], 95)),
               "p99": round(percentile([t for t, _ in times], 99)), "answers": sorted({status for _, status in times})}
        for kind, times in sorted(told.items())
    }  # fmt: skip
    wrong = sum(status >= 400 for times in told.values() for _, status in times)
    every = [t for times in told.values() for t, _ in times]
    json.dump(
        {
            "desks, people": [len(seats), len(set(people))], "requests a second": round(requests / lasted, 1), "p50": round(percentile(every, 50)), "p95": round(percentile(every, 95)),
            "p99": round(percentile(every, 99)), "CPU ms a request": round(1000 * used / requests, 1),
            "CPU ms of the bare page": round(1000 * bare_cpu, 2), "ratio": round(used / requests / bare_cpu, 1), "refused or failed": wrong, "pages": rows,
        },
        sys.stdout, indent=1,
    )  # fmt: skip


if __name__ == "__main__":
    main()
