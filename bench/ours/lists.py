# SPDX-License-Identifier: Apache-2.0
"""FOLDER MATTERS ACTS RUNS: fills an invented federation and asks its server for lists; seconds of each, and of a null call.

The reader is whoever has the most seats. A null call is the page for robots: same server, same client, no database.
"""

import http.client
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from bench.crowd import multiply
from bench.measuring import ROOT
from evenhand.harbour.making import make
from evenhand.store import models

OWN = 40
"""Matters that are made by the real writer, and copied."""
CLIENTS, WARM = 8, 3
URLS = {
    "null": "/robots.txt",
    "due": "/desk/",
    "first": "/desk/matters/",
    "last": "/desk/matters/?page=999999",
    "middle": "/desk/matters/?page={middle}",
    "hundred": "/desk/matters/?size=100",
    "filtered": "/desk/matters/?state=open&stage=investigation",
    "sorted": "/desk/matters/?order=newest",
    "reference": "/desk/matters/?reference={code}",
    "party": "/desk/matters/?person=H0001",
    "clause": "/desk/matters/?clause=C1",
    "officer": "/desk/matters/?officer={name}",
    "days": "/desk/matters/?since=2025-01-01&until=2025-03-31",
}


def main(folder: Path, matters: int, acts: int, runs: int) -> None:
    """Prints what everything took, as JSON."""
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    rules = (ROOT / "rulebooks/harbour.yaml").read_text("utf-8")
    made = make(folder, rules, until=now, matters=OWN)
    begun = time.perf_counter()
    multiply(matters - models.Matter.objects.exclude(book="").count(), acts)
    filled = time.perf_counter() - begun
    person, seats = _reader(made.people.offices["case_officer"])
    sample = models.Part.objects.filter(person=person, status="sits").order_by("-due").first()
    blanks = {
        "middle": seats // 40,
        "code": sample.code.replace(" ", "%20") if sample else "",
        "name": made.people.names[person].split()[0],
    }
    token = _entrance(made.organisation, person, now)
    child = subprocess.Popen(
        [sys.executable, "-m", "bench.ours.serving_lists", str(folder)], stdout=subprocess.PIPE, cwd=ROOT
    )
    try:
        port = int(child.stdout.readline())  # type: ignore[union-attr]
        cookie = _sign_in(port, token)
        said = {}
        for name, url in URLS.items():
            before = _processor(child.pid)
            said[name] = _timed(port, cookie, url.format(**blanks), runs)
            said[name]["processor"] = (_processor(child.pid) - before) / (runs + WARM)
        with ThreadPoolExecutor(CLIENTS) as many:
            for name in ("null", "first"):
                took = list(many.map(lambda _, url=URLS[name]: _timed(port, cookie, url, runs), range(CLIENTS)))
                said[f"{name} of 8"] = {"p50": median(one["p50"] for one in took), "bytes": took[0]["bytes"]}
    finally:
        child.terminate()
        child.wait()
    print(json.dumps({"filled": filled, "seats": seats, "entries": models.Entry.objects.count(), "said": said}))


def _processor(pid: int) -> float:
    """Seconds of processor time that the server and its worker have used."""
    pids = [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    used = [Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split() for one in pids]
    return sum(int(one[11]) + int(one[12]) for one in used) / os.sysconf("SC_CLK_TCK")


def _reader(officers: list[str]) -> tuple[str, int]:
    counted = {one: models.Part.objects.filter(person=one, status="sits").count() for one in officers}
    person = max(counted, key=lambda one: counted[one])
    return person, counted[person]


def _entrance(organisation: object, person: str, now: datetime) -> str:
    from evenhand.web import place
    from evenhand.web.accounts import links
    from evenhand.web.accounts.models import Account

    place.enter(organisation)  # type: ignore[arg-type]
    account = Account.objects.filter(person=person).first() or Account.objects.open(
        handle=os.urandom(16).hex(), at=now, person=person
    )
    return links.issue(account, at=now, lifetime=timedelta(days=2), purpose="demo")


def _sign_in(port: int, token: str) -> str:
    asked = http.client.HTTPConnection("127.0.0.1", port)
    asked.request("GET", f"/in/{token}/")
    page = asked.getresponse()
    first = page.getheader("Set-Cookie", "").partition(";")[0]
    text = page.read().decode()
    csrf = text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    headers = {
        "Cookie": first,
        "Content-Type": "application/x-www-form-urlencoded",
        "Referer": f"http://127.0.0.1:{port}/",
    }
    asked.request("POST", f"/in/{token}/", f"csrfmiddlewaretoken={csrf}", headers)
    page = asked.getresponse()
    page.read()
    cookies = [value.partition(";")[0] for name, value in page.getheaders() if name == "Set-Cookie"]
    return "; ".join(cookies)


def _timed(port: int, cookie: str, url: str, runs: int) -> dict[str, float]:
    asked, took, size = http.client.HTTPConnection("127.0.0.1", port), [], 0
    headers = {} if url == URLS["null"] else {"Cookie": cookie}
    for run in range(runs + WARM):
        begun = time.perf_counter()
        asked.request("GET", url, headers=headers)
        page = asked.getresponse()
        size = len(page.read())
        if page.status != 200:
            raise SystemExit(f"{url}: {page.status}")
        if run >= WARM:
            took.append(time.perf_counter() - begun)
    took.sort()
    return {"p50": median(took), "p95": took[int(len(took) * 0.95)], "bytes": size}


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:5]))
