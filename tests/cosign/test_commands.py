# SPDX-License-Identifier: Apache-2.0
"""`evenhand cosign add`, `ask` and `status`, as a person types them."""

import socket
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from evenhand.cli.cosign import add, status
from evenhand.cosign.memory import NAME, Memory
from evenhand.cosign.named import file_beside
from evenhand.record.cosigning import Policy
from tests.calling import Said, calling
from tests.cosign.a_log import ORIGIN, History, a_cosigner_key, a_folder, a_key
from tests.cosign.conftest import NOON, Cosigner

LOG = History()


@pytest.fixture
def cosign(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """`cosign("status")` runs `evenhand cosign status` in this process."""

    return calling(capsys, "cosign")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a log of 4 entries."""
    log = a_folder(tmp_path, more=3)
    log.close()
    return log.folder


@pytest.fixture
def at_ten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nine days and a bit after noon of the first of April."""
    for module in (add, status):
        monkeypatch.setattr(module, "clock", lambda: NOON + 9 * 86_400 + 60)


@pytest.mark.parametrize("how", ["key", "file", "folder"])
def test_a_log_is_added_by_key_file_or_folder(cosign: Callable[..., Said], folder: Path, tmp_path: Path, how: str):
    """Whoever has only one of them could not begin."""
    given = {"key": LOG.key.verifier.text, "file": folder / "vkey", "folder": folder}[how]
    said = cosign("add", given, "--dir", tmp_path / "c")
    assert (0, "") == (said.code, said.err)
    assert (LOG.key.verifier,) == Memory(tmp_path / "c" / NAME).keys(ORIGIN)
    assert "was cosigned already" in cosign("add", given, "--dir", tmp_path / "c").out


def test_a_second_key_of_one_log_is_told(cosign: Callable[..., Said], tmp_path: Path):
    """A key that somebody slipped in would not be noticed."""
    cosign("add", LOG.key.verifier.text, "--dir", tmp_path)
    said = cosign("add", a_key(ORIGIN, seed="new").verifier.text, "--dir", tmp_path)
    assert "It has 1 other key here." in said.out


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("nowhere", "neither a verifier key nor a file"),
        ("a+b+c", "damaged"),
        (a_cosigner_key("rival.example").verifier.text, "the key of a cosigner"),
        (a_key("a\u0308.example").verifier.text, "NFC"),
    ],
)
def test_what_is_no_log_is_a_sentence(cosign: Callable[..., Said], tmp_path: Path, given: str, says: str):
    """Something would be added that never signs anything."""
    said = cosign("add", given, "--dir", tmp_path)
    assert (2, 1) == (said.code, said.err.count("\n"))
    assert says in said.err


def test_cosigners_are_named_and_asked(cosign: Callable[..., Said], folder: Path, cosigner: Callable[..., Cosigner]):
    """From the first word to the quorum."""
    two = [cosigner("rival.example"), cosigner("ombudsman.example")]
    for each in two:
        said = cosign("add", folder, "--cosigner", each.key.verifier.text, "--at", each.url)
        assert 0 == said.code
    assert "2 of 2 are needed" in said.out
    before = cosign("status", folder, "--format", "json")
    assert (1, False, [None, None]) == (
        before.code,
        before.json["holds"],
        [each["cosigned"] for each in before.json["cosigners"]],
    )
    said = cosign("ask", folder)
    assert (0, True) == (said.code, f"2 of 2 cosigners have cosigned {ORIGIN} at 4 entries; 2 are needed." in said.out)
    after = cosign("status", folder, "--format", "json")
    assert (0, 2, 2, [NOON, NOON]) == (
        after.code, after.json["k"], after.json["n"], [each["cosigned"] for each in after.json["cosigners"]],
    )  # fmt: skip
    assert "rival.example" in cosign("status", folder).out


def test_too_few_is_exit_code_1_and_each_is_told(cosign: Callable[..., Said], folder: Path, one: Cosigner):
    """A script would publish what nobody has seen."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nowhere = f"http://127.0.0.1:{closed.getsockname()[1]}"
    cosign("add", folder, "--cosigner", one.key.verifier.text, "--at", one.url)
    cosign("add", folder, "--cosigner", a_cosigner_key("away.example").verifier.text, "--at", nowhere, "--needed", 2)
    said = cosign("ask", folder, "--format", "json")
    assert (1, False, [True, False]) == (
        said.code,
        said.json["holds"],
        [each["cosigned"] for each in said.json["asked"]],
    )
    assert 0 == cosign("add", folder, "--cosigner", one.key.verifier.text, "--at", one.url, "--needed", 1).code
    assert 0 == cosign("status", folder).code


def test_the_genesis_says_who_may_be_named(cosign: Callable[..., Said], tmp_path: Path):
    """Whoever keeps the log could name friends, or ask for fewer."""
    keys = [a_cosigner_key(name).verifier for name in ("rival.example", "ombudsman.example")]
    log = a_folder(tmp_path, policy=Policy(2, tuple(keys)))
    log.close()
    friend = a_cosigner_key("friend.example").verifier.text
    assert "is not among them" in cosign("add", log.folder, "--cosigner", friend, "--at", "http://a.example").err
    named = ("add", log.folder, "--cosigner", keys[0].text, "--at", "http://a.example")
    assert "2 are needed; leave --needed out" in cosign(*named, "--needed", 1).err
    assert "2 of 2 are needed" in cosign(*named).out
    assert "ombudsman.example" in cosign("status", log.folder).out


@pytest.mark.parametrize(
    "words",
    [
        ("--at", "http://a.example"),
        ("--cosigner", "KEY"),
        ("--needed", "1"),
        ("--cosigner", "KEY", "--at", "http://a.example", "--dir", "."),
        ("--cosigner", "KEY", "--at", "nowhere"),
        ("--cosigner", "KEY", "--at", "http://a.example", "--needed", "2"),
        ("--cosigner", "KEY", "--at", "http://a.example", "--needed", "0"),
        ("--cosigner", LOG.key.verifier.text, "--at", "http://a.example"),
    ],
)
def test_half_a_sentence_is_refused(cosign: Callable[..., Said], folder: Path, words: tuple[str, ...]):
    """A cosigner without an address would never be asked, and nobody would notice."""
    key = a_cosigner_key("rival.example").verifier.text
    said = cosign("add", folder, *(key if word == "KEY" else word for word in words))
    assert (2, 1, False) == (said.code, said.err.count("\n"), file_beside(folder).exists())


def test_the_status_of_a_cosigner_shows_a_frozen_log_and_a_fork(
    cosign: Callable[..., Said], one: Cosigner, at_ten: None
):
    """The keeper of a cosigner would be the last to know what it saw."""
    assert 0 == cosign("status", "--dir", one.folder).code
    one.asked(LOG.request(0, 7))
    one.now[0] += 9 * 86_400
    one.asked(LOG.request(7, 7))
    said = cosign("status", "--dir", one.folder)
    assert (0, True, True) == (said.code, "7 entries since 2026-04-01" in said.out, "(9 days ago)" in said.out)
    assert "last cosigned 2026-04-10 12:00:00Z (1 minute ago)" in said.out
    one.asked(History(other=2).request(7, 9))
    said = cosign("status", "--dir", one.folder, "--format", "json")
    (log,) = said.json["logs"]
    assert (1, 7, NOON, one.now[0]) == (said.code, log["size"], log["since"], log["cosigned"])
    assert [(9, 1)] == [(fork["size"], fork["times"]) for fork in log["forks"]]
    assert (one.folder / log["forks"][0]["file"]).is_file()
    assert "This log signed two histories" in cosign("status", "--dir", one.folder).out


def test_the_folder_comes_from_the_surroundings(
    cosign: Callable[..., Said], one: Cosigner, monkeypatch: pytest.MonkeyPatch
):
    """Every command on an organisation takes --dir, else EVENHAND_DIR, else the current folder."""
    monkeypatch.setenv("EVENHAND_DIR", str(one.folder))
    assert ORIGIN in cosign("status").out
    monkeypatch.delenv("EVENHAND_DIR")
    monkeypatch.chdir(one.folder)
    assert ORIGIN in cosign("status").out


def test_a_folder_without_cosigner_is_a_sentence(cosign: Callable[..., Said], tmp_path: Path):
    """An empty memory would be made where somebody only looked."""
    said = cosign("status", "--dir", tmp_path)
    assert (2, True, []) == (said.code, "There is no cosigner" in said.err, list(tmp_path.iterdir()))


def test_a_port_that_is_taken_is_a_sentence(cosign: Callable[..., Said], tmp_path: Path):
    """The reason would stand in a log that nobody keeps."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = cosign("serve", "--dir", tmp_path / "c", "--name", "rival.example", "--port", port)
    assert (2, 1) == (said.code, said.err.count("\n"))
    assert f"Nothing can listen on 127.0.0.1, port {port}" in said.err
    assert 0o600 == stat.S_IMODE((tmp_path / "c" / "cosigner.key").stat().st_mode)
