# SPDX-License-Identifier: Apache-2.0
"""An invented log in memory, two histories of it where a test needs them, and a plain client that trusts nothing."""

import http.client
import json
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from evenhand.cosign.wire import Request
from evenhand.record import entries
from evenhand.record.checkpoints import Checkpoint
from evenhand.record.cosigning import Policy
from evenhand.record.files.log import Log
from evenhand.record.keys import COSIGNS, SIGNS, SigningKey
from evenhand.record.notes import Note
from evenhand.record.proofs import consistency
from evenhand.record.publication import Publication
from evenhand.record.tree import leaf_hash, root_of

ORIGIN = "harbour.example/log"


def a_key(name: str, *, type: int = SIGNS, seed: str = "") -> SigningKey:
    """A key that is the same each time."""
    return SigningKey.of_seed(name, sha256(f"{name} {seed}".encode()).digest(), type=type)


@dataclass
class History:
    """A log of leaves; `other` is where its entries begin to differ from those of the first version."""

    other: int | None = None
    key: SigningKey = field(default_factory=lambda: a_key(ORIGIN))

    def leaf(self, index: int) -> bytes:
        """The leaf hash of an entry."""
        version = "b" if self.other is not None and index >= self.other else "a"
        return leaf_hash(f"{version}{index}".encode())

    def node(self, level: int, index: int) -> bytes:
        """The root over a perfect subtree."""
        return root_of(map(self.leaf, range(index << level, (index + 1) << level)))

    def checkpoint(self, size: int) -> Checkpoint:
        """What the log says at a size."""
        return Checkpoint(self.key.name, size, root_of(map(self.leaf, range(size))))

    def note(self, size: int) -> Note:
        """That, signed."""
        return self.checkpoint(size).signed([self.key])

    def request(self, old: int, size: int) -> bytes:
        """An honest request from one size to another."""
        hashes = consistency(old, size, self.node) if 0 < old < size else ()
        return Request(old, hashes, self.note(size)).body()


class Told(NamedTuple):
    """What a server answered."""

    status: int
    body: bytes
    type: str

    @property
    def size(self) -> int:
        """The size in a 409."""
        assert self.type == "text/x.tlog.size"
        return int(self.body)


def asked(url: str, path: str = "/add-checkpoint", body: bytes | None = None, method: str = "POST") -> Told:
    """One exchange over a socket of its own, with nothing of our client in it."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    try:
        connection.request(method, path, body=body)
        answer = connection.getresponse()
        return Told(answer.status, answer.read(), answer.headers["Content-Type"])
    finally:
        connection.close()


def a_folder(place: Path, *, policy: Policy | None = None, schedule: Publication | None = None, more: int = 0) -> Log:
    """A log in a folder, open, with its genesis and as many further entries."""
    key = a_key(ORIGIN)
    cosigners = policy.as_data() if policy else None
    publication = schedule.as_data() if schedule else None
    genesis = entries.genesis(origin=ORIGIN, key=key.verifier.text, cosigners=cosigners, publication=publication)
    log = Log.new(place / "log", key, genesis)
    if more:
        grow(log, more)
    return log


def grow(log: Log, count: int, word: str = "entered") -> None:
    """So many entries more, published."""
    log.append([entries.plain({word: log.size + place}) for place in range(count)])
    log.settle()


def named(folder: Path, k: int, *of: tuple[str, str]) -> None:
    """The file that names (key, address) of each cosigner."""
    value = {"k": k, "of": [{"key": key, "url": url} for key, url in of]}
    folder.with_name(f"{folder.name}.cosigners").write_text(json.dumps(value), "utf-8")


def a_cosigner_key(name: str) -> SigningKey:
    """The key of an invented cosigner."""
    return a_key(name, type=COSIGNS)
