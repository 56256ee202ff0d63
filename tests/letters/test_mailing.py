# SPDX-License-Identifier: Apache-2.0
"""A mail goes to whom it is for and to nobody else, whatever people call themselves; and it is handed over once."""

import smtplib
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.letters.mailing import Dispatched, NotSent, message, to_folder, to_server

AT = datetime(2026, 4, 14, 9, 30, 5, tzinfo=UTC)
HEADERS = ["To", "From", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Type", "Content-Transfer-Encoding",
           "MIME-Version"]  # fmt: skip


def a_mail(**more):
    """A mail to Ada."""
    about = {
        "to": "ada@harbour.example", "name": "Ada Wynd", "sender": "Harbour <office@harbour.example>",
        "subject": "There is something for you", "body": "Sign in to read it.", "id": "outbox-7", "at": AT,
    }  # fmt: skip
    return message(**{**about, **more})


def read(mail):
    """The mail as whoever receives it reads it."""
    return message_from_bytes(bytes(mail), policy=SMTP)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\x00"])
@pytest.mark.parametrize("where", ["name", "subject", "sender"])
def test_a_line_end_in_a_value_adds_no_header(where, end):
    """A copy of each letter would go to somebody who put his address into his name."""
    value = f"Ada{end}Bcc: spy@elsewhere.example{end}{end}Another text"
    try:
        mail = read(a_mail(**{where: value}))
    except NotSent:
        assert where == "sender"
        return
    assert sorted(HEADERS) == sorted(mail.keys())
    assert ["ada@harbour.example"] == [one.addr_spec for one in mail["To"].addresses]
    assert "Sign in to read it.\n" == mail.get_content().replace("\r\n", "\n")


@given(name=st.text(max_size=60), subject=st.text(max_size=60), body=st.text(max_size=200))
def test_whatever_is_written_there_is_one_recipient_and_no_header_more(name, subject, body):
    """For every name that somebody can have."""
    mail = read(a_mail(name=name, subject=f"S{subject}", body=body))
    assert set(HEADERS) == set(mail.keys())
    assert ["ada@harbour.example"] == [one.addr_spec for one in mail["To"].addresses]


@pytest.mark.parametrize(
    "to",
    ["", "ada", "@harbour.example", "ada@", "a b@harbour.example", "ada@harbour.example, spy@elsewhere.example",
     "ada@harbour.example\nBcc: spy@elsewhere.example", "ada@harbour.example\r\n", "<ada@harbour.example>",
     "a,spy@elsewhere.example", "ada@@harbour.example", "ada@harbour..example", "ä@harbour.example", "ada@x;y",
     "ada@" + "x" * 300, "\ud800@harbour.example", "ada@harbour.example\x00"],
)  # fmt: skip
def test_what_is_not_one_address_gets_no_mail(to):
    """Two addresses in one field would show the mail to somebody else; the sentence says what is wrong."""
    with pytest.raises(NotSent, match="no address that mail can be sent to"):
        a_mail(to=to)


def test_a_domain_in_other_letters_is_written_as_servers_write_it():
    """People have such addresses."""
    assert "ada@xn--hfen-loa.example" == read(a_mail(to="ada@häfen.example"))["To"].addresses[0].addr_spec


def test_the_same_letter_is_written_once(tmp_path):
    """A worker that was killed may run again; what lies there is what was sent, and when."""
    first = to_folder(tmp_path / "out", a_mail(), id="outbox-7")
    before = (tmp_path / "out/outbox-7.eml").read_bytes()
    again = to_folder(tmp_path / "out", a_mail(body="Another text.", at=AT + timedelta(hours=1)), id="outbox-7")
    assert ["outbox-7.eml"] == [path.name for path in (tmp_path / "out").iterdir()]
    assert before == (tmp_path / "out/outbox-7.eml").read_bytes()
    assert first == again == Dispatched("folder", "outbox-7", AT)
    assert 0o600 == (tmp_path / "out/outbox-7.eml").stat().st_mode & 0o777


@pytest.mark.parametrize("id", ["", "../x", "a/b", ".x", "a\nb", "a b", "x" * 101])
def test_a_letter_is_named_by_nothing_that_leads_elsewhere(tmp_path, id):
    """A file in another folder would be written over."""
    with pytest.raises(ValueError, match="cannot name"):
        to_folder(tmp_path, a_mail(), id=id)
    with pytest.raises(ValueError, match="cannot name"):
        a_mail(id=id)


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    """The letter stays due, and a sentence says why."""
    (tmp_path / "out").write_text("a file", "utf-8")
    with pytest.raises(NotSent, match="Nothing can be written"):
        to_folder(tmp_path / "out", a_mail(), id="outbox-7")


class Server:
    """A mail server that takes everything, and remembers it."""

    took: tuple[object, ...] = ()

    def __init__(self, host, port, timeout):
        Server.took = (host, port)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return None

    def starttls(self, *, context):
        """Only towards somebody whose certificate was checked."""
        Server.took += (context.check_hostname,)

    def login(self, user, password):
        """With what the settings say."""
        Server.took += (user, password)

    def send_message(self, mail):
        """One mail."""
        Server.took += (mail["Message-ID"],)


def test_a_server_is_checked_before_it_is_told_a_password(monkeypatch):
    """Whoever stands in between would read the mail and the password; and the instant stays with the proof."""
    monkeypatch.setattr(smtplib, "SMTP", Server)
    sent = to_server(a_mail(), host="mail.example", user="evenhand", password="invented")
    assert ("mail.example", 587, True, "evenhand", "invented", "<outbox-7@evenhand.invalid>") == Server.took
    assert Dispatched("server", "<outbox-7@evenhand.invalid>", AT) == sent


def test_a_server_that_is_not_there_is_told():
    """The letter is kept and tried again."""
    with pytest.raises(NotSent, match="did not take the letter"):
        to_server(a_mail(), host="127.0.0.1", port=9)
