# SPDX-License-Identifier: Apache-2.0
"""Accounts of a real organisation: invited by the command, opened through the pages, shut again (H01, L07, D17)."""

import os
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.calling import calling
from tests.cli.an_organisation import OFFICES, initialised

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from evenhand.store.setup import set_up

set_up()

PASSWORD = "orchid lantern quay sixpence"


@pytest.fixture
def run(capsys, monkeypatch, root) -> Iterator[object]:
    """`run("accounts", "--dir", folder)`: what the command says."""
    monkeypatch.chdir(root)
    monkeypatch.setenv("EVENHAND_DIR", "")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield calling(capsys)
    from django.db import connection

    connection.close()


@pytest.fixture
def served(run, tmp_path):
    """`served(book)`: the folder of an organisation whose pages are answered."""
    from contextlib import ExitStack

    from django.core.cache import cache

    from evenhand.store.connecting import connect
    from evenhand.store.opened import forget_everything
    from evenhand.store.organisation import Organisation
    from evenhand.web import place

    with ExitStack() as stack:

        def make(book: str = "harbour") -> Path:
            folder = initialised(run, tmp_path, book)
            organisation = Organisation.open(folder)
            forget_everything()
            cache.clear()
            connect(organisation.database)
            stack.enter_context(place.serving(organisation))
            return folder

        yield make


def invited(run, folder: Path, who: str, *more: object) -> str:
    """Where the link leads."""
    said = run("invite", who, "--dir", folder, "--format", "json", *more)
    assert 0 == said.code, said.err
    return "/" + said.json["invited"][0]["link"].split("/", 3)[3]


def code_of(secret: str) -> str:
    """What an app would show now."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def come_in(browser, link: str, login: str) -> None:
    """Follows an invitation to a login and a password."""
    assert "/accounts/first/" == browser.post(link)["Location"]
    typed = {"login": login, "password1": PASSWORD, "password2": PASSWORD}
    assert "/accounts/second-factor/" == browser.post("/accounts/first/", typed)["Location"]


def set_a_factor_up(browser) -> None:
    """Goes through the pages that set an app up."""
    page = browser.get("/accounts/2fa/totp/activate/", follow=True).content.decode()
    if 'name="password"' in page:
        browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
        page = browser.get("/accounts/2fa/totp/activate/").content.decode()
    secret = page.split('<p class="mono">')[1].split("<")[0]
    assert 302 == browser.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)}).status_code


@pytest.mark.parametrize("book", sorted(OFFICES))
def test_an_officer_comes_from_the_csv_to_the_desk_with_a_second_factor(run, served, book):
    """L07, H01: a real organisation could not use what it installed, or one password would open the desk."""
    from django.test import Client

    folder, browser = served(book), Client()
    come_in(browser, invited(run, folder, "m001"), "officer@harbour.example")
    assert "/accounts/second-factor/?next=%2Fdesk%2F" == browser.get("/desk/")["Location"]
    set_a_factor_up(browser)
    page = browser.get("/desk/")
    assert (200, True) == (page.status_code, "Member 1" in page.content.decode())


def test_an_invitation_works_once_and_a_new_one_ends_it(run, served):
    """Whoever finds an old mail would open somebody's account."""
    from django.test import Client

    folder = served()
    first = invited(run, folder, "M001")
    second = invited(run, folder, "member.1@harbour.example")
    assert [410, 302, 410] == [Client().post(link).status_code for link in (first, second, second)]


def test_an_invitation_lasts_as_long_as_was_said(run, served):
    """A link without an end is a key under the mat."""
    from datetime import timedelta

    from django.test import Client

    from evenhand.web import clock

    link = invited(run, served(), "M001", "--for", "2")
    now = clock.now()
    with clock.standing_at(now + timedelta(days=3)):
        assert 410 == Client().get(link).status_code
    with clock.standing_at(now + timedelta(days=1)):
        assert 200 == Client().get(link).status_code


def test_everybody_of_an_office_is_invited(run, served):
    """D17: twelve people of a panel would be typed one by one, and one forgotten."""
    folder = served("quay_club")
    said = run("invite", "--office", "officers", "--dir", folder, "--format", "json").json["invited"]
    assert 3 == len({one["link"] for one in said})
    listed = run("accounts", "--dir", folder, "--format", "json").json["accounts"]
    expected = [(f"M00{n}", ["officers"], "invited", False) for n in (1, 2, 3)]
    assert expected == sorted((one["number"], one["offices"], one["state"], one["second_factor"]) for one in listed)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("Z9",), "Nobody in the register has the number or the address 'Z9'"),
        (("--office", "kings"), "it names: appeal_panel, assessor,"),
        (("--office", "council"), "Nobody holds the office 'council' today"),
        (("M001", "--office", "panel"), "Say whom: either"),
        ((), "Say whom: either"),
        (("M001", "--for", "99"), "A link lasts between 1 and 30 days; --for says 99"),
    ],
)
def test_who_cannot_be_invited_is_told_what_to_do(run, served, words, says):
    """A wrong word would end in a traceback, or in a link for somebody else."""
    said = run("invite", *words, "--dir", served())
    assert (2, True) == (said.code, says in said.err), said.err


def test_a_closed_account_ends_everywhere_and_stays_closed(run, served):
    """D17: whoever was expelled would read on in an open window, or come back by an old link."""
    from django.test import Client

    folder, browser = served(), Client()
    come_in(browser, invited(run, folder, "M001"), "officer")
    assert 200 == browser.get("/accounts/security/").status_code
    assert {"closed": "M001", "sessions": 1} == run(
        "accounts", "--close", "M001", "--dir", folder, "--format", "json"
    ).json
    assert 302 == browser.get("/accounts/security/").status_code
    refused = run("invite", "M001", "--dir", folder)
    assert (1, True) == (refused.code, "was closed" in refused.out)
    assert 302 == Client().post(invited(run, folder, "M001", "--anew")).status_code


def test_who_lost_phone_and_password_begins_anew(run, served):
    """An officer would be locked out for good, or the old phone would go on opening the desk."""
    from allauth.mfa.models import Authenticator
    from django.test import Client

    folder, browser = served(), Client()
    come_in(browser, invited(run, folder, "M001"), "officer")
    set_a_factor_up(browser)
    link = invited(run, folder, "M001", "--anew")
    assert (302, 0) == (browser.get("/accounts/security/").status_code, Authenticator.objects.count())
    come_in(Client(), link, "officer")


def test_the_list_says_who_has_a_second_factor(run, served):
    """H01: whoever runs the organisation could not see whose account a guessed password opens."""
    from django.test import Client

    folder, browser = served(), Client()
    come_in(browser, invited(run, folder, "M001"), "officer")
    set_a_factor_up(browser)
    invited(run, folder, "M002")
    listed = run("accounts", "--dir", folder, "--format", "json").json["accounts"]
    assert [("open", True, True), ("invited", False, False)] == [
        (one["state"], one["second_factor"], bool(one["seen"])) for one in listed
    ]
    said = run("accounts", "--dir", folder).out
    assert re.search(r"M001\s+open\s+\d{4}-\d\d-\d\d\s+yes\s+case_officer\s+Member 1", said)


def test_an_invitation_is_mailed_where_a_server_is_named(run, served):
    """Somebody would copy links by hand, and one would reach the wrong person."""
    folder, heard = served(), []
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        thread = threading.Thread(target=_take_one_mail, args=(server, heard))
        thread.start()
        with (folder / "evenhand.toml").open("a") as file:
            file.write(
                f'base = "https://complaints.harbour.example"\n[mail]\nhost = "127.0.0.1"\nport = {port}\ntls = false\n'
                'sender = "office@harbour.example"\n'
            )
        said = run("invite", "M001", "--dir", folder, "--format", "json").json["invited"][0]
        thread.join(10)
    assert said["mailed"], said["trouble"]
    assert "rcpt TO:<member.1@harbour.example>" in "".join(heard)
    assert said["link"].startswith("https://complaints.harbour.example/in/")
    assert said["link"] in "".join(heard).replace("=\r\n", "")


def test_a_mail_that_was_not_taken_is_told_and_the_link_is_still_there(run, served):
    """The link would be lost with the mail."""
    folder = served()
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with (folder / "evenhand.toml").open("a") as file:
        file.write(f'[mail]\nhost = "127.0.0.1"\nport = {port}\ntls = false\nsender = "office@harbour.example"\n')
    said = run("invite", "M001", "--dir", folder, "--format", "json")
    one = said.json["invited"][0]
    assert (1, True, False) == (said.code, "It was not mailed." in one["trouble"], one["mailed"])
    assert "/in/" in one["link"]


def _take_one_mail(server: socket.socket, heard: list[str]) -> None:
    """As much of a mail server as takes one mail."""
    session, _ = server.accept()
    with session, session.makefile("rwb") as lines:
        lines.write(b"220 mail\r\n")
        lines.flush()
        data = False
        for line in lines:
            heard.append(line.decode())
            if data:
                data = line != b".\r\n"
                answer = b"" if data else b"250 taken\r\n"
            else:
                data = line.upper().startswith(b"DATA")
                answer = {b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}.get(line.upper()[:4], b"250 ok\r\n")
            lines.write(answer)
            lines.flush()
            if line.upper().startswith(b"QUIT"):
                return


def test_the_doctor_finds_invitations_that_nobody_used(run, served):
    """L07: an office would stand there with a holder who never got in, and nobody would ask why."""
    folder = served()
    assert 0 == run("invite", "M001", "--dir", folder).code
    says = "invitations have expired"
    assert says not in run("doctor", "--dir", folder).out
    from evenhand.web.accounts.models import Link

    link = Link.objects.get(purpose="invite")
    link.expires = link.issued
    link.save()
    assert "1 invitations have expired, and whoever was invited never came." in re.sub(
        r"\s+", " ", run("doctor", "--dir", folder).out
    )
    assert 0 == run("invite", "M001", "--dir", folder).code
    assert says not in run("doctor", "--dir", folder).out
