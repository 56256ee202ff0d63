# SPDX-License-Identifier: Apache-2.0
"""What goes wrong with a kept file; each sentence says what is the matter and what to do."""

from evenhand.store.trouble import Trouble


class EvidenceTrouble(Trouble):
    """A file of evidence cannot be kept or read."""


class TooLarge(EvidenceTrouble):
    """The file is larger than is taken; nothing of it was kept."""


class NotKept(EvidenceTrouble):
    """The file could not be written, or broke off while it came; nothing of it was kept."""


class Missing(EvidenceTrouble):
    """There is no file under this name."""


class NoKeptFile(EvidenceTrouble):
    """What lies there is no file of this store, or is the file of another name."""


class OtherKey(EvidenceTrouble):
    """The key of this matter does not open the file."""


class CutOff(EvidenceTrouble):
    """The end of the file is missing."""


class Altered(EvidenceTrouble):
    """A piece of the file was changed, moved or put in from elsewhere."""
