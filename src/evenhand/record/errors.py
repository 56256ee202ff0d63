# SPDX-License-Identifier: Apache-2.0
"""What can be wrong with a record, each by its own name; every one carries a whole sentence for a person to read.

Readers of this package raise nothing else, whatever bytes they are given.
"""


class RecordError(Exception):
    """Something of a record cannot be read, does not hold or may not be done; `sentence` says what and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class ProfileError(RecordError):
    """Bytes or a value outside the profile `evenhand-jcs-1`."""


class EntryError(RecordError):
    """An entry that has not the shape it must have, or is too large."""


class DisclosureError(RecordError):
    """A disclosure that cannot be read, or that belongs to no entry."""


class KeyTextError(RecordError):
    """A verifier key or a signing key that cannot be read or must not be used."""


class NoteError(RecordError):
    """A signed note that cannot be read, or whose signature does not hold."""


class CheckpointError(RecordError):
    """A note that is no checkpoint, or not of the log it should be of."""


class PolicyError(RecordError):
    """A policy of cosigners that cannot be read, or that is not met."""


class HashListError(RecordError):
    """An inclusion or consistency list that does not lead to the root."""


class TileError(RecordError):
    """A tile or an entry bundle that cannot be read, or that contradicts the rest of the log."""


class ReceiptError(RecordError):
    """A receipt that cannot be read."""


class ForkError(RecordError):
    """A file that does not show that a log signed two histories."""


class LogError(RecordError):
    """A log in files that is not whole, is busy, or may not be continued."""
