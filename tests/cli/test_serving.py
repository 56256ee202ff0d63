# SPDX-License-Identifier: Apache-2.0
"""The server as it is really started: in a process of its own, on a real port."""

import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

BASIS = "legitimate activities of a not-for-profit body"


def called(root, *words, **more):
    """`evenhand` in a process of its own."""
    environment = {name: value for name, value in os.environ.items() if name not in ("EVENHAND_DIR", "DATABASE_URL")}
    environment["PYTHONUNBUFFERED"] = "1"
    command = [sys.executable, "-m", "evenhand.cli.main", *map(str, words)]
    return subprocess.Popen(
        command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more
    )


@pytest.fixture
def address(root, tmp_path):
    """Where a new organisation answers."""
    made = called(
        root, "init", tmp_path / "o", "--name", "Harbour Federation", "--rules", "rulebooks/harbour.yaml", "--origin",
        "harbour.example/record", "--basis", BASIS,
    )  # fmt: skip
    said, _ = made.communicate(timeout=120)
    assert 0 == made.returncode, said
    server = called(root, "serve", "--dir", tmp_path / "o", "--port", "0")
    line = server.stdout.readline()
    try:
        yield re.search(r"http://127\.0\.0\.1:\d+/", line)[0]
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=60)


def test_it_answers_with_pages_and_their_style(address):
    """The first page, the rules for anybody, and what dresses them."""
    for path in ("", "public/", "portal/complain/", "static/tokens/tokens.css", "static/evenhand/evenhand.css"):
        with urllib.request.urlopen(address + path, timeout=30) as page:
            assert 200 == page.status
    with urllib.request.urlopen(address + "public/", timeout=30) as page:
        assert b"Rules of the Harbour Federation" in page.read()


def test_the_tour_is_of_an_invented_organisation_alone(address):
    """In a real one nobody can sign in by a link that was printed."""
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(address + "public/tour/", timeout=30)
