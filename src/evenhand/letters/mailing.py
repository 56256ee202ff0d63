# SPDX-License-Identifier: Apache-2.0
"""Hands a letter over: to a mail server, or as an .eml file to a folder where no server is named.

By mail alone nothing is served (`calendar.service` of the rulebook), so what goes by mail can be a notification that says
no more than that there is something to read.
"""

import os
import re
import smtplib
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from evenhand.letters.writing import visible
from evenhand.record.files import durable

ONE = re.compile(r"""[^\s@"(),:;<>\[\\\]\x00-\x20\x7f-\x9f]{1,64}@[^\s@"(),:;<>\[\\\]\x00-\x20\x7f-\x9f]{1,255}""")
"""One address and nothing beside it: a comma would make two of it for the next mail server."""
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")


class NotSent(Exception):
    """A letter could not be handed over; it is kept and tried again."""


@dataclass(frozen=True)
class Dispatched:
    """Shows that it was handed over: how, under which message id, and at which instant (in UTC, to the second)."""

    how: str
    message: str
    at: datetime


def message(*, to: str, name: str, sender: str, subject: str, body: str, id: str, at: datetime) -> EmailMessage:
    """The letter as a mail. `NotSent` for an address that is none; no value can add a header or a recipient.

    `ValueError` for an `id` that is not letters, digits, hyphens and underlines: it becomes a file's name.
    """
    if not ID.fullmatch(id):
        raise ValueError(f"“{id}” cannot name a message.")
    mail = EmailMessage(policy=SMTP)
    mail["To"] = Address(display_name=_line(name), addr_spec=_address(to))
    try:
        mail["From"] = _line(sender)
    except (ValueError, IndexError) as error:
        raise NotSent(f"“{sender}” is no address that mail can be sent from ({error}).") from None
    mail["Subject"] = _line(subject)
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{id}@evenhand.invalid>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(visible(body) + "\n")
    return mail


def to_folder(folder: Path, mail: EmailMessage, *, id: str) -> Dispatched:
    """Writes the letter into a folder, whole or not at all; the same one twice is one file, the first, and its instant."""
    if not ID.fullmatch(id):
        raise ValueError(f"“{id}” cannot name a file.")
    path, part = folder / f"{id}.eml", folder / f".{id}.part"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists():
            before = BytesHeaderParser(policy=SMTP).parsebytes(path.read_bytes())
            return Dispatched("folder", id, _instant(before))
        durable.put(path, bytes(mail), part=part, sync=True, mode=0o600)
    except OSError as error:
        raise NotSent(f"Nothing can be written into {folder} ({error.strerror}).") from None
    return Dispatched("folder", id, _instant(mail))


def to_server(
    mail: EmailMessage, *, host: str, port: int = 587, user: str = "", password: str = "", tls: bool = True
) -> Dispatched:
    """Hands the letter to a mail server, whose certificate is checked. `NotSent` says what the server said."""
    try:
        with smtplib.SMTP(host, port, timeout=30) as server:
            if tls:
                server.starttls(context=ssl.create_default_context(cafile=os.environ.get("SSL_CERT_FILE")))
            if user:
                server.login(user, password)
            server.send_message(mail)
    except (OSError, ValueError, smtplib.SMTPException) as error:
        raise NotSent(f"The mail server {host}:{port} did not take the letter ({error}).") from None
    return Dispatched("server", str(mail["Message-ID"]), _instant(mail))


def _line(text: str) -> str:
    return visible(" ".join(text.split()))


def _address(to: str) -> str:
    """The address with its domain as mail servers write it. `NotSent` for anything that is not one address."""
    user, _, domain = to.rpartition("@")
    try:
        found = f"{user}@{domain.encode('idna').decode('ascii')}"
        if ONE.fullmatch(to) and found.isascii():
            Address(addr_spec=found)
            return found
        raise ValueError("it is not one address in plain letters")
    except (ValueError, IndexError, LookupError) as error:
        raise NotSent(f"“{to}” is no address that mail can be sent to ({error}).") from None


def _instant(mail: EmailMessage) -> datetime:
    at: datetime = mail["Date"].datetime
    return at.astimezone(UTC)
