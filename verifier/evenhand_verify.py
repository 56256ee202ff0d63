#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: UP031, DTZ001
"""Checks a record kept with Evenhand, its receipts and its forks, with the standard library alone.

This file shares no code with Evenhand: it is written from the description of the format (docs/record-format.md), from
docs/rulebook.md, docs/kernel.md and the RFCs that they name. It opens no connection. Read it from the top:

    1  bytes, and the JSON that an entry may be       6  receipts and bundles
    2  Ed25519                                        7  forks
    3  the tree                                       8  the rulebook walker
    4  notes, keys, checkpoints, cosignatures         9  report and command line
    5  a log in a folder

`Wrong` is raised where something does not hold, `Unreadable` where nothing can be checked; both carry a sentence.
"""

from __future__ import annotations

import binascii
import hashlib
import json
import os
import re
import stat
import sys

sha256 = hashlib.sha256
REMEMBER = "An unaltered record does not mean that a decision was right, or that every complaint was entered."


class Wrong(Exception):
    """Something does not hold, or is not what the format asks for."""


class Unreadable(Exception):
    """What was given cannot be read, or the arguments are wrong: nothing can be said about the record."""


# --- 1. Bytes, and the profile evenhand-jcs-1 (record-format, 1) ------------------------------------------------------

ENTRY_LIMIT, DEPTH_LIMIT, INTEGER_LIMIT = 16_384, 32, 2**53 - 1
DISCLOSURE_LIMIT, EXTRA_LIMIT, RECEIPT_LIMIT, NOTE_LIMIT = 262_144, 6_291_456, 8 * 1024 * 1024, 65_536
FORK_LIMIT, NO_LIMIT = 262_145, 1 << 62


def base64_read(text: str) -> bytes:
    """The bytes of standard base64 with padding. What is not exactly their encoding is refused."""
    try:
        data = binascii.a2b_base64(text.encode("ascii"))
    except ValueError:
        raise Wrong("a text is not base64") from None
    if base64_text(data) != text:
        raise Wrong("a text is not base64 as it would be written")
    return data


def base64_text(data: bytes) -> str:
    """Standard base64 with padding."""
    return binascii.b2a_base64(data, newline=False).decode()


def base64url_read(text: str) -> bytes:
    """The bytes of base64url without padding, read as strictly."""
    if any(sign in text for sign in "+/="):
        raise Wrong("a text is not base64url")
    return base64_read(text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4))


def base64url_text(data: bytes) -> str:
    """Base64url without padding."""
    return base64_text(data).rstrip("=").replace("+", "-").replace("/", "_")


def decimal_read(text: str) -> int:
    """A number below 2^63 without a sign or a leading zero."""
    if not re.fullmatch("0|[1-9][0-9]{0,18}", text) or int(text) >= 2**63:
        raise Wrong("a number is not written as one")
    return int(text)


def hash_read(text: str) -> bytes:
    """A hash in base64; one that is not 32 bytes long is refused wherever it stands."""
    data = base64_read(text)
    if len(data) != 32:
        raise Wrong(f"a hash is {len(data)} bytes long and not 32")
    return data


def _deeper_than_allowed(data: bytes) -> bool:
    """Whether arrays and objects lie too deep in each other. Asked before the JSON reader, which would run into it."""
    if data.count(b"[") + data.count(b"{") <= DEPTH_LIMIT:
        return False
    depth = 0
    for found in re.finditer(rb'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[\]{}]', data, re.DOTALL):  # strings whole, closed or not
        sign = found.group()[:1]
        depth += 1 if sign in b"[{" else -1 if sign in b"]}" else 0
        if depth > DEPTH_LIMIT:
            return True
    return False


def _pairs(pairs: list) -> dict:
    """An object whose keys are ASCII, none of them twice."""
    whole = dict(pairs)
    if len(whole) != len(pairs):
        raise Wrong("a key stands twice in one object")
    if not all(key.isascii() for key in whole):
        raise Wrong("a key is not ASCII")
    return whole


def _integer(text: str) -> int:
    """An integer that every reader of JSON reads as the same number."""
    if len(text) > 17 or abs(int(text)) > INTEGER_LIMIT:
        raise Wrong("an integer is beyond 2^53 - 1")
    return int(text)


def _refuse_number(text: str) -> None:
    raise Wrong("a number is not an integer")


def _check_values(value: object) -> None:
    """No null anywhere; every string in normalisation form NFC and without a lone surrogate."""
    if value is None:
        raise Wrong("a value is null")
    if isinstance(value, str) and not value.isascii():
        import unicodedata

        if any("\ud800" <= sign <= "\udfff" for sign in value):
            raise Wrong("a text has half of a character (a lone surrogate)")
        if unicodedata.normalize("NFC", value) != value:
            raise Wrong("a text is not in normalisation form NFC")
    if isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            _check_values(part)


def profile_write(value: object) -> bytes:
    """RFC 8785. Keys are ASCII, so sorting them by character is sorting them by UTF-16 unit, as it asks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def profile_read(data: bytes, limit: int = ENTRY_LIMIT) -> object:
    """What these bytes say, if they are exactly the bytes that the profile has for it."""
    if len(data) > limit:
        raise Wrong(f"it is {len(data)} bytes long; the limit is {limit}")
    if _deeper_than_allowed(data):
        raise Wrong(f"it is nested deeper than {DEPTH_LIMIT} levels")
    try:
        value = json.loads(
            data.decode(),
            object_pairs_hook=_pairs,
            parse_int=_integer,
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
        )
    except ValueError:
        raise Wrong("it is not JSON in UTF-8") from None
    _check_values(value)
    if profile_write(value) != data:
        raise Wrong("it is not written as RFC 8785 writes it")
    return value


# --- 2. Ed25519: verification as RFC 8032 5.1.7 says, without cofactor ------------------------------------------------

P = 2**255 - 19  # the field
L = 2**252 + 27742317777372353535851937790883648493  # the order of the base point
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)

# The points of low order, each with either sign bit: the only keys about which verifiers disagree. No honest key is one.
_LOW_ORDER = (
    "00" * 32,
    "01" + "00" * 31,
    "ec" + "ff" * 30 + "7f",
    "ed" + "ff" * 30 + "7f",
    "ee" + "ff" * 30 + "7f",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
)
LOW_ORDER_KEYS = {
    bytes.fromhex(text)[:31] + bytes([bytes.fromhex(text)[31] | sign]) for text in _LOW_ORDER for sign in (0, 128)
}


def point_read(data: bytes) -> tuple:
    """The point of these 32 bytes, as (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z (RFC 8032 5.1.3)."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        raise Wrong("a public key is no point of the curve")
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P == -u % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if v * x * x % P != u or (x == 0 and sign):
        raise Wrong("a public key is no point of the curve")
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def point_add(p: tuple, q: tuple) -> tuple:
    """The sum of two points (RFC 8032 5.1.4)."""
    x1, y1, z1, t1 = p
    x2, y2, z2, t2 = q
    a, b = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    c, d = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def point_double(p: tuple) -> tuple:
    """Twice a point (RFC 8032 5.1.4)."""
    x, y, z, _ = p
    a, b = x * x % P, y * y % P
    h = a + b
    e = h - (x + y) * (x + y)
    g = a - b
    f = 2 * z * z + g
    return e * f % P, g * h % P, f * g % P, e * h % P


BASE = point_read(bytes.fromhex("58" + "66" * 31))


def ed25519_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether this is a signature: S is below L, and [S]B - [k]A has the encoding R, byte for byte."""
    if len(public) != 32 or len(signature) != 64:
        return False
    try:
        x, y, z, t = point_read(public)
    except Wrong:
        return False
    s = int.from_bytes(signature[32:], "little")
    if s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    minus_a = (P - x, y, z, P - t)
    both = point_add(BASE, minus_a)
    total = (0, 1, 1, 0)
    for bit in range(252, -1, -1):  # the bits of S and of k together, from the highest: double, then add
        total = point_double(total)
        of_s, of_k = s >> bit & 1, k >> bit & 1
        if of_s or of_k:
            total = point_add(total, both if of_s and of_k else BASE if of_s else minus_a)
    inverse = pow(total[2], P - 2, P)
    encoded = total[1] * inverse % P | (total[0] * inverse % P & 1) << 255
    return encoded.to_bytes(32, "little") == signature[:32]


# --- 3. The tree (RFC 6962; verified as RFC 9162 2.1.3.2 and 2.1.4.2 say) ---------------------------------------------

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """The leaf of an entry."""
    return sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The node over two."""
    return sha256(b"\1" + left + right).digest()


def inclusion_holds(index: int, size: int, leaf: bytes, path: list, root: bytes) -> bool:
    """Whether the list proves that the leaf stands at this index of the tree (RFC 9162 2.1.3.2)."""
    if not 0 <= index < size < 2**63 or len(path) > 63 or any(len(one) != 32 for one in [leaf, root, *path]):
        return False
    here, last, made = index, size - 1, leaf
    for other in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            made = node_hash(other, made)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            made = node_hash(made, other)
        here, last = here >> 1, last >> 1
    return last == 0 and made == root


def consistency_holds(old: int, new: int, old_root: bytes, new_root: bytes, path: list) -> bool:
    """Whether the list proves that the new tree begins with the old one (RFC 9162 2.1.4.2)."""
    if not 0 < old <= new < 2**63 or len(path) > 63 or any(len(one) != 32 for one in [old_root, new_root, *path]):
        return False
    if old == new:
        return not path and old_root == new_root
    if not path:
        return False
    if old & (old - 1) == 0:
        path = [old_root, *path]
    here, last = old - 1, new - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    made_old = made_new = path[0]
    for other in path[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            made_old, made_new = node_hash(other, made_old), node_hash(other, made_new)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            made_new = node_hash(made_new, other)
        here, last = here >> 1, last >> 1
    return last == 0 and made_old == old_root and made_new == new_root


def row_above(row: bytes) -> bytes:
    """The hashes of the level above: one for each pair; an odd last one has none yet."""
    return b"".join([sha256(b"\1" + row[at : at + 64]).digest() for at in range(0, len(row) - 63, 64)])


def consistency_list(old: int, new: int, hash_of: object) -> list:
    """The list for a consistency proof (RFC 6962 2.1.2); `hash_of(first, end)` is the hash over a range of leaves."""

    def part(size: int, first: int, end: int, is_root: bool) -> list:
        if size == end - first:
            return [] if is_root else [hash_of(first, end)]
        middle = first + (1 << (end - first - 1).bit_length() - 1)
        if size <= middle - first:
            return [*part(size, first, middle, is_root), hash_of(middle, end)]
        return [*part(size - (middle - first), middle, end, False), hash_of(first, middle)]

    return part(old, 0, new, True)


# --- 4. Keys, notes, checkpoints, cosignatures, policies (record-format, 5) -------------------------------------------

SIGNS, COSIGNS = 1, 4


def is_name(name: str) -> bool:
    """Whether this can be the name of a key."""
    bad = re.search("[+\x00-\x1f\x7f-\x9f\ud800-\udfff]", name)
    return 1 <= len(name) <= 256 and bad is None and not any(sign.isspace() for sign in name)


class Key:
    """A verifier key, `NAME+ID+BASE64`."""

    def __init__(self, text: str) -> None:
        found = re.fullmatch(r"([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)", text)
        if not found or len(text) > 1_024 or not is_name(found.group(1)):
            raise Wrong("a verifier key is written NAME+ID+BASE64, as in example.org/log+33d7b496+AeHT...")
        data = base64_read(found.group(3))
        self.text, self.name, self.id = text, found.group(1), bytes.fromhex(found.group(2))
        self.type, self.public = data[0], data[1:]
        if self.type not in (SIGNS, COSIGNS) or len(self.public) != 32:
            raise Wrong(f"the key of {self.name} is neither an Ed25519 key that signs nor one that cosigns")
        if sha256(self.name.encode() + b"\n" + data).digest()[:4] != self.id:
            raise Wrong(f"the ID in the key of {self.name} is not the ID of that key")
        if self.public in LOW_ORDER_KEYS:
            raise Wrong(f"the key of {self.name} is one of the 14 with which anything can be signed")


class Note:
    """A text and the lines that sign it."""

    def __init__(self, data: bytes) -> None:
        try:
            whole = data.decode()
        except ValueError:
            raise Wrong("the note is not UTF-8") from None
        if len(data) > NOTE_LIMIT or re.search("[\x00-\x09\x0b-\x1f]", whole):
            raise Wrong("the note is too long, or has control characters")
        cut = whole.rfind("\n\n")
        if cut < 0 or not whole.endswith("\n"):
            raise Wrong("the note does not have a text, an empty line and signatures, each line with its end")
        self.data, self.text, lines = data, whole[: cut + 1], whole[cut + 2 : -1].split("\n")
        if len(lines) > 100:
            raise Wrong("the note has more than 100 signatures")
        self.signatures = []
        for line in lines:
            parts = line.split(" ")
            if len(parts) != 3 or parts[0] != "\u2014" or not is_name(parts[1]):
                raise Wrong("a signature line of the note is not written as one")
            signature = base64_read(parts[2])
            if len(signature) < 5:
                raise Wrong("a signature of the note is too short")
            self.signatures.append((parts[1], signature[:4], signature[4:]))

    def signed_by(self, keys: list) -> list:
        """Which of these keys have signed. One known signature that is false spoils the note."""
        known = {(key.name, key.id): key for key in keys}
        found: list = []
        for name, key_id, signature in self.signatures:
            key = known.get((name, key_id))
            if key is None:
                continue
            if key in found:
                raise Wrong(f"{name} has signed twice with the same key")
            message = self.text.encode()
            if key.type == COSIGNS:
                seconds, signature = int.from_bytes(signature[:8], "big"), signature[8:]
                if seconds >= 2**63:
                    raise Wrong(f"the cosignature of {name} is dated beyond all time")
                message = b"cosignature/v1\ntime %d\n" % seconds + message
            if not ed25519_verify(key.public, message, signature):
                raise Wrong(f"the signature of {name} is not the signature of this text")
            found.append(key)
        return found


class Checkpoint:
    """Origin, size and root of a log, in a signed note."""

    def __init__(self, data: bytes) -> None:
        self.note = Note(data)
        lines = self.note.text.split("\n")
        if len(lines) != 4 or not is_name(lines[0]):
            raise Wrong("the checkpoint is not three lines: origin, size, root")
        self.origin, self.size, self.root = lines[0], decimal_read(lines[1]), hash_read(lines[2])

    def signers(self, trusted: list, policy: Policy | None = None) -> list:
        """The trusted keys of the log and the cosigners that have signed; refused where no key of the log has."""
        keys = [key for key in trusted if key.name == self.origin]
        if not keys:
            raise Wrong(f"none of the keys you trust is one of {self.origin}: it cannot be checked who signed")
        signed = self.note.signed_by(keys + (policy.keys if policy else []))
        if not any(key in keys for key in signed):
            raise Wrong(f"no key of {self.origin} that you trust has signed the checkpoint")
        return signed


class Policy:
    """How many of which cosigners must have signed."""

    def __init__(self, value: object) -> None:
        if not isinstance(value, dict) or set(value) != {"k", "of"} or not isinstance(value["of"], list):
            raise Wrong('a policy is written {"k": 2, "of": ["<verifier key>", ...]}')
        self.k, self.keys = value["k"], [Key(text) for text in value["of"] if isinstance(text, str)]
        if type(self.k) is not int or not 1 <= self.k <= len(self.keys) or len(self.keys) != len(value["of"]):
            raise Wrong("a policy asks for at least one of its cosigners, and for no more than it has")
        if any(key.type != COSIGNS for key in self.keys) or len({key.public for key in self.keys}) != len(self.keys):
            raise Wrong("a policy names keys that cosign (type 0x04), none of them twice")

    def count(self, signed: list) -> int:
        """How many of its cosigners are among those who signed."""
        return sum(key in self.keys for key in signed)


# --- 5. A log in a folder (record-format, 2, 3, 6, 7) -----------------------------------------------------------------


def file_read(path: str, limit: int) -> bytes | None:
    """The bytes of a file, or None where there is none. A pipe would wait for ever, and a device would never end."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}. Look at its permissions, and try again.") from None
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise Wrong(f"{path} is not a plain file")
        with open(handle, "rb", closefd=False) as file:
            data = file.read(min(limit, about.st_size) + 1)
    finally:
        os.close(handle)
    if len(data) > limit:
        raise Wrong(f"{path} is longer than {limit} bytes")
    return data


def tile_name(kind: object, number: int, width: int = 256) -> str:
    """The path of a tile (`kind` is its level) or of a bundle (`kind` is "entries") as tlog-tiles names it."""
    digits = str(number).zfill((len(str(number)) + 2) // 3 * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    path = "/".join(["tile", str(kind), *("x" + group for group in groups[:-1]), groups[-1]])
    return path if width == 256 else f"{path}.p/{width}"


def bundle_read(data: bytes, width: int) -> list:
    """The first entries of a bundle, each after its length in two bytes."""
    entries, at = [], 0
    for _ in range(width):
        if at + 2 > len(data):
            raise Wrong("it ends too early")
        end = at + 2 + (data[at] << 8 | data[at + 1])
        entries.append(data[at + 2 : end])
        at = end
    if at > len(data):
        raise Wrong("it ends too early")
    return entries


class Log:
    """A folder with a checkpoint and tiles."""

    def __init__(self, folder: str, report: Report) -> None:
        self.folder, self.report = folder, report
        self.trusted: list = []
        self.policy: Policy | None = None
        self.signed, self.sound = False, True  # whether it is signed, and whether its tiles make its root
        self.where = os.path.join(folder, "checkpoint")
        self.checkpoint = Checkpoint(file_read(self.where, NOTE_LIMIT) or b"")
        self.origin, self.size, self.root = self.checkpoint.origin, self.checkpoint.size, self.checkpoint.root

    def path(self, name: str) -> str:
        """Where a file of the log lies."""
        return os.path.join(self.folder, *name.split("/"))

    def found(self, name: str, says: str, entry: int | None = None, rule: str | None = None) -> None:
        """Report what does not hold."""
        self.sound = self.sound and (not name.startswith("tile") or ":" in name)
        self.report.found(self.path(name), says, entry, rule)

    # Tiles and bundles: every byte that lies under tile/ is looked at.

    def inventory(self) -> dict:
        """Which widths of which tile lie there: {(kind, number): {width, ...}}. Anything else there is a finding."""
        there: dict = {}
        top = self.path("tile")
        for folder, folders, names in os.walk(top, onerror=self._cannot_list):
            folders.sort()
            for name in [one for one in folders if os.path.islink(os.path.join(folder, one))] + names:
                inside = os.path.relpath(os.path.join(folder, name), top).replace(os.sep, "/")
                found = re.fullmatch(r"(entries|[0-9]{1,2})/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([0-9]{1,3}))?", inside)
                kind, number, width = found.groups() if found else ("", "0", "0")
                kind = int(kind) if kind.isdigit() else kind
                number, width = int(number.replace("x", "").replace("/", "")), int(width or 256)
                fits = found and 0 < width <= 256 and (kind == "entries" or kind < 8)
                if not fits or tile_name(kind, number, width) != "tile/" + inside:
                    self.found("tile/" + inside, "This is neither a tile nor a bundle: somebody put it there.")
                    continue
                there.setdefault((kind, number), set()).add(width)
        return there

    def _cannot_list(self, error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            raise Unreadable(f"{error.filename} cannot be listed: {error.strerror}. Look at its permissions.") from None

    def _tile_read(self, kind: object, name: str) -> bytes | None:
        try:
            return file_read(self.path(name), 256 * 65_537 if kind == "entries" else 8_192)
        except Wrong as wrong:
            self.found(name, f"This cannot be a file of its kind: {wrong}.")
            return None

    def _check_whole(self, kind: object, name: str, data: bytes, width: int) -> None:
        """A file that reaches beyond the checkpoint must still hold as much as its name says, and nothing else."""
        self.report.leave(self.path(name), "it reaches beyond the checkpoint, and only its first part was checked")
        try:
            length = 2 * width + sum(map(len, bundle_read(data, width))) if kind == "entries" else 32 * width
        except Wrong:
            length = -1
        if length != len(data):
            self.found(name, "This file does not hold as much as its name says: it was cut, or something was added.")

    def _load(self, kind: object, number: int, width: int, widths: set) -> tuple:
        """The bytes of the narrowest file that holds so many, and its name."""
        wide = min((other for other in widths if other >= width), default=None)
        if wide is None:
            self.found(tile_name(kind, number, width), "This file is missing: a part of the log is withheld or lost.")
            return None, ""
        name = tile_name(kind, number, wide)
        data = self._tile_read(kind, name)
        if wide > width and data is not None:
            self._check_whole(kind, name, data, wide)
        return data, name

    def _others(self, kind: object, number: int, widths: set, taken: str, starts: object) -> None:
        """Older partial tiles (and wider ones) must begin as the one that was checked; `starts(width)` are its bytes."""
        for width in sorted(widths):
            name = tile_name(kind, number, width)
            if name == taken:
                continue
            data = self._tile_read(kind, name)
            expected, whole = starts(width)
            if data is None or (data != expected if whole else data[: len(expected)] != expected):
                self.found(name, "This file does not agree with the log: it was altered, or shows an older history.")
            elif not whole:
                self._check_whole(kind, name, data, width)

    def check_tiles(self, look: object = None) -> None:
        """Hash every entry, every leaf and every node, and compare each with the tiles and the root.

        `look(first, entries)` is shown every bundle on the way, so that the log is read only once.
        """
        there = self.inventory()
        beyond = set(there)
        rows: list = [bytearray()]  # of each tile level the hashes of the tile that is not full yet
        for number in range((self.size + 255) // 256):
            width = min(256, self.size - 256 * number)
            beyond -= {("entries", number), (0, number)}
            leaves = self._check_bundle(number, width, there, look)
            if leaves is None:
                self.found("tile", f"From entry {256 * number} on nothing can be checked.", 256 * number)
                return
            self._push(rows, 0, number, leaves, there, beyond)
        for level, row in enumerate(rows):
            number = (self.size >> 8 * level) // 256
            if row and level:
                beyond.discard((level, number))
                self._check_tile(level, number, bytes(row), there)
        root = self._root_of_rows(rows)
        if root != self.root:
            self.sound = False
            self.report.found(
                self.where,
                f"The root over the {self.size} entries is {base64_text(root)}, and the checkpoint says "
                f"{base64_text(self.root)}: entries were changed, added, left out or put in another order.",
            )
        for kind, number in sorted(beyond, key=str):
            self._others(kind, number, there[kind, number], "", lambda width: (b"", False))

    def _check_bundle(self, number: int, width: int, there: dict, look: object) -> bytes | None:
        """The leaf hashes of one bundle, compared with its tile."""
        first, at_entries, at_tile = 256 * number, there.get(("entries", number), set()), there.get((0, number), set())
        data, name = self._load("entries", number, width, at_entries)
        tile, tile_file = self._load(0, number, width, at_tile)
        entries = None
        if data is not None:
            try:
                entries = bundle_read(data, width)
            except Wrong as wrong:
                self.found(name, f"This bundle cannot be read: {wrong}. It was cut or altered.", first)
        if entries is None:
            return tile[: 32 * width] if tile is not None and len(tile) >= 32 * width else None
        length = 2 * width + sum(map(len, entries))
        if name == tile_name("entries", number, width) and length != len(data):
            self.found(name, "This bundle holds more than its entries: something was added.", first)
        leaves = b"".join([sha256(b"\0" + entry).digest() for entry in entries])
        if tile is not None and tile[: 32 * width] != leaves:
            culprit = next((n for n in range(width) if tile[32 * n : 32 * n + 32] != leaves[32 * n : 32 * n + 32]), 0)
            says = (
                f"Entry {first + culprit} is not the one whose leaf stands in {tile_file}: one of the two was altered."
            )
            self.found(name, says, first + culprit)
        if tile is not None and tile_file == tile_name(0, number, width) and len(tile) != 32 * width:
            self.found(tile_file, f"This tile is {len(tile)} bytes long, and {width} hashes are {32 * width}.", first)
        if len(at_entries) > 1:

            def bytes_of(w: int) -> tuple:
                return data[: 2 * min(w, width) + sum(map(len, entries[:w]))], w <= width

            self._others("entries", number, at_entries, name, bytes_of)
        if len(at_tile) > 1:
            self._others(0, number, at_tile, tile_file, lambda w: (leaves[: 32 * w], w <= width))
        if look is not None:
            look(first, entries)
        return leaves

    def _push(self, rows: list, level: int, number: int, hashes: bytes, there: dict, beyond: set) -> None:
        """Take the hashes of one tile; a full one gives one hash to the level above, whose tile may now be full."""
        if len(hashes) < 8192:
            rows[level][:] = hashes
            return
        while len(hashes) > 32:
            hashes = row_above(hashes)
        rows[level][:] = b""
        if len(rows) == level + 1:
            rows.append(bytearray())
        rows[level + 1] += hashes
        if len(rows[level + 1]) == 8192:
            above = number // 256
            beyond.discard((level + 1, above))
            self._check_tile(level + 1, above, bytes(rows[level + 1]), there)
            self._push(rows, level + 1, above, bytes(rows[level + 1]), there, beyond)

    def _check_tile(self, level: int, number: int, hashes: bytes, there: dict) -> None:
        """Compare a tile above the leaves with the hashes made from the tiles below."""
        width = len(hashes) // 32
        widths = there.get((level, number), set())
        tile, name = self._load(level, number, width, widths)
        if tile is None:
            return
        if (tile if name == tile_name(level, number, width) else tile[: len(hashes)]) != hashes:
            self.found(name, "A node of this tile is not the hash of what lies below it: it was altered.")
        self._others(level, number, widths, name, lambda w: (hashes[: 32 * w], w <= width))

    def _root_of_rows(self, rows: list) -> bytes:
        """The root: what is left on each level, from the lowest up, is folded from the right."""
        right = None
        for row in rows:
            while row:
                if len(row) // 32 % 2:
                    right = bytes(row[-32:]) if right is None else node_hash(row[-32:], right)
                row = row_above(row)
        return EMPTY_ROOT if right is None else right

    def _width_of(self, kind: object, number: int, width: int) -> int:
        """The width of the narrowest file that holds so many."""
        folder = self.path(tile_name(kind, number)) + ".p"
        names = os.listdir(folder) if width < 256 and os.path.isdir(folder) else []
        return min((int(name) for name in names if name.isdigit() and int(name) >= width), default=256)

    def hash_of(self, first: int, end: int) -> bytes:
        """The hash over a range of leaves, from the tiles."""
        size = end - first
        if size & (size - 1) or first % size:
            middle = first + (1 << (size - 1).bit_length() - 1)
            return node_hash(self.hash_of(first, middle), self.hash_of(middle, end))
        level = (size.bit_length() - 1) // 8  # the tile level just below
        start, count = first >> 8 * level, size >> 8 * level
        number, offset = divmod(start, 256)
        width = min(256, (self.size >> 8 * level) - 256 * number)
        wide = self._width_of(level, number, width)
        tile = file_read(self.path(tile_name(level, number, wide)), 8_192)
        if tile is None or len(tile) < 32 * (offset + count):
            raise Wrong(f"{self.path(tile_name(level, number, wide))} is missing or too short")
        row = tile[32 * offset : 32 * (offset + count)]
        while len(row) > 32:
            row = row_above(row)
        return row

    def root_at(self, size: int) -> bytes:
        """The root of the first entries, as many as `size`."""
        return self.hash_of(0, size) if size else EMPTY_ROOT

    def bundles(self) -> object:
        """Every bundle once more: (number of its first entry, its entries)."""
        for number in range((self.size + 255) // 256):
            width = min(256, self.size - 256 * number)
            wide = self._width_of("entries", number, width)
            try:
                data = file_read(self.path(tile_name("entries", number, wide)), 256 * 65_537)
                yield 256 * number, bundle_read(data or b"", width)
            except Wrong:
                continue  # reported when it was first read


# What the format knows in the folder of a log, an export or a public copy.
KNOWN = {"checkpoint", "vkey", "tile", "rotated", "published", "journal", "rulebooks", "disclosures.jsonl", ".part"}
DIGEST = b"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]"  # 32 bytes in base64url: the last sign carries four bits only
SEALED = rb'\{"_sd":\["(%s(?:","%s)*)"\],"book":"sha256:([0-9a-f]{64})","id":"([0-9a-f]{32})","v":1\}' % (
    DIGEST,
    DIGEST,
)
PUBLICATION_KEYS = {"every", "from", "multiple"}


class Entries:
    """What the entries of a log say, looked at one after the other."""

    def __init__(self, log: Log, walker: Walker) -> None:
        from array import array

        self.log, self.walker = log, walker
        self.sealed = re.compile(SEALED)
        self.genesis: dict | None = None
        self.foreign = log.size == 0
        self.kinds = {"genesis": 0, "sealed": 0, "key.rotated": 0, "plain": 0}
        self.books: dict = {}
        self.rotations: list = []
        self.ids = [array("Q") for _ in range(256)]  # by first byte, the eight after it: small, whatever the size
        self.opened = 0
        self.erased: dict = {}
        self.refs: dict = {}
        self.lines = self._disclosure_lines()
        self.next_line = next(self.lines, None)

    def wrong(self, entry: int, says: str) -> None:
        """Report that an entry does not hold."""
        self.log.found(f"tile/entries: entry {entry}", says, entry)

    def see(self, first: int, entries: list) -> None:
        """Look at the entries of one bundle."""
        if first == 0:
            self._begin(entries[0])
        if self.foreign:
            return
        for index, entry in enumerate(entries, first):
            found = self.sealed.fullmatch(entry)
            if found is None:
                self._see_in_clear(index, entry)
            else:
                self._see_sealed(index, entry, found)
            while self.next_line is not None and self.next_line[0] <= index:
                self._open(index, found)

    def _begin(self, entry: bytes) -> None:
        """Entry 0 of a log of ours is its genesis; a log that begins otherwise is somebody else's."""
        try:
            value = profile_read(entry)
        except Wrong:
            value = None
        ours = isinstance(value, dict) and value.get("type") == "genesis" and type(value.get("v")) is int
        self.foreign = not (ours and value["v"] == 1)

    def _see_sealed(self, index: int, entry: bytes, found: object) -> None:
        """An entry of the sealed shape. The pattern leaves one way to write it, so it is in the profile as well."""
        self.kinds["sealed"] += 1
        digests = found.group(1).split(b'","')
        if len(digests) % 16 or len(digests) > 320:
            self.wrong(index, f"It has {len(digests)} digests: a multiple of 16 is asked for, and at most 320.")
        if len(set(digests)) != len(digests):
            self.wrong(index, "A digest stands twice in it.")
        if len(entry) > ENTRY_LIMIT:
            self.wrong(index, f"It is {len(entry)} bytes long; the limit is {ENTRY_LIMIT}.")
        book, number = found.group(2), found.group(3)
        self.books[book] = self.books.get(book, 0) + 1
        self.ids[int(number[:2], 16)].append(int(number[2:18], 16))

    def _see_in_clear(self, index: int, entry: bytes) -> None:
        """An entry about the log itself, or a plain one."""
        try:
            value = profile_read(entry)
            if not isinstance(value, dict):
                raise Wrong("it is not a JSON object")
            kind = value.get("type") if value.get("v") == 1 and type(value.get("v")) is int else None
            kind = kind if kind in ("genesis", "key.rotated") else "plain"
            self.kinds[kind] += 1
            if "_sd" in value or str(value.get("book")).startswith("sha256:"):
                raise Wrong("it has _sd or a rulebook as sealed entries have, and is not written as these are")
            if (kind == "genesis") != (index == 0):
                raise Wrong("the genesis is entry 0, and nothing else")
            if kind == "genesis":
                self._check_genesis(value)
            if kind == "key.rotated":
                if set(value) != {"key", "replaces", "type", "v"}:
                    raise Wrong("key.rotated has the keys key, replaces, type, v and no other")
                self.rotations.append((index, Key(value["replaces"]), Key(value["key"])))
        except (Wrong, TypeError, AttributeError) as wrong:
            self.wrong(index, f"This entry is not as the format asks: {wrong}. The log should never have taken it.")

    def _check_genesis(self, value: dict) -> None:
        """The keys of the genesis, each as section 2 says."""
        optional = {"charter", "rulebook", "cosigners", "publication", "after"}
        needed = {"v", "type", "profile", "origin", "key"}
        if not needed <= set(value) <= needed | optional or value["profile"] != "evenhand-jcs-1":
            raise Wrong("the genesis lacks a key, has one too many, or names another profile")
        if value["origin"] != self.log.origin:
            raise Wrong(f"the genesis is that of {value['origin']}, and the checkpoint that of {self.log.origin}")
        key = Key(value["key"])
        if key.type != SIGNS or key.name != self.log.origin:
            raise Wrong("the key in the genesis is not a signing key of this origin")
        if not isinstance(value.get("charter", ""), str):
            raise Wrong("the charter is not a text")
        if "rulebook" in value:
            if not re.fullmatch("sha256:[0-9a-f]{64}", value["rulebook"]):
                raise Wrong("the rulebook is not named by its SHA-256")
            self.books.setdefault(value["rulebook"][7:].encode(), 0)
        if "cosigners" in value:
            Policy(value["cosigners"])
        if "publication" in value:
            plan = value["publication"]
            if not isinstance(plan, dict) or set(plan) != PUBLICATION_KEYS or not is_instant(plan["from"]):
                raise Wrong("the publication in the genesis is not {every, from, multiple}")
            if any(type(plan[name]) is not int or plan[name] < 1 for name in ("every", "multiple")):
                raise Wrong("the publication in the genesis has a number below 1")
            if plan["every"] > 1_000_000_000:
                raise Wrong("the publication in the genesis waits longer than 1,000,000,000 seconds")
        if "after" in value:
            if not isinstance(value["after"], dict) or set(value["after"]) != {"checkpoint"}:
                raise Wrong('what a log takes up is written {"checkpoint": "<note>"}')
            Checkpoint(value["after"]["checkpoint"].encode())
        self.genesis = value

    # What is opened of the entries: disclosures.jsonl, read along with them.

    def _disclosure_lines(self, silent: bool = False) -> object:
        """Each line as (index, disclosures, number of the line); one that is not in order is reported."""
        name, last = "disclosures.jsonl", -1
        path = self.log.path(name)
        if not os.path.isfile(path):
            if os.path.lexists(path) and not silent:
                self.log.found(name, "This is not a plain file: nothing was opened from it.")
            return
        with open(path, "rb") as file:
            for number, line in enumerate(iter(lambda: file.readline(EXTRA_LIMIT + 1), b""), 1):
                try:
                    if not line.endswith(b"\n"):
                        raise Wrong("the line does not end, or is too long")
                    value = profile_read(line[:-1], EXTRA_LIMIT)
                    if not isinstance(value, dict) or set(value) != {"disclosures", "index"}:
                        raise Wrong('it is not {"disclosures": [...], "index": ...}')
                    if type(value["index"]) is not int or value["index"] <= last or value["index"] >= self.log.size:
                        raise Wrong("its index does not rise, or is beyond the log")
                    if not isinstance(value["disclosures"], list) or not value["disclosures"]:
                        raise Wrong("it opens nothing")
                except Wrong as wrong:
                    says = f"Line {number} is not as the format asks: {wrong}. What it opens was not looked at."
                    if not silent:
                        self.log.found(name, says)
                    continue
                last = value["index"]
                yield last, value["disclosures"], number

    def _open(self, index: int, found: object) -> None:
        """Look at what is opened of one entry, and hand it to the walker."""
        line_index, disclosures, number = self.next_line
        self.next_line = next(self.lines, None)
        if line_index < index:
            return  # its entry is missing, which was reported
        try:
            digests = set(found.group(1).decode().split('","')) if found else set()
            opened = open_disclosures(disclosures, digests)
        except Wrong as wrong:
            says = f"Line {number}, for entry {index}: {wrong}. This is not what was entered, or it was never entered."
            self.log.found("disclosures.jsonl", says, index)
            return
        self.opened += 1
        if self.genesis is not None and "rulebook" in self.genesis:
            self.walker.adopted.setdefault(self.genesis["rulebook"][7:], None)
        for reference in opened.get("refs", []):
            self.refs.setdefault(bytes.fromhex(reference), index)
        for digest in opened.get("body.erasure", {}).get("digests", []):
            self.erased.setdefault(digest, (index, opened.get("matter")))
        self.walker.see(index, found.group(2).decode(), opened)

    def finish(self) -> None:
        """What can only be said at the end: ids that stand twice, references, erasures, rulebooks."""
        twice = set()
        for high, bucket in enumerate(self.ids):
            order = sorted(bucket)
            twice |= {b"%02x%016x" % (high, one) for one, other in zip(order, order[1:]) if one == other}
        if twice or self.erased or self.refs:
            self._look_again(twice)
        if self.erased:
            self._look_for_erased()
        if not self.foreign:
            self._check_rulebooks()

    def _look_again(self, twice: set) -> None:
        """Go through the log a second time for what was named and has to be found."""
        first_with: dict = {}
        digests, refs = set(self.erased), dict(self.refs)
        self.holders: dict = {}
        for first, entries in self.log.bundles():
            for index, entry in enumerate(entries, first):
                if refs:
                    refs.pop(leaf_hash(entry), None)
                found = self.sealed.fullmatch(entry)
                if found is None:
                    continue
                if self.erased:
                    here = self.erased.keys() & set(found.group(1).decode().split('","'))
                    digests -= here
                    if here:
                        self.holders[index] = {self.erased[digest][1] for digest in here}
                number = found.group(3)
                if number[:18] in twice and first_with.setdefault(number, index) != index:
                    self.wrong(index, f"It has the same id as entry {first_with[number]}: one of them is a copy.")
        for digest in sorted(digests):
            self.wrong(self.erased[digest][0], f"It says that {digest} was erased, and no entry has such a digest.")
        for leaf, index in refs.items():
            self.wrong(index, f"It answers or corrects the leaf {leaf.hex()}, and the log has no such leaf.")

    def _look_for_erased(self) -> None:
        """What was erased can no longer be read; an entry that lost something to it may have lost its number as well."""
        readable = False
        for index, disclosures, _ in self._disclosure_lines(silent=True):
            self.holders.pop(index, None)
            for text in disclosures:
                digest = base64url_text(sha256(str(text).encode("utf-8", "replace")).digest())
                if digest in self.erased:
                    readable = True
                    says = f"What entry {self.erased[digest][0]} calls erased can still be read: {digest}."
                    self.log.found("disclosures.jsonl", says, index)
        if not readable:
            says = f"of the {len(self.erased)} digests that are called erased none is opened here."
            self.log.report.holds(f"{self.log.folder}: {says}")
        # Only entries of which nothing is opened can stand for numbers that are missing, each for one.
        for matters in self.holders.values():
            for matter in matters:
                self.walker.excused[matter] = self.walker.excused.get(matter, 0) + 1

    def _check_rulebooks(self) -> None:
        """Each rulebook must be the one that its name says, and each that is cited should be there."""
        folder = self.log.path("rulebooks")
        names = set(os.listdir(folder)) if os.path.isdir(folder) else set()
        for name in sorted(names):
            data = file_read(os.path.join(folder, name), 1 << 26) if name.endswith(".json") else None
            if data is None or sha256(data).hexdigest() + ".json" != name:
                says = "Its SHA-256 is not its name: this is not the rulebook that the entries cite."
                self.log.found("rulebooks/" + name, says)
        for book in sorted(self.books):
            if book.decode() + ".json" not in names:
                says = (
                    f"this rulebook is cited (entries: {self.books[book]}) and is not here: no act was held against it"
                )
                self.log.report.leave(self.log.path(f"rulebooks/{book.decode()}.json"), says)


NAMES = "type|day|at|matter|n|by|as|rule|refs|body[.][a-z][a-z0-9_]*|text[.][a-z][a-z0-9_]*|person[.][a-z][a-z0-9_]*"
TYPES = ("act", "procedure", "act.refused", "correction", "erasure.performed", "padding")
PROCEDURE = "procedure."  # how the rule begins of what no book orders


def is_day(value: object) -> bool:
    """Whether this is a day of the calendar, as in 2026-04-01."""
    from datetime import date

    if not isinstance(value, str) or not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return False
    try:
        return bool(date(int(value[:4]), int(value[5:7]), int(value[8:])))
    except ValueError:
        return False


def is_instant(value: object) -> bool:
    """Whether this is an instant in UTC, as in 2026-04-01T08:30:00Z."""
    shape = "[0-9-]{10}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:[.][0-9]{0,5}[1-9])?Z"
    return isinstance(value, str) and bool(re.fullmatch(shape, value)) and is_day(value[:10])


def _is_hex(value: object, digits: int) -> bool:
    return isinstance(value, str) and bool(re.fullmatch("[0-9a-f]{%d}" % digits, value))


def _is_erasure(value: object) -> bool:
    if not isinstance(value, dict) or set(value) != {"basis", "digests", "approved"} or not value["basis"]:
        return False
    digests, approved = value["digests"], value["approved"]
    if not isinstance(value["basis"], str) or not isinstance(digests, list) or not isinstance(approved, list):
        return False
    fits = all(isinstance(one, str) and re.fullmatch(DIGEST.decode(), one) for one in digests)
    return (
        bool(digests)
        and fits
        and all(_is_hex(one, 32) for one in approved)
        and len(approved) == len(set(approved)) == 2
    )


def value_fits(name: str, value: object) -> bool:
    """Whether a disclosed value has the form that its name asks for (section 3)."""
    if name == "type":
        return value in TYPES
    if name == "day":
        return is_day(value)
    if name == "at":
        return is_instant(value)
    if name in ("matter", "by"):
        return _is_hex(value, 32)
    if name == "n":
        return type(value) is int and value >= 1
    if name == "as":
        return isinstance(value, str) and bool(re.fullmatch("[a-z][a-z0-9_]*", value))
    if name == "rule":
        shape = r"[a-z][a-z0-9_]*\.(?:[a-z][a-z0-9_]*|missed\.[a-z][a-z0-9_-]*)"
        return isinstance(value, str) and bool(re.fullmatch(shape, value))
    if name == "refs":
        return isinstance(value, list) and bool(value) and all(_is_hex(one, 64) for one in value)
    if name == "body.erasure":
        return _is_erasure(value)
    return isinstance(value, str) or not name.startswith("text.")


def open_disclosures(disclosures: list, digests: set) -> dict:
    """What these disclosures say, by name: each has its digest in the entry, and nothing stands twice."""
    opened: dict = {}
    for text in disclosures:
        if not isinstance(text, str) or len(text) > DISCLOSURE_LIMIT:
            raise Wrong("a disclosure is not a text, or too long")
        if base64url_text(sha256(text.encode("utf-8", "replace")).digest()) not in digests:
            raise Wrong("a disclosure does not belong to the entry")
        value = profile_read(base64url_read(text), DISCLOSURE_LIMIT)
        if not isinstance(value, list) or len(value) != 3 or not all(isinstance(part, str) for part in value[:2]):
            raise Wrong("a disclosure is not [salt, name, value]")
        if len(base64url_read(value[0])) != 32:
            raise Wrong("a salt is not 32 bytes long")
        name = value[1]
        if not re.fullmatch(NAMES, name) or name in opened:
            raise Wrong(f"{name!r} is no name of a field, or is opened twice")
        if not value_fits(name, value[2]):
            raise Wrong(f"the value of {name} does not have its form")
        opened[name] = value[2]
    if opened.get("type") == "padding" and len(opened) > 1:
        raise Wrong("padding has a type and nothing else")
    without_book = opened.get("rule", "").startswith(PROCEDURE)
    if (
        "rule" in opened
        and opened.get("type") in ("act", "procedure")
        and (opened["type"] == "procedure") != without_book
    ):
        raise Wrong("a rule begins with “procedure.” where the type is procedure, and only there")
    if opened.get("as") == "clock" and "by" in opened:
        raise Wrong("where the clock acted there is no person")
    return opened


def check_log(log: Log, keys: list, policy: Policy | None) -> dict | None:
    """Everything that can be said about one folder (see README); returns its genesis."""
    report = log.report
    walker = Walker(log)
    entries = Entries(log, walker)
    before = report.count
    log.check_tiles(entries.see)
    entries.finish()
    walker.finish(entries.opened == entries.kinds["sealed"])
    if report.count == before:
        report.holds(f"{log.folder}: {log.size} entries of {log.origin}: each leaf and node agrees with the root.")
    genesis = entries.genesis
    chain = check_rotation(log, entries, keys)
    if policy is None and genesis is not None and "cosigners" in genesis:
        policy = Policy(genesis["cosigners"])
        report.holds(f"{log.folder}: the cosigners are those that its own genesis names; you named none.")
    log.policy = policy
    check_signatures(log, policy)
    check_stamp(log)
    vkey = file_read(log.path("vkey"), NOTE_LIMIT)
    lying = None if vkey is None else vkey.decode("utf-8", "replace")
    texts = [text + "\n" for text in chain or [key.text for key in log.trusted]]
    still = []
    for key in map(Key, chain[:-1]):
        try:
            still += [key.text + "\n"] if log.checkpoint.note.signed_by([key]) else []
        except Wrong as wrong:
            log.found("checkpoint", f"A line of an earlier key of this log does not hold: {wrong}.")
    if lying in still:
        says = "it is an earlier key of this log, which still signs: a rotation is going on, or was cut off"
        report.leave(log.path("vkey"), says)
    elif lying is not None and lying not in (texts[-1:] if chain else texts):
        log.found("vkey", "This is not the key in force: whoever takes the key from here would trust somebody else.")
    strange = sorted(set(os.listdir(log.folder)) - KNOWN)
    if strange:
        report.leave(log.folder, f"what this format does not know: {', '.join(strange)[:300]}")
    if entries.foreign and log.size:
        says = "it has no genesis of this format: its entries were taken as somebody else's, whatever they mean"
        report.leave(log.folder, says)
    elif log.size:
        counts = ", ".join(f"{number} {kind}" for kind, number in entries.kinds.items() if number)
        report.holds(f"{log.folder}: entries by shape: {counts}.")
        if entries.kinds["plain"]:
            says = f"what the plain entries mean (entries without book: {entries.kinds['plain']}): they were there, no more"
            report.leave(log.folder, says)
    if entries.kinds["sealed"]:
        closed = entries.kinds["sealed"] - entries.opened
        if closed:
            says = (
                f"what the sealed entries say that are not opened (entries: {closed}); whole matters may be among them"
            )
            report.leave(log.folder, says)
        walker.summary()
    return genesis


def check_stamp(log: Log) -> None:
    """The file of a public copy that says for which instant it was made (section 8)."""
    stamp = file_read(log.path("published"), NOTE_LIMIT)
    if stamp is None:
        return
    said = stamp.rpartition(b" ")[0]
    whole = sha256(said + b"\n" + (file_read(log.where, NOTE_LIMIT) or b"")).hexdigest().encode()
    parts = said.decode("utf-8", "replace").split(" ")
    if len(parts) != 2 or not is_instant(parts[0]) or parts[1] != str(log.size) or stamp != said + b" " + whole + b"\n":
        log.found(
            "published",
            "This was not written with this checkpoint: the copy was changed, or cut off while it was made.",
        )


def check_signatures(log: Log, policy: Policy | None) -> None:
    """Who signed the checkpoint, and whether enough cosigned it."""
    report = log.report
    try:
        signed = log.checkpoint.signers(log.trusted, policy)
    except Wrong as wrong:
        report.found(log.where, f"The checkpoint does not hold: {wrong}. Whoever made this folder cannot be told.")
        return
    log.signed = True
    names = [f"{key.name}+{key.id.hex()}" for key in signed if key.type == SIGNS]
    report.holds(f"{log.where}: signed by {', '.join(names)}.")
    if policy is None:
        report.leave(log.where, "no cosigners are named, so nobody else says that everybody is shown this same log")
        return
    met = policy.count(signed)
    if met < policy.k:
        says = f"{met} of the {len(policy.keys)} cosigners have signed, and {policy.k} are asked for: nobody can tell "
        report.found(log.where, says + "whether others are shown the same log.")
    else:
        report.holds(f"{log.where}: cosigned by {met} of {len(policy.keys)}; {policy.k} are asked for.")


def check_rotation(log: Log, entries: Entries, keys: list) -> list:
    """Trust the keys that the pinned one handed over to (section 7); the texts of all keys of the log, newest last."""
    log.trusted = [key for key in keys if key.name == log.origin]
    chain = [entries.genesis["key"]] if entries.genesis else []
    for index, old, new in entries.rotations:
        if chain and old.text != chain[-1]:
            entries.wrong(index, "It replaces a key that was not in force.")
        elif new.type != SIGNS or new.name != log.origin or new.text in chain:
            entries.wrong(index, "Its new key is not a new signing key of this origin.")
        else:
            chain.append(new.text)
    if chain and log.trusted and not any(key.text in chain for key in log.trusted):
        log.found("tile/entries: entry 0", "The log names another key in its genesis than the one you trust.", 0)
    folder = log.path("rotated")
    names = os.listdir(folder) if os.path.isdir(folder) else []
    if os.path.lexists(folder) and not os.path.isdir(folder):
        log.found("rotated", "This is not a folder: no handing over of a key was looked at.")
    for name in sorted(names, key=lambda text: (len(text), text)):
        try:
            note = Checkpoint(file_read(os.path.join(folder, name), NOTE_LIMIT) or b"")
            if str(note.size) != name or note.origin != log.origin or note.size > log.size:
                raise Wrong("it is not a checkpoint of this log at the size that its name says")
            pairs = [(old, new) for index, old, new in entries.rotations if index < note.size]
            both = [(old, new) for old, new in pairs if len(note.note.signed_by([old, new])) == 2]
            if not both:
                raise Wrong("it is not signed by both keys of a key.rotated among its entries")
            if log.root_at(note.size) != note.root:
                raise Wrong(f"its root is not that of the first {note.size} entries")
        except Wrong as wrong:
            log.found(f"rotated/{name}", f"This handing over of the key does not hold: {wrong}.")
            continue
        for old, new in both:
            texts = [key.text for key in log.trusted]
            if old.text in texts and new.text not in texts:
                log.trusted.append(new)
                log.report.holds(f"{os.path.join(folder, name)}: the key you trust has handed over to {new.text}.")
    return chain


def check_after(log: Log, genesis: dict, others: list, keys: list, report: Report) -> None:
    """The log that this one takes up, if it was given as well."""
    note = Checkpoint(genesis["after"]["checkpoint"].encode())
    where = f"{log.folder}: entry 0 (after)"
    older = next((other for other in others if other.origin == note.origin), None)
    try:
        note.signers(older.trusted if older else keys)
    except Wrong as wrong:
        if older is None:
            report.leave(where, f"it takes up {note.origin}, of which no key is trusted and no folder was given")
            return
        report.found(where, f"The checkpoint that it takes up does not hold: {wrong}.", 0)
        return
    if older is None:
        report.leave(where, f"it takes up {note.origin} at size {note.size}; give that log as well to compare them")
    elif older.size < note.size or older.root_at(note.size) != note.root:
        report.found(where, f"{older.folder} is not the log that it takes up: at size {note.size} they differ.", 0)
    else:
        report.holds(f"{log.folder}: takes up {note.origin} at size {note.size}, as {older.folder} has it.")


# --- 6. Receipts and bundles (record-format, 10) ----------------------------------------------------------------------

FIRST_LINE = b"c2sp.org/tlog-proof@v1\n"


class Receipt:
    """One entry, what its holder may read of it, and the proof that it stands in the log."""

    def __init__(self, data: bytes) -> None:
        if len(data) > RECEIPT_LIMIT:
            raise Wrong(f"it is longer than {RECEIPT_LIMIT} bytes")
        if not data.startswith(FIRST_LINE) or b"\n\n" not in data:
            raise Wrong("it does not have the lines of a receipt")
        head, note = data.split(b"\n\n", 1)
        try:
            lines = head.decode("ascii").split("\n")[1:]
        except ValueError:
            raise Wrong("its first lines are not ASCII") from None
        if len(lines) < 2 or not lines[0].startswith("extra ") or not lines[1].startswith("index "):
            raise Wrong("it does not begin with its extra and its index")
        if len(lines) > 2 + 63 or len(lines[0]) > EXTRA_LIMIT + 6:
            raise Wrong("it has more than 63 hashes, or an extra that is too long")
        self.index, self.path = decimal_read(lines[1][6:]), [hash_read(line) for line in lines[2:]]
        extra = profile_read(base64_read(lines[0][6:]), NO_LIMIT)
        if not isinstance(extra, dict) or set(extra) != {"disclosures", "entry", "v"}:
            raise Wrong("its extra is not {disclosures, entry, v}")
        if extra["v"] != 1 or type(extra["v"]) is not int or not isinstance(extra["entry"], str):
            raise Wrong("its extra is of another version, or its entry is not a text")
        if not isinstance(extra["disclosures"], list):
            raise Wrong("its disclosures are not a list")
        self.entry, self.disclosures = extra["entry"].encode(), extra["disclosures"]
        self.checkpoint = Checkpoint(note)
        self.leaf = leaf_hash(self.entry)

    def opened(self) -> dict:
        """What the holder may read."""
        entry = profile_read(self.entry)
        sealed = re.fullmatch(SEALED, self.entry)
        if not isinstance(entry, dict) or (entry.get("type") == "genesis" and entry.get("v") == 1 and self.index != 0):
            raise Wrong("its entry is not an object, or a genesis that is not entry 0")
        if not sealed and ("_sd" in entry or str(entry.get("book")).startswith("sha256:")):
            raise Wrong("its entry is not written as sealed entries are")
        digests = sealed.group(1).decode().split('","') if sealed else []
        if len(set(digests)) != len(digests) or len(digests) % 16 or len(digests) > 320:
            raise Wrong("the digests of its entry are not 16, or a multiple of it, each once")
        return open_disclosures(self.disclosures, set(digests))


def receipts_of(path: str) -> list:
    """The receipts of a file or a folder: (where, bytes)."""
    if os.path.isdir(path):
        names = sorted(name for name in os.listdir(path) if name.endswith((".tlog-proof", ".tlog-proofs")))
        if not names:
            says = f"{path} holds neither a checkpoint nor receipts. Name an export, a log, or a folder of .tlog-proof files."
            raise Unreadable(says)
        return [one for name in names for one in receipts_of(os.path.join(path, name))]
    data = file_read(path, 1 << 30) or b""
    parts = [FIRST_LINE + part for part in (b"\n" + data).split(b"\n" + FIRST_LINE)[1:]]
    if not data.startswith(FIRST_LINE):
        parts = [data]
    ends = [part + b"\n" for part in parts[:-1]] + parts[-1:]
    return [(path if len(ends) == 1 else f"{path}, receipt {at}", part) for at, part in enumerate(ends, 1)]


class Receipts:
    """All receipts that were given, checked together."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.held: list = []
        self.given = 0
        self.matters: dict = {}
        self.leaves: dict = {}

    def check(self, where: str, data: bytes, trusted: list, pinned: Policy | None, policies: dict) -> None:
        """One receipt. `pinned` is the policy of --cosigners; `policies` are those of logs given beside it."""
        self.given += 1
        report = self.report
        try:
            receipt = Receipt(data)
            checkpoint = receipt.checkpoint
            policy = pinned or policies.get(checkpoint.origin)
            signed = checkpoint.signers(trusted, policy)
            proof = [receipt.index, checkpoint.size, receipt.leaf, receipt.path, checkpoint.root]
            if not inclusion_holds(*proof):
                raise Wrong(f"its hashes do not show that the entry stands at {receipt.index} of {checkpoint.size}")
            opened = receipt.opened()
        except Wrong as wrong:
            report.found(
                where, f"This receipt does not hold: {wrong}. It was altered, or is not of a log that you trust."
            )
            return
        self.held.append((where, receipt))
        other, leaf = self.leaves.setdefault((checkpoint.origin, receipt.index), (where, receipt.leaf))
        if leaf != receipt.leaf:
            says = (
                f"Entry {receipt.index} of {checkpoint.origin} is another one on {other}: the log showed two histories."
            )
            report.found(where, says + " Keep both, and show them to a cosigner.", receipt.index)
        says = f"{where}: entry {receipt.index} of {checkpoint.origin}, as signed at size {checkpoint.size}."
        met = policy.count(signed) if policy else 0
        if policy and met < policy.k:
            says = f"It holds under the log's key and is not cosigned yet: {met} of {policy.k} cosignatures. "
            if pinned:
                report.found(where, says + "Ask for the receipt again when the log has been cosigned.", receipt.index)
            else:
                report.leave(where, says.rstrip())
        else:
            report.holds(says + (f" Cosigned by {met}." if policy else ""))
        if "matter" in opened and "n" in opened:
            self._number(where, receipt, opened)
        elif b'"_sd"' in receipt.entry:
            report.leave(where, "matter and number are not opened, so nobody can tell whether others are missing")

    def _number(self, where: str, receipt: Receipt, opened: dict) -> None:
        """Note the number of a receipt in its matter; two different entries cannot have the same."""
        numbers = self.matters.setdefault((receipt.checkpoint.origin, opened["matter"]), {})
        first = numbers.setdefault(opened["n"], (where, receipt.index, receipt.leaf))
        if first[1:] != (receipt.index, receipt.leaf):
            says = f"Number {opened['n']} of the matter {opened['matter']} is also on {first[0]}: one is not genuine."
            self.report.found(where, says, receipt.index)

    def finish(self) -> None:
        """The receipts of one matter are numbered 1 to n without a gap."""
        for (origin, matter), numbers in self.matters.items():
            last = max(numbers)
            missing = [str(n) for n in range(1, min(last, len(numbers) + 20)) if n not in numbers]
            where = f"matter {matter} of {origin}"
            if not missing:
                self.report.holds(f"{where}: receipts 1 to {last}, none missing up to the highest that is here.")
            elif self.given == 1:
                says = f"this is number {last}; give all receipts of the matter together to see whether one is missing"
                self.report.leave(where, says)
            else:
                says = f"The receipts go up to {last}, and number {', '.join(missing)} is missing: something was not handed out."
                self.report.found(where, says)


# --- 7. Forks (record-format, 11) -------------------------------------------------------------------------------------


def check_fork(where: str, data: bytes, keys: list, report: Report, given: tuple | set = ()) -> None:
    """Whether this file shows that one log signed two histories; `given` are the logs that are checked beside it."""
    try:
        value = profile_read(data[:-1] if data.endswith(b"\n") else b"", FORK_LIMIT - 1)
        if not isinstance(value, dict) or not {"v", "type", "first", "second"} <= set(value) <= {
            "v", "type", "first", "second", "prefix",
        }:  # fmt: skip
            raise Wrong("it does not have the keys of a fork")
        if value["v"] != 1 or type(value["v"]) is not int or value["type"] != "fork":
            raise Wrong("it is not a fork of version 1")
        if not isinstance(value["first"], str) or not isinstance(value["second"], str):
            raise Wrong("its notes are not texts")
        first, second = Checkpoint(value["first"].encode()), Checkpoint(value["second"].encode())
        if first.origin != second.origin or first.size > second.size:
            raise Wrong("its checkpoints are of two logs, or the first is the larger")
        signed = first.signers(keys)
        if not any(key in signed for key in second.signers(keys)):
            raise Wrong("its checkpoints are not signed by the same key")
        if first.size == second.size:
            if "prefix" in value or first.root == second.root:
                raise Wrong("its checkpoints are the same, or it has a prefix where none belongs")
        else:
            prefix = value.get("prefix")
            if not isinstance(prefix, dict) or set(prefix) != {"root", "hashes"} or type(prefix["hashes"]) is not list:
                raise Wrong("its prefix is not {root, hashes}")
            if not all(isinstance(text, str) for text in [prefix["root"], *prefix["hashes"]]):
                raise Wrong("its prefix is not {root, hashes}")
            root, hashes = hash_read(prefix["root"]), [hash_read(text) for text in prefix["hashes"]]
            if root == first.root:
                raise Wrong("its two checkpoints can both be true")
            if not consistency_holds(first.size, second.size, root, second.root, hashes):
                raise Wrong("its hashes do not show how the second checkpoint begins")
    except Wrong as wrong:
        report.found(where, f"This file does not show a fork: {wrong}.")
        return
    says = f"This file shows that the log {first.origin} signed two histories"
    if first.origin in given:
        report.found(where, says + ": nothing of it that is given here can be relied on.")
    report.forked = True
    report.holds(f"{where}: {says}.")


class View:
    """A checkpoint that somebody was shown, and the folder that it comes from, if it does."""

    def __init__(self, where: str, checkpoint: Checkpoint, trusted: list, log: Log | None) -> None:
        self.where, self.checkpoint, self.trusted, self.log = where, checkpoint, trusted, log


def compare_views(views: list, report: Report) -> None:
    """Hold every checkpoint against every folder of the same log, and against every other of the same size."""
    distinct: dict = {}
    for view in views:
        key = (view.checkpoint.origin, view.checkpoint.size, view.checkpoint.root)
        if key not in distinct or view.log is not None:
            distinct[key] = view
    order = sorted(distinct.values(), key=lambda view: view.checkpoint.size)
    origins = {view.checkpoint.origin for view in order}
    for origin in sorted(origins - {view.checkpoint.origin for view in order if view.log is not None}):
        sizes = sorted({view.checkpoint.size for view in order if view.checkpoint.origin == origin})
        if len(sizes) > 1:
            says = "whether these are of one history only the log can tell; give an export of it as well"
            report.leave(origin, f"{len(sizes)} checkpoints, signed at sizes {sizes[0]} to {sizes[-1]}: {says}")
    for place, second in enumerate(order):
        for first in order[:place]:
            a, b = first.checkpoint, second.checkpoint
            if a.origin != b.origin:
                continue
            if a.size == b.size:
                prefix = None
            elif second.log is None:
                if first.log is not None:
                    says = f"{first.log.folder} has {a.size} entries, and this was signed at {b.size}: the folder is older, "
                    report.found(second.where, says + "or entries were taken away. Ask for the log as it is today.")
                continue
            else:
                try:
                    root = second.log.root_at(a.size)
                    if root == a.root:
                        continue
                    hashes = consistency_list(a.size, b.size, second.log.hash_of)
                except Wrong as wrong:
                    report.leave(first.where, f"it could not be compared with {second.log.folder}: {wrong}")
                    continue
                prefix = {"root": base64_text(root), "hashes": [base64_text(one) for one in hashes]}
            write_fork(first, second, prefix, report)


def write_fork(first: View, second: View, prefix: dict | None, report: Report) -> None:
    """Say that a log signed two histories, and keep what shows it in one file."""
    a, b = first.checkpoint, second.checkpoint
    says = f"{a.origin} signed two histories: {first.where} and {second.where} cannot both be true. "
    fork = {"v": 1, "type": "fork", "first": a.note.data.decode(), "second": b.note.data.decode()}
    if prefix is not None:
        fork["prefix"] = prefix
    data = profile_write(fork) + b"\n"
    trial = Report()
    check_fork("", data, first.trusted + second.trusted, trial)
    if trial.count:
        report.found(second.where, says + "No one key that you trust signed both, so this is no evidence for others.")
        return
    name = report.fork_file or f"fork-{re.sub('[^A-Za-z0-9.-]+', '_', a.origin)[:80]}-{a.size}.json"
    for attempt in range(1, 100):
        path = name if attempt == 1 else f"{name}-{attempt}"
        try:
            with open(path, "xb") as file:
                file.write(data)
        except FileExistsError:
            continue
        except OSError as error:
            report.found(second.where, says + f"It could not be written to {path}: {error.strerror}.")
            return
        report.forks.append(path)
        report.found(second.where, says + f"The file {path} shows it to anybody; keep it, and show it to a cosigner.")
        return
    report.found(
        second.where, says + f"It was not written: {name} and its like exist already. Name a file with --fork."
    )


# --- 8. The rulebook walker (docs/rulebook.md, docs/kernel.md) --------------------------------------------------------
# It reads rulebooks/HASH.json and applies what stands there; it knows no table that somebody compiled from it.

MISSED = "missed."
# What reading a rulebook ends in that is none.
BROKEN = (KeyError, TypeError, ValueError, OverflowError, AttributeError, StopIteration)


class Uncountable(Exception):
    """A calendar, or a day, with which nothing can be counted here; the sentence says why."""


def instant_read(text: str) -> object:
    """An instant of the record, which is in UTC."""
    from datetime import datetime, timezone

    seconds = datetime(*(int(text[at : at + n]) for at, n in ((0, 4), (5, 2), (8, 2), (11, 2), (14, 2), (17, 2))))
    return seconds.replace(microsecond=int(text[20:-1].ljust(6, "0")), tzinfo=timezone.utc)


def instant_text(at: object) -> str:
    """An instant as the record writes it."""
    fraction = f".{at.microsecond:06}".rstrip("0") if at.microsecond else ""
    return at.strftime("%Y-%m-%dT%H:%M:%S") + fraction + "Z"


def span_read(text: str) -> tuple:
    """A span such as 20wd or 90d: (number, whether it counts working days)."""
    found = re.fullmatch("([0-9]+)(d|wd)", text)
    return int(found.group(1)), found.group(2) == "wd"


class Calendar:
    """Which days are counted: zone, weekend and holidays as they are pinned in the rulebook."""

    def __init__(self, said: dict) -> None:
        from datetime import date, timezone

        counting = said.get("counting", {})
        names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        self.weekend = {names.index(name) for name in said.get("weekend", ["sat", "sun"])}
        self.holidays = {date(*map(int, day.split("-"))) for day in said.get("holidays", [])}
        self.same_day = counting.get("day_one", "next day") == "same day"
        self.roll = counting.get("roll", False)
        self.hour, self.minute = map(int, counting.get("ends", "23:59").split(":"))
        self.service = {name: span_read(text) for name, text in said.get("service", {}).items()}
        self.problem = ""
        try:
            from zoneinfo import ZoneInfo

            self.zone = ZoneInfo(said["zone"])
        except (ImportError, LookupError, OSError, ValueError):
            self.zone = timezone.utc
            if said["zone"] not in ("UTC", "Etc/UTC"):
                self.problem = f"this computer does not know the time zone {said['zone']}; install the package tzdata"

    def works(self, day: object) -> bool:
        """Whether it is a working day."""
        return day.weekday() not in self.weekend and day not in self.holidays

    def count(self, day: object, span: tuple, *, same_day: bool, roll: bool) -> object:
        """The last day of a span that begins with this day; `same_day`: the day itself is day 1."""
        from datetime import timedelta

        number, working = span
        one = timedelta(days=1)
        try:
            if not working:
                day += (number - 1 if same_day and number else number) * one
            elif number and not same_day:
                day += one
            while (working or roll) and not self.works(day):
                day += one
            for _ in range(number - 1 if working else 0):
                day += one
                while not self.works(day):
                    day += one
        except OverflowError:
            raise Uncountable("a limit would never end under this calendar") from None
        if not 1900 <= day.year <= 2299:
            raise Uncountable(f"{day} is out of range: days from 1900 to 2299 can be counted")
        return day

    def due(self, day: object, span: tuple) -> object:
        """The last day of a limit that counts from this day."""
        return self.count(day, span, same_day=self.same_day, roll=self.roll)

    def lengthened(self, day: object, span: tuple) -> object:
        """The new last day, counted on from the old one."""
        return self.count(day, span, same_day=False, roll=self.roll)

    def served(self, day: object, how: str) -> object:
        """The day on which what was sent counts as received: from the day after, never shortened, never rolled."""
        if how not in self.service:
            raise Uncountable(f"the calendar counts no service by {how}")
        return self.count(day, self.service[how], same_day=False, roll=False)

    def local_day(self, at: object) -> object:
        """The local day of an instant."""
        return at.astimezone(self.zone).date()

    def begins(self, day: object) -> object:
        """The first instant of a day."""
        return self._instant(day, 0, 0, 0)

    def ends(self, day: object) -> object:
        """The end of a day; where the clocks change, in favour of whoever answers."""
        return max(self._instant(day, self.hour, self.minute, fold) for fold in (0, 1))

    def _instant(self, day: object, hour: int, minute: int, fold: int) -> object:
        from datetime import datetime, timezone

        local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=self.zone, fold=fold)
        return local.astimezone(timezone.utc)


class Rules:
    """One book of one version of the rulebook."""

    def __init__(self, rulebook: dict, name: str) -> None:
        book = rulebook["books"][name]
        self.path = f"books/{name}"
        self.calendar = Calendar(rulebook["calendar"])
        self.machines = {role for role, said in rulebook["roles"].items() if said.get("kind") == "machine"} | {"clock"}
        self.roles = set(rulebook["roles"]) | {"clock"}
        self.acts = {act["id"]: act for act in book["acts"]}
        self.stages = {stage["id"]: stage for stage in book["stages"]}
        self.limits = book.get("limits", {})
        self.seats = {role: said.get("seats", 1) for role, said in rulebook["roles"].items()}
        self.majority = {role: said.get("majority", 1) for role, said in rulebook["roles"].items()}
        self.shares = {name: said.get("needs", "0") for name, said in rulebook.get("sanctions", {}).items()}
        self.at_start = {fact["id"] for fact in book.get("facts", []) if fact.get("at_start")}
        measures = {fact["id"] for fact in book.get("facts", []) if fact.get("kind") == "measure"}
        self.ends = {}  # by limit: the interim measures without which the clock has nothing to end there
        for limit, said in self.limits.items():
            self.ends[limit] = measures & set(self.acts.get(said.get("then"), {}).get("needs", []))
        for limit in self.limits.values():
            limit["kind"] = next(kind for kind in ("within", "exactly", "at_least") if kind in limit)
            limit["span"] = span_read(limit[limit["kind"]])
        for act in book["acts"]:
            act["often"] = 1 if act.get("once") else act.get("max")
            act["clock"] = set(act["by"]) <= self.machines


class Matter:
    """What the entries of one matter have made of it so far."""

    def __init__(self, number: str) -> None:
        self.id = number
        self.n = 0  # the last number that was seen
        self.missing: list = []
        self.gaps = 0  # how many numbers these are
        self.blind = ""  # why its acts cannot be held against the rulebook any more
        self.timeless = ""  # why its clocks cannot
        self.version = self.book = ""
        self.rules: Rules | None = None
        self.stage, self.over = "start", False
        self.facts: set = set()
        self.done: dict = {}
        self.at = self.last_day = None
        self.acts = 0  # how many entries say that they are acts
        self.latest = None  # the latest time of any entry; a lapse is dated when it fell due, so it may be before that
        self.running: dict = {}  # limit: its last day
        self.owed = ""  # what the clock does at once because a limit was missed
        self.seats: dict = {}  # by pseudonym: the role and the status of a part, as far as it is opened
        self.proposals: dict = {}  # by identifier: the act, the role, what became of it, and what it was to carry
        self.cast: dict = {}  # by proposal: the last word of each member
        self.veiled = False  # whether something that bears on votes is not opened
        self.before: tuple = ()  # the last entry: its number, its rule, and the vote or the closing that it says

    def fits(self, name: str) -> bool:
        """Whether the rulebook allows this act of the clock as the matter stands."""
        return fault(self, name, None) is None


def fault(matter: Matter, name: str, role: str | None) -> tuple | None:
    """What stands against an act, as (path of the rule, sentence), in the order of docs/kernel.md; or nothing."""
    rules = matter.rules
    act = rules.acts.get(name)
    if act is None:
        return f"{rules.path}/acts", f"the book has no act {name}"
    here = f"{rules.path}/acts/{name}"
    if matter.over:
        return f"{rules.path}/stages/{matter.stage}", f"the matter is over: it ended in {matter.stage}"
    if role is not None and role not in rules.roles:
        return "roles", f"the rulebook has no role {role}"
    if role is not None and role not in (rules.machines if act["clock"] else act["by"]):
        return f"{here}/by", f"it is for {' or '.join(act['by'])} to do, and not for {role}"
    if matter.stage not in act["in"]:
        return f"{here}/in", f"it is done in {' or '.join(act['in'])}, and the matter stands in {matter.stage}"
    lacking = [fact for fact in act.get("needs", []) if fact not in matter.facts]
    if lacking:
        return f"{here}/needs", f"it needs what is not so in this matter: {', '.join(lacking)}"
    barring = [fact for fact in act.get("unless", []) if fact in matter.facts]
    if barring:
        return f"{here}/unless", f"it may not be done where this is so: {', '.join(barring)}"
    if act["often"] is not None and matter.done.get(name, 0) >= act["often"]:
        return f"{here}/max", f"it may be done {act['often']} times in a matter, and was done so often already"
    return None


def held_back(matter: Matter, name: str) -> tuple | None:
    """The limit that holds an act back the longest, and the day on which it opens it; or nothing."""
    days = [
        (day, limit)
        for limit, day in matter.running.items()
        if matter.rules.limits[limit]["kind"] != "within" and name in matter.rules.limits[limit].get("to", [])
    ]
    return max(days) if days else None


def next_lapses(matter: Matter) -> tuple | None:
    """What the clock does next if nobody acts: the instant, and the acts of which any may come first then.

    Missed limits of one instant stand in the order of the text, which the canonical rulebook does not keep.
    """
    if matter.rules is None or matter.over or matter.blind or matter.timeless:
        return None
    rules, calendar = matter.rules, matter.rules.calendar
    if matter.owed:
        return matter.at, [matter.owed]
    due = {}
    for limit, day in matter.running.items():
        if rules.limits[limit]["kind"] != "at_least":
            due[limit] = max(calendar.ends(day), matter.at)
    own = own_at = None
    if matter.last_day is not None:
        own = next((name for name in rules.stages[matter.stage]["clock"]["then"] if matter.fits(name)), None)
    if own is not None:
        held = held_back(matter, own)
        own_at = max(calendar.ends(matter.last_day), matter.at)
        own_at = max(own_at, calendar.begins(held[0])) if held else own_at
    instants = [*due.values(), *([own_at] if own else [])]
    if not instants:
        return None
    first = min(instants)
    missed = [
        MISSED + limit
        for limit, at in due.items()
        if at == first and not (own_at == first and own in rules.limits[limit].get("to", []))
    ]
    return first, missed or [own]


def follow(matter: Matter, name: str, at: object, opened: dict) -> None:
    """The matter after an act: what it counts, clears, sets, enters, stops and starts."""
    rules, calendar = matter.rules, matter.rules.calendar
    act = rules.acts.get(name, {})
    matter.done[name] = matter.done.get(name, 0) + 1
    matter.facts -= set(act.get("clears", []))
    matter.facts |= set(act.get("sets", []))
    matter.at = at
    to = act.get("to") if act.get("to") != matter.stage else None  # to lead where the matter stands is to stay
    starts = [limit for limit, said in rules.limits.items() if name in said["from"]]
    for limit, said in rules.limits.items():
        if name in said.get("to", []) or name == MISSED + limit:
            matter.running.pop(limit, None)
    then = rules.limits.get(name[len(MISSED) :], {}).get("then") if name.startswith(MISSED) else None
    matter.owed = ""
    if to is not None:
        stage = rules.stages[to]
        matter.stage, matter.over, matter.last_day = to, bool(stage.get("end")), None
        matter.facts -= set(stage.get("clears", []))
        if matter.over:
            matter.running.clear()
            return
    for limit in list(matter.running):
        if not rules.ends[limit] <= matter.facts:
            del matter.running[limit]
    if not matter.timeless and not calendar.problem:
        try:
            day = first_day(matter, act, at, opened) if to is not None or starts else None
            if to is not None and "clock" in rules.stages[to]:
                matter.last_day = calendar.due(day, span_read(rules.stages[to]["clock"]["within"]))
            elif to is None and "days" in act and matter.last_day is not None:
                matter.last_day = calendar.lengthened(matter.last_day, span_read(act["days"]))
            for limit in starts:
                matter.running[limit] = limit_day(rules, limit, act, day, opened)
        except Uncountable as problem:
            matter.timeless = str(problem)
    matter.timeless = matter.timeless or calendar.problem
    if then is not None and matter.fits(then):
        matter.owed = then


def first_day(matter: Matter, act: dict, at: object, opened: dict) -> object:
    """The day from which the clocks count that an act starts: of the act, of its receipt, or of deemed service."""
    calendar = matter.rules.calendar
    if act.get("clock"):
        return calendar.local_day(at)
    for item in ("receipt", "notice"):
        if item in act.get("carries", []) and "body." + item not in opened:
            raise Uncountable(f"body.{item} of {act['id']} is not opened, and from it depends when its clocks begin")
        if item == "receipt" and "body.receipt" in opened:
            received = opened["body.receipt"].get("received") if isinstance(opened["body.receipt"], dict) else None
            if not is_day(received):
                raise Uncountable("body.receipt does not say when it was received")
            return day_read(received)
    notice = opened.get("body.notice")
    how = notice.get("how") if isinstance(notice, dict) else None
    return calendar.local_day(at) if how is None else calendar.served(calendar.local_day(at), str(how))


def day_read(text: str) -> object:
    """A day of the record."""
    from datetime import date

    return date(*map(int, text.split("-")))


def limit_day(rules: Rules, limit: str, act: dict, day: object, opened: dict) -> object:
    """The last day of a limit; an expiry ends a measure (a limit after which the clock acts) sooner, never later."""
    last = rules.calendar.due(day, rules.limits[limit]["span"])
    if "then" not in rules.limits[limit] or "expiry" not in act.get("carries", []):
        return last
    if not is_day(opened.get("body.expiry")):
        raise Uncountable(f"body.expiry of {act['id']} is not opened, and on it depends when the limit {limit} ends")
    return min(last, day_read(opened["body.expiry"]))


PARTS = "person.parts"
KINDS = ("body", "text", "person")
SEATED = {"none": "sits", "declare": "declared", "bar": "left"}
SEATS = ("declaration_made", "declaration_ruled", "recused", "seat_passed", "seat_suspended")
LEFT = {"recused": "left", "seat_passed": "left", "seat_suspended": "suspended"}


def take_note(matter: Matter, opened: dict) -> None:
    """What an entry says of seats, proposals and votes; it is held against the act that they lead to (section 3)."""
    matter.before = (opened.get("n"), opened.get("rule"), opened.get("body.vote", opened.get("body.closed")))
    for part in opened.get(PARTS, []):
        matter.seats[part["pseudonym"]] = part["role"], part["status"]
    if "body.votes" in opened:
        proposal = matter.proposals.get(opened["body.votes"]["proposal"])
        if proposal is not None:
            proposal[2] = "carried"
    if opened.get("type") != "procedure":
        return
    name = opened.get("rule", PROCEDURE)[len(PROCEDURE) :]
    needed = {"": ["rule"], "proposal_made": ["body.proposal"], "proposal_fell": ["body.proposal"]}
    needed["vote_cast"] = ["body.vote", "by"]
    if not name or (name in SEATS and "body.seat" not in opened):
        matter.seats.clear()  # of somebody, and nobody knows of whom, what was known is not so any more
    if not all(field in opened for field in needed.get(name, [])):
        matter.veiled = True
    elif name == "proposal_made":
        said = opened["body.proposal"]
        matter.proposals.setdefault(said["ident"], [said["act"], said["role"], "open", opened.get("text.proposed")])
    elif name == "proposal_fell":
        matter.proposals.get(opened["body.proposal"]["ident"], [""] * 4)[2] = "fell"
    elif name == "vote_cast":
        matter.cast.setdefault(opened["body.vote"]["proposal"], {})[opened["by"]] = opened["body.vote"]["choice"]
    elif "body.seat" in opened and name not in ("seat_called", "sheet_read"):
        seat = opened["body.seat"]
        role = matter.seats.pop(seat["pseudonym"], ("", ""))[0]
        status = LEFT.get(name)
        if name == "declaration_made":
            status = SEATED.get(seat["answer"])
        elif name == "declaration_ruled":
            status = "sits" if seat["may"] else "left"
        if role and status:  # of what this program does not know, it does not say that somebody sat or did not
            matter.seats[seat["pseudonym"]] = role, status


def votes_read(votes: object) -> dict:
    """Who cast what, from `body.votes`."""
    if not isinstance(votes, dict) or set(votes) != {"proposal", "cast"} or not isinstance(votes["cast"], list):
        raise Wrong('its votes are not {"proposal": ..., "cast": [...]}')
    cast: dict = {}
    for one in votes["cast"]:
        if not isinstance(one, list) or len(one) != 2 or one[1] not in ("for", "against", "abstain"):
            raise Wrong("one of its votes is not a member and for, against or abstain")
        if one[0] in cast:
            raise Wrong(f"{one[0]} is named twice in its votes")
        cast[one[0]] = one[1]
    return cast


def votes_against(matter: Matter, name: str, opened: dict, cast: dict) -> tuple | None:
    """What stands against an act of a body in its votes, as (path of the rule, sentence), or nothing."""
    from fractions import Fraction

    rules, role = matter.rules, opened["as"]
    here, yes = f"roles/{role}/majority", sum(choice == "for" for choice in cast.values())
    against = sum(choice == "against" for choice in cast.values())
    proposal = matter.proposals.get(opened["body.votes"]["proposal"])
    if not matter.veiled and proposal is None:
        return here, "its votes are on a proposal that was never made"
    if proposal is not None and proposal[:3] != [name, role, "open"]:
        return here, f"its votes are on {proposal[0]} by {proposal[1]}, which was {proposal[2]} by then"
    said = matter.cast.get(opened["body.votes"]["proposal"], {})
    for who, choice in cast.items():
        if who in matter.seats and matter.seats[who] != (role, "sits"):
            return here, f"{who} is named in its votes, and did not sit as {role}"
        if not matter.veiled and said.get(who) != choice:
            return here, f"the vote of {who} is given as {choice}, and was {said.get(who, 'never cast')}"
    needed = rules.majority[role]
    tariff = opened.get("body.tariff")
    sanction = tariff.get("sanction") if isinstance(tariff, dict) else None
    share = Fraction(rules.shares.get(sanction, "0")) * rules.seats[role]
    if share > needed:
        needed, here = -(-share.numerator // share.denominator), f"sanctions/{sanction}/needs"
    if yes < needed:
        return here, f"{yes} voted for it, and {needed} are needed"
    items = [item for item in rules.acts[name].get("carries", []) if item != "vote"]
    carried = {item: opened[f"{kind}.{item}"] for item in items for kind in KINDS if f"{kind}.{item}" in opened}
    if proposal is not None and proposal[3] is not None and len(carried) == len(items):
        try:
            same = json.loads(proposal[3], object_pairs_hook=_pairs) == carried
        except (Wrong, ValueError):
            same = False
        if not same:
            return f"{rules.path}/acts/{name}/carries", "it does not carry what was proposed and voted on"
    counted = opened.get("body.vote")
    if counted is not None and (counted.get("for"), counted.get("against")) != (yes, against):
        return (
            f"{rules.path}/acts/{name}/carries/vote",
            f"it says {counted}, and {yes} voted for and {against} against it",
        )
    last = word_before(matter, opened)
    if last is not None and last.get("proposal") != opened["body.votes"]["proposal"]:
        return f"roles/{role}/majority", "no vote and no closing of the vote stands just before it"
    return None


def word_before(matter: Matter, opened: dict) -> dict | None:
    """What the entry just before this one says as a vote or as the closing of one; None where that is not opened."""
    n, rule, said = (*matter.before, None, None, None)[:3]
    if n is None or n != opened.get("n", 0) - 1 or rule is None:
        return None
    if rule not in (PROCEDURE + "vote_cast", PROCEDURE + "vote_closed"):
        return {}
    return said


def closed_against(matter: Matter, opened: dict) -> tuple | None:
    """What stands against the closing of a vote: that it was not open, by somebody else, or without its majority."""
    from fractions import Fraction

    said, role, rules = opened.get("body.closed"), opened.get("as"), matter.rules
    if opened.get("rule") != PROCEDURE + "vote_closed" or said is None or role is None or rules is None:
        return None
    proposal = matter.proposals.get(said["proposal"])
    if matter.veiled or role not in rules.seats:
        return None
    here = f"roles/{role}/majority"
    if proposal is None or proposal[1:3] != [role, "open"]:
        return here, "it closes a vote that was not open in that body"
    if matter.seats.get(opened.get("by"), (role, "sits")) != (role, "sits"):
        return here, "it was closed by somebody who did not sit in that body"
    cast = matter.cast.get(said["proposal"], {})
    yes = sum(choice == "for" and matter.seats.get(who, (role, "sits"))[1] == "sits" for who, choice in cast.items())
    carried = json.loads(proposal[3]) if proposal[3] is not None else {}
    tariff = carried.get("tariff")
    sanction = tariff.get("sanction") if isinstance(tariff, dict) else None
    share = Fraction(rules.shares.get(sanction, "0")) * rules.seats[role]
    needed = max(rules.majority[role], -(-share.numerator // share.denominator))
    return (here, f"it closes a vote for which {yes} were, and {needed} are needed") if yes < needed else None


CARRIED = "something of what its act carries"


class Walker:
    """Replays every matter that is opened, act by act, in the order of the log."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.rulebooks: dict = {}
        self.books: dict = {}
        self.matters: dict = {}
        self.last_at = None
        self.unnumbered = self.acts = self.erasures = self.procedures = 0
        self.excused: dict = {}  # by matter: how many numbers may be missing because of an erasure
        self.withheld: dict = {}  # by name of a field: in how many opened entries it is not opened
        self.whole: dict = {}  # by version: the text of a rulebook that is here
        self.calendars: dict = {}
        self.adopted: dict = {}  # by version: since when; None for the one in the genesis
        self.unadopted: dict = {}  # by version: the first entry that cites it and was not preceded by its adoption
        self.dated = self.decided = 0  # entries held against the version in force; acts held against their votes
        self.unseen = self.left_out = 0  # acts of which not all is opened who voted; votes of members not counted
        self.hasty = 0  # acts carried out by a voter who would wait, while somebody who sits had not voted

    def _not_opened(self, names: list, opened: dict) -> None:
        for name in names:
            if name not in opened:
                self.withheld[name] = self.withheld.get(name, 0) + 1

    def rulebook_of(self, version: str) -> dict | None:
        """The version that an entry cites; None where it is not here."""
        if version not in self.whole:
            self.whole[version] = None
            path = f"rulebooks/{version}.json"
            data = file_read(self.log.path(path), 1 << 26)
            if data is not None and sha256(data).hexdigest() == version:
                try:
                    rulebook = json.loads(data.decode(), object_pairs_hook=_pairs)
                    if rulebook["language"] != 1:
                        raise Wrong(f"it is written in version {rulebook['language']} of the language")
                    self.whole[version] = rulebook
                except Wrong as wrong:
                    self.log.report.leave(self.log.path(path), f"this rulebook cannot be applied here: {wrong}")
                except BROKEN as error:
                    self.log.found(path, f"This is no rulebook, although entries cite it ({error!r:.80}).")
        return self.whole[version]

    def rules_of(self, version: str, name: str) -> Rules | None:
        """One book of the version that an entry cites; None where it is not here."""
        if (version, name) not in self.books:
            self.books[version, name] = None
            rulebook = self.rulebook_of(version)
            try:
                if rulebook is not None and name in rulebook["books"]:
                    self.books[version, name] = Rules(rulebook, name)
            except BROKEN as error:
                says = f"This is no rulebook, although entries cite it ({error!r:.80})."
                self.log.found(f"rulebooks/{version}.json", says)
        return self.books[version, name]

    def calendar_of(self, version: str) -> Calendar | None:
        """The calendar of a version; None where it is not here or cannot be used."""
        if version not in self.calendars:
            rulebook, self.calendars[version] = self.rulebook_of(version), None
            try:
                self.calendars[version] = None if rulebook is None else Calendar(rulebook["calendar"])
            except BROKEN:
                self.calendars[version] = None  # told where a matter runs under it
        return self.calendars[version]

    def found(self, matter: Matter, n: int, entry: int | None, rule: str, says: str) -> None:
        """Report an act that the rulebook does not allow, or one of the clock that is not there."""
        says = f"Matter {matter.id}, number {n}: {says} ({rule})."
        self.log.found("disclosures.jsonl", says, entry, rule)

    def see(self, index: int, version: str, opened: dict) -> None:
        """One entry that is opened."""
        at = instant_read(opened["at"]) if "at" in opened else None
        if at is not None and (self.last_at is None or at > self.last_at):
            self.last_at = at
        if opened.get("type") == "padding":
            return
        kind = opened.get("type")
        self.erasures += kind == "erasure.performed" and "body.erasure" in opened
        needed = ["type", "day", "at", "matter", "n", "as", "rule"] + ["by"] * (opened.get("as") != "clock")
        self._not_opened(needed + {"correction": ["refs"], "erasure.performed": ["body.erasure"]}.get(kind, []), opened)
        if "matter" not in opened or "n" not in opened:
            self.unnumbered += 1
            return
        matter = self.matters.setdefault(opened["matter"], Matter(opened["matter"]))
        n, expected = opened["n"], matter.n + 1
        if n < expected:
            says = f"This number was given already, or it stands after a later one: number {matter.n} came before it"
            self.found(matter, n, index, "kernel/order", says)
            return
        if n > expected:
            matter.gaps += n - expected
            matter.missing += [f"{expected}" if n == expected + 1 else f"{expected} to {n - 1}"]
            matter.blind = matter.blind or f"its number {expected} is not opened"
        matter.n = n
        if at is not None:
            try:
                self._cites(matter, n, index, version, at, opened)
            except BROKEN as error:
                self.found(matter, n, index, "books", f"its rulebook could not be applied ({error!r:.80})")
        if opened.get("type") == "procedure":
            self._procedure(matter, n, index, at)
        if at is not None:
            matter.latest = at if matter.latest is None else max(at, matter.latest)
        if "type" not in opened or (opened["type"] == "act" and ("rule" not in opened or at is None)):
            matter.blind = matter.blind or f"type, rule or time of its number {n} is not opened"
        matter.acts += opened.get("type") == "act"
        if opened.get("type") == "act" and not matter.blind:
            try:
                self._walk(matter, n, index, version, at, opened)
            except BROKEN as error:
                matter.blind = f"its rulebook is not one that can be applied ({error!r:.80})"
                self.found(matter, n, index, "books", f"the act could not be held against its rulebook ({error!r:.80})")
        try:
            against = closed_against(matter, opened)
            if against is not None:
                self.found(matter, n, index, against[0], f"the vote was not closed lawfully: {against[1]}")
            take_note(matter, opened)
        except BROKEN as error:
            matter.veiled = True
            self.found(matter, n, index, "kernel/votes", f"what it says of seats or votes has no form ({error!r:.80})")

    def _cites(self, matter: Matter, n: int, index: int, version: str, at: object, opened: dict) -> None:
        """The version that an entry cites was adopted and in force, and its day is that of its time (section 3)."""
        if opened.get("rule") == PROCEDURE + "rulebook_adopted" and "body.rulebook" not in opened:
            self._not_opened(["body.rulebook"], opened)
        elif opened.get("rule") == PROCEDURE + "rulebook_adopted":
            self.adopted.setdefault(opened["body.rulebook"]["digest"][7:], at)
        calendar = self.calendar_of(version)
        timed = opened.get("type") != "act" and "day" in opened and calendar is not None and not calendar.problem
        if timed and opened["day"] != str(calendar.local_day(at)):
            says = f"its day is {opened['day']}, and its time is on {calendar.local_day(at)}"
            self.found(matter, n, index, "calendar/zone", says)
        if not self.adopted:
            return
        if version not in self.adopted:
            self.unadopted.setdefault(version, (matter, n, index))
            return
        # A lapse has the time at which it fell due, and cites what was in force when it was entered.
        late = opened.get("as", "clock") == "clock" and opened.get("type", "act") == "act"
        begins, ours = self._begins(version)
        if begins is None:
            return
        self.dated += 1
        day = str(at)[:10]
        known = self.adopted[version] is None or self.adopted[version] <= at
        if not late and not (known and begins <= day):
            says = f"it cites the rulebook {version}, which was not in force yet"
            self.found(matter, n, index, "rulebook/in_force", says)
        for other, since in self.adopted.items():
            begins, theirs = self._begins(other)
            if begins is not None and begins <= day and (since is None or since <= at) and theirs > ours:
                says = f"it cites the rulebook {version}, in whose place {other} had come into force on {begins}"
                self.found(matter, n, index, "rulebook/in_force", says)
                return

    def _begins(self, version: str) -> tuple:
        """The day from which an adopted version is in force, and what orders it among the others; None if not here."""
        said = (self.rulebook_of(version) or {}).get("rulebook", {})
        since = self.adopted[version]
        if not said:
            return None, ()
        begins = said.get("in_force") or ("" if since is None else str(since)[:10])
        return begins, (begins, said.get("version", 0))

    def _procedure(self, matter: Matter, n: int, index: int, at: object) -> None:
        """What no book orders: it has its number and its time, and changes neither stage nor clock."""
        self.procedures += 1
        if at is not None and matter.latest is not None and at < matter.latest:
            says = f"it is dated before what came before it ({instant_text(matter.latest)})"
            self.found(matter, n, index, "kernel/order", says)

    def _walk(self, matter: Matter, n: int, index: int, version: str, at: object, opened: dict) -> None:
        """Hold one act against the rulebook, then go on as if it had been lawful, so that each fault is told once.

        A matter stays under the version that its first entry cites (I02); later ones cite what is in force by then.
        """
        book, name = opened["rule"].split(".", 1)
        if matter.rules is None:
            version = self._runs_under(matter, n, index, version, opened)
            matter.version, matter.book, matter.rules = version, book, self.rules_of(version, book)
            if matter.rules is None:
                matter.blind = f"the book {book} of its rulebook {version} is not here"
                return
            matter.facts = set(matter.rules.at_start)
        rules = matter.rules
        self.acts += 1
        # How a letter goes is what somebody chose; of what the clock does, the letters themselves are the entries.
        chosen = set() if opened.get("as") != "clock" else {"notice"}
        carried = [item for item in rules.acts.get(name, {}).get("carries", []) if item not in chosen]
        if not all(any(f"{kind}.{item}" in opened for kind in ("body", "text", "person")) for item in carried):
            self._not_opened([CARRIED], opened)
        if book != matter.book:
            self.found(matter, n, index, "books", f"it is an act of the book {book} in a matter of {matter.book}")
            return
        if "day" in opened and not rules.calendar.problem and opened["day"] != str(rules.calendar.local_day(at)):
            says = f"its day is {opened['day']}, and its time is on {rules.calendar.local_day(at)}"
            self.found(matter, n, index, "calendar/zone", says)
        if matter.at is not None and at < matter.at:
            says = f"it is dated before what came before it ({instant_text(matter.at)})"
            self.found(matter, n, index, "kernel/order", says)
            at = matter.at
        by_clock = name.startswith(MISSED) or rules.acts.get(name, {}).get("clock", False)
        if by_clock:
            self._by_clock(matter, n, index, name, at, opened)
        else:
            self._by_somebody(matter, n, index, name, at, opened)
        if name in rules.acts or name.startswith(MISSED):
            follow(matter, name, at, opened)
        matter.at = at

    def _runs_under(self, matter: Matter, n: int, index: int, version: str, opened: dict) -> str:
        """The version of a matter: the one cited, or where it names an older matter the one that it says, if adopted by then."""
        opens = opened.get("body.opens")
        said = opens.get("rulebook") if isinstance(opens, dict) else None
        if not isinstance(said, str) or said == f"sha256:{version}":
            return version
        if not opens.get("names"):
            says = f"it runs under {said}, cites {version}, and names no older matter whose rules those were"
            self.found(matter, n, index, "rulebook/in_force", says)
        if self.adopted and said[7:] not in self.adopted:
            self.unadopted.setdefault(said[7:], (matter, n, index))
        return said[7:]

    def _by_somebody(self, matter: Matter, n: int, index: int, name: str, at: object, opened: dict) -> None:
        """What people do. Whatever the clock had to do until then must stand before it."""
        due = next_lapses(matter)
        while due is not None and due[0] <= at:
            self._lapse_missing(matter, n, index, due)
            due = next_lapses(matter)
        against = fault(matter, name, opened.get("as"))
        held = held_back(matter, name) if against is None and not matter.timeless else None
        if held is not None and at < matter.rules.calendar.begins(held[0]):
            against = (
                f"{matter.rules.path}/limits/{held[1]}",
                f"it is too early: the limit {held[1]} opens it on {held[0]}",
            )
        against = against or self._votes(matter, n, index, name, opened)
        if "as" not in opened and against is None:
            says = f"number {n} of the matter {matter.id}: its role is not opened, so nobody can tell who did it"
            self.log.report.leave(self.log.path("disclosures.jsonl"), says)
        against = against or self._received_later(matter, name, at, opened)
        if against is not None:
            self.found(matter, n, index, against[0], f"{name} was not lawful: {against[1]}")

    def _votes(self, matter: Matter, n: int, index: int, name: str, opened: dict) -> tuple | None:
        """What a body did was decided by its votes, and these were cast by members who sat (section 3)."""
        role, votes = opened.get("as"), opened.get("body.votes")
        if matter.acts <= 1 or role not in matter.rules.seats:
            return None  # whoever opens a matter does so alone
        if votes is None:
            self._not_opened(["body.votes"] if matter.rules.seats[role] > 1 else [], opened)
            return None
        try:
            cast = votes_read(votes)
        except Wrong as wrong:
            return f"roles/{role}/majority", str(wrong)
        self.decided += 1
        against = votes_against(matter, name, opened, cast)
        self.unseen += matter.veiled or not all(who in matter.seats for who in cast)
        said = matter.cast.get(votes["proposal"], {})
        self.left_out += sum(who not in cast and matter.seats.get(who) == (role, "sits") for who in said)
        silent = any(seat == (role, "sits") and who not in said for who, seat in matter.seats.items())
        self.hasty += silent and (word_before(matter, opened) or {}).get("wait") is True
        return against

    def _received_later(self, matter: Matter, name: str, at: object, opened: dict) -> tuple | None:
        """What was received cannot have come after it was entered."""
        receipt, calendar = opened.get("body.receipt"), matter.rules.calendar
        received = receipt.get("received") if isinstance(receipt, dict) else None
        if calendar.problem or not is_day(received) or received <= str(calendar.local_day(at)):
            return None
        rule = f"{matter.rules.path}/acts/{name}/carries/receipt"
        return rule, f"it says that it was received on {received}, after it was entered"

    def _by_clock(self, matter: Matter, n: int, index: int, name: str, at: object, opened: dict) -> None:
        """What the clock did must have been due, and is dated when it was due."""
        path = matter.rules.path
        rule = f"{path}/limits/{name[len(MISSED) :]}" if name.startswith(MISSED) else f"{path}/acts/{name}"
        if opened.get("as", "clock") not in matter.rules.machines:
            says = f"{name} is what the clock does, and {opened['as']} did it"
            self.found(matter, n, index, rule + "/by", says)
        if matter.timeless:
            against = None if name.startswith(MISSED) else fault(matter, name, None)
            if against is not None:
                self.found(matter, n, index, against[0], f"{name} was not lawful: {against[1]}")
            return
        due = next_lapses(matter)
        while due is not None and name not in due[1] and due[0] <= at:
            self._lapse_missing(matter, n, index, due)
            due = next_lapses(matter)
        if due is None or name not in due[1]:
            against = None if name.startswith(MISSED) else fault(matter, name, None)
            says = against[1] if against else "no clock that leads to it had run out"
            self.found(matter, n, index, against[0] if against else rule, f"{name} was not due: {says}")
        elif due[0] != at:
            says = f"{name} is dated {instant_text(at)}, and was due at {instant_text(due[0])}"
            self.found(matter, n, index, rule, says)

    def _lapse_missing(self, matter: Matter, n: int, index: int | None, due: tuple) -> None:
        """Report what the clock had to do and did not, and stop that clock, so that it is told once."""
        at, name = due[0], due[1][0]
        limit = name[len(MISSED) :] if name.startswith(MISSED) else ""
        path = f"limits/{limit}" if limit else f"stages/{matter.stage}/clock"
        says = f"{name} was due at {instant_text(at)} by the clock, and it is not there before this"
        self.found(matter, n, index, f"{matter.rules.path}/{path}", says)
        if limit:
            matter.running.pop(limit, None)
        elif matter.owed == name:
            matter.owed = ""
        else:
            matter.last_day = None

    def finish(self, everything: bool = False) -> None:
        """At the end of the log: numbers that are missing, and what the clock owes until the last instant in it.

        `everything`: each sealed entry is opened, so that an adoption that is not here was never entered.
        """
        where = self.log.path("disclosures.jsonl")
        for version, (matter, n, index) in self.unadopted.items():
            if everything and not self.withheld.get("rule") and not self.withheld.get("body.rulebook"):
                says = f"it cites the rulebook {version}, which was never adopted by then"
                self.found(matter, n, index, "rulebook/in_force", says)
            else:
                says = f"whether the rulebook {version} was in force: its adoption is not opened before entry {index}"
                self.log.report.leave(where, says)
        for matter in self.matters.values():
            about = f"matter {matter.id}"
            if 0 < matter.gaps <= self.excused.get(matter.id, 0):
                says = (
                    f"{about}: its numbers {', '.join(matter.missing)}; they may be entries that lost all to an erasure"
                )
                self.log.report.leave(where, says)
            elif matter.missing:
                says = f"Matter {matter.id}: its number {', '.join(matter.missing)} is missing: withheld, or never entered."
                self.log.found("disclosures.jsonl", says)
            try:
                due = next_lapses(matter)
            except BROKEN as error:
                matter.blind, due = f"its rulebook is not one that can be applied ({error!r:.80})", None
            if due is not None and due[0] < self.last_at:
                self._lapse_missing(matter, matter.n + 1, None, due)
            if matter.blind:
                self.log.report.leave(where, f"{about}: its acts were not held against the rulebook: {matter.blind}")
            elif matter.timeless:
                self.log.report.leave(where, f"{about}: its clocks were not checked: {matter.timeless}")
        if self.unnumbered:
            says = f"{self.unnumbered} opened entries do not show matter and number, so gaps would not be seen"
            self.log.report.leave(where, says)

    def summary(self) -> None:
        """What was replayed."""
        if self.matters:
            alone = sum(not matter.acts and not matter.blind for matter in self.matters.values())
            without = f" ({alone} without an act of a book, as the file of a person is)" if alone else ""
            held = f"acts held against the rulebook that each matter began under: {self.acts}"
            if alone == len(self.matters):
                held = "there was no act to hold against a rulebook"
            self.log.report.holds(f"{self.log.folder}: matters opened: {len(self.matters)}{without}; {held}.")
        where = self.log.path("disclosures.jsonl")
        if self.procedures:
            says = "entries of the type procedure, held against their numbers and dates alone, for no book orders them"
            self.log.report.holds(f"{self.log.folder}: {says}: {self.procedures}.")
        if self.dated:
            says = f"entries that cite the version of the rulebook that was in force, as adopted here: {self.dated}"
            self.log.report.holds(f"{self.log.folder}: {says}.")
        if self.decided:
            self.log.report.holds(f"{self.log.folder}: acts of bodies held against their votes: {self.decided}.")
        if self.unseen:
            says = f"who cast the votes of {self.unseen} acts of bodies, or sat: that is not opened"
            self.log.report.leave(where, says)
        if self.hasty:
            says = "acts whose last voter would wait while somebody who sits had not voted, as is right where they have no vote"
            self.log.report.leave(where, f"{says}: {self.hasty}")
        if self.left_out:
            says = f"votes that were cast and not counted, as is right where somebody is in conflict: {self.left_out}"
            self.log.report.leave(where, says)
        for name, count in sorted(self.withheld.items()):
            self.log.report.leave(where, f"{name}, which is not opened in {count} of the entries that are")
        if self.erasures:
            says = f"erasures that are recorded and opened here: {self.erasures}."
            self.log.report.holds(f"{self.log.folder}: {says}")


# --- 9. Report and command line ---------------------------------------------------------------------------------------

USAGE = """evenhand-verify PATH ... --key VKEY [--key VKEY ...] [--cosigners FILE] [--format text|json] [--fork FILE]

Checks a record kept with Evenhand: an export or log (a folder with a checkpoint), receipts (.tlog-proof, a folder of
them, or .tlog-proofs), or a fork. What is given together is compared. It needs no network.

  --key VKEY        a verifier key, or a file that holds one: from the minutes or a member, never from what you check
  --cosigners FILE  who must have cosigned: {"k": 2, "of": ["<verifier key>", ...]}
  --format json     the same report for programs
  --fork FILE       where to write a fork that is found (never over a file that exists)
  --debug           show the place in this program where an error came up

Example:
  evenhand-verify export/ my-receipts/ --key harbour.example/record+1c2b3a4d+AQ... --cosigners cosigners.json

Exit code: 0 everything holds, 1 something does not, 2 it cannot be read or the arguments are wrong."""


class Report:
    """What was checked, what does not hold, and what could not be checked."""

    KEEP = 200  # of a log that is altered throughout, the first findings say enough

    def __init__(self, fork_file: str | None = None) -> None:
        self.checked: list = []
        self.findings: list = []
        self.not_checked: list = []
        self.forks: list = []
        self.forked = False  # whether a file was given that shows a fork
        self.logs: list = []
        self.count = 0
        self.fork_file = fork_file

    def holds(self, says: str) -> None:
        """Something that was checked and holds."""
        self.checked.append(says)

    def found(self, where: str, says: str, entry: int | None = None, rule: str | None = None) -> None:
        """Something that does not hold: where, what, and what to conclude."""
        self.count += 1
        if len(self.findings) < self.KEEP:
            self.findings.append({"where": where, "entry": entry, "rule": rule, "says": says})

    def leave(self, where: str, says: str) -> None:
        """Something that could not be checked, and why."""
        if len(self.not_checked) < self.KEEP and {"where": where, "says": says} not in self.not_checked:
            self.not_checked.append({"where": where, "says": says})

    def as_json(self) -> str:
        """The report for programs."""
        whole = {
            "holds": not self.count,
            "logs": self.logs,
            "checked": self.checked,
            "findings": self.findings,
            "count": self.count,
            "not_checked": self.not_checked,
            "forks": self.forks,
            "remember": REMEMBER,
        }
        return json.dumps(whole, indent=2)

    def as_text(self) -> str:
        """The report for people."""
        lines = list(self.checked)
        if self.not_checked:
            lines += ["", "Not checked:", *(f"- {one['where']}: {one['says']}." for one in self.not_checked)]
        lines.append("")
        if not self.count:
            two = "What was given shows two histories, as said above. Everything else that was checked holds."
            lines.append(two if self.forked else "Everything that was checked holds.")
        else:
            lines += [f"{self.count} thing{'s do' if self.count > 1 else ' does'} not hold:"]
            for one in self.findings:
                entry = "" if one["entry"] is None else f", entry {one['entry']}"
                lines.append(f"- {one['where']}{entry}: {one['says']}")
            if self.count > len(self.findings):
                lines.append(f"- and {self.count - len(self.findings)} more.")
        return "\n".join([*lines, REMEMBER])


def printable(text: str) -> str:
    """The text without signs that could move or hide others on a screen."""
    return "".join(sign if sign.isprintable() or sign == "\n" else "?" for sign in text)


def options_read(arguments: list) -> dict:
    """The options: paths, keys, cosigners, format, fork, debug."""
    options: dict = {"paths": [], "key": [], "cosigners": None, "format": "text", "fork": None}
    rest = [argument for argument in arguments if argument != "--debug"]
    while rest:
        argument = rest.pop(0)
        if not argument.startswith("--"):
            options["paths"].append(argument)
            continue
        name, equals, value = argument[2:].partition("=")
        if name not in ("key", "cosigners", "format", "fork"):
            raise Unreadable(f"There is no option {argument}. See evenhand-verify --help.")
        if not equals:
            if not rest:
                raise Unreadable(f"{argument} needs a value. See evenhand-verify --help.")
            value = rest.pop(0)
        if name == "key":
            options["key"].append(value)
        else:
            options[name] = value
    if options["format"] not in ("text", "json"):
        raise Unreadable("--format is text or json.")
    if not options["paths"]:
        raise Unreadable(
            "Name what is to be checked: an export, a log, receipts or a fork. See evenhand-verify --help."
        )
    if not options["key"]:
        says = (
            "Name the key of the log with --key, from the minutes, the rulebook or a member: a key taken from what is "
        )
        raise Unreadable(says + "to be checked shows nothing.")
    return options


def keys_read(values: list) -> list:
    """The keys that are pinned: each a verifier key, or a file that holds one."""
    keys = []
    for value in values:
        where, text = "--key", value
        if os.path.isfile(value):
            where = value
            try:
                text = (file_read(value, NOTE_LIMIT) or b"").decode("utf-8", "replace").strip()
            except Wrong:
                text = ""
        try:
            key = Key(text)
        except Wrong as wrong:
            raise Unreadable(
                f"{where} is not a key: {wrong}. Copy the whole line, or name a file that exists."
            ) from None
        if key.type != SIGNS:
            raise Unreadable(
                f"{where} is the key of a cosigner ({key.name}): it belongs into the file for --cosigners."
            )
        keys.append(key)
    return keys


def policy_read(path: str | None) -> Policy | None:
    """The policy in the file that --cosigners names; it may be written over several lines."""
    if path is None:
        return None
    try:
        data = file_read(path, NOTE_LIMIT)
        if data is None:
            raise Unreadable(f"There is no file {path}: name the file with the cosigners after --cosigners.")
        return Policy(json.loads(data.decode(), object_pairs_hook=_pairs))
    except (Wrong, ValueError, RecursionError) as error:
        says = f"{path} does not name cosigners: {error if isinstance(error, Wrong) else 'it is not JSON'}. "
        raise Unreadable(says + 'Write {"k": 2, "of": ["<verifier key>", ...]}.') from None


def kind_of(path: str) -> str:
    """What lies at a path: a log, receipts or a fork."""
    if os.path.isdir(path):
        return "log" if os.path.exists(os.path.join(path, "checkpoint")) else "receipts"
    if not os.path.isfile(path):
        raise Unreadable(f"{path} is not there, or is not a plain file. Look whether the name is right.")
    try:
        with open(path, "rb") as file:
            head = file.read(65_536)
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}. Look whether the name is right.") from None
    if head.startswith(FIRST_LINE):
        return "receipts"
    try:
        if head.startswith(b"{") and b'"type":"fork"' in (file_read(path, FORK_LIMIT) or b""):
            return "fork"
    except Wrong as wrong:
        raise Unreadable(f"{wrong}: it is no fork. Name a file from an export, or the folder of an export.") from None
    raise Unreadable(f"{path} is neither a receipt nor a fork. Name a file from an export, or the folder of an export.")


def run(options: dict, report: Report) -> None:
    """Check everything that was given, logs first, because they say to which key an old one handed over."""
    keys, policy = keys_read(options["key"]), policy_read(options["cosigners"])
    paths = [(path, kind_of(path)) for path in options["paths"]]
    logs, views, genesis = [], [], {}
    for path in [path for path, kind in paths if kind == "log"]:
        try:
            log = Log(path, report)
        except Wrong as wrong:
            says = f"This checkpoint cannot be read: {wrong}. It was altered, or is none."
            report.found(os.path.join(path, "checkpoint"), says)
            continue
        try:
            genesis[path] = check_log(log, keys, policy)
        except Wrong as wrong:
            genesis[path] = None
            report.found(path, f"This log could not be checked to its end: {wrong}.")
        report.logs.append({"path": path, "origin": log.origin, "size": log.size, "root": base64_text(log.root)})
        logs.append(log)
        if log.signed:
            views.append(View(log.where, log.checkpoint, log.trusted, log if log.sound else None))
    for log in logs:
        if genesis[log.folder] and "after" in genesis[log.folder]:
            try:
                check_after(log, genesis[log.folder], logs, keys, report)
            except Wrong as wrong:
                report.found(log.folder, f"It could not be compared with the log that it takes up: {wrong}.")
    trusted = keys + [key for log in logs for key in log.trusted if key not in keys]
    policies = {log.origin: log.policy for log in logs if log.signed}
    receipts = Receipts(report)
    for path in [path for path, kind in paths if kind == "receipts"]:
        others = sorted(os.listdir(path)) if os.path.isdir(path) else []
        others = [name for name in others if not name.endswith((".tlog-proof", ".tlog-proofs"))]
        if others:
            report.leave(path, f"what does not end in .tlog-proof or .tlog-proofs: {', '.join(others)[:300]}")
        for where, data in receipts_of(path):
            receipts.check(where, data, trusted, policy, policies)
    receipts.finish()
    views += [View(where, receipt.checkpoint, trusted, None) for where, receipt in receipts.held]
    compare_views(views, report)
    for path in [path for path, kind in paths if kind == "fork"]:
        given = {view.checkpoint.origin for view in views}
        check_fork(path, file_read(path, FORK_LIMIT) or b"", trusted, report, given)


def main(arguments: list) -> int:
    """The command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if "--help" in arguments or "-h" in arguments:
        print(USAGE)
        return 0
    try:
        options = options_read(arguments)
        report = Report(options["fork"])
        run(options, report)
    except Wrong as wrong:
        print(printable(f"{wrong}; it was not checked.".strip()), file=sys.stderr)
        print(REMEMBER, file=sys.stderr)
        return 2
    except Exception as error:  # no traceback ever reaches whoever checks
        if "--debug" in arguments:
            raise
        known = str(error) if isinstance(error, Unreadable) else f"This could not be read to its end ({error!r:.200}). "
        says = known if isinstance(error, Unreadable) else known + "Run it again with --debug and report what it shows."
        print(printable(says), file=sys.stderr)
        print(REMEMBER, file=sys.stderr)
        return 2
    print(report.as_json() if options["format"] == "json" else printable(report.as_text()))
    return 1 if report.count else 0


def entry() -> None:
    """The command `evenhand-verify`."""
    sys.exit(main(sys.argv[1:]))


if __name__ == "__main__":
    entry()
