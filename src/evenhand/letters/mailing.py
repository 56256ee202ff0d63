# SPDX-License-Identifier: Apache-2.0
"""Hands a letter over: to a mail server, or as an .eml file to a folder where no server is named.

By mail alone nothing is served (`calendar.service` of the rulebook), so what goes by mail can be a notification that says
no more than that there is something to read.
"""

import os
import smtplib
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from evenhand.record.files import durable


class NotSent(Exception):
    """A letter could not be handed over; it is kept and tried again."""


@dataclass(frozen=True)
class Dispatched:
    """Proof that it was handed over: how, and under which message id."""

    how: str
    message: str


def message(*, to: str, name: str, sender: str, subject: str, body: str, id: str, at: datetime) -> EmailMessage:
    """The letter as a mail. `NotSent` for an address that is none."""
    mail = EmailMessage(policy=SMTP)
    try:
        user, _, domain = to.rpartition("@")
        mail["To"] = Address(display_name=" ".join(name.split()), username=user, domain=domain)
        mail["From"] = sender
    except (ValueError, IndexError) as error:
        raise NotSent(f"“{to}” is no address that mail can be sent to ({error}).") from None
    mail["Subject"] = " ".join(subject.split())
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{id}@evenhand.invalid>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(body)
    return mail


def to_folder(folder: Path, mail: EmailMessage, *, id: str) -> Dispatched:
    """Writes the letter into a folder, whole or not at all; the same one twice is one file."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{id}.eml"
    if not path.exists():
        part = folder / f".{id}.part"
        try:
            durable.put(path, bytes(mail), part=part, sync=True)
            os.chmod(path, 0o600)
        except OSError as error:
            raise NotSent(f"Nothing can be written into {folder} ({error.strerror}).") from None
    return Dispatched("folder", id)


def to_server(
    mail: EmailMessage, *, host: str, port: int = 587, user: str = "", password: str = "", tls: bool = True
) -> Dispatched:
    """Hands the letter to a mail server. `NotSent` says what the server said."""
    try:
        with smtplib.SMTP(host, port, timeout=30) as server:
            if tls:
                server.starttls()
            if user:
                server.login(user, password)
            server.send_message(mail)
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(f"The mail server {host}:{port} did not take the letter ({error}).") from None
    return Dispatched("server", str(mail["Message-ID"]))
