# SPDX-License-Identifier: Apache-2.0
"""What can go wrong between a log and a cosigner, each a whole sentence for a person to read."""


class CosignError(Exception):
    """Something cannot be done or read; `sentence` says what, where, and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Malformed(CosignError):
    """A request that is not written as the protocol says."""


class Unreachable(CosignError):
    """A cosigner did not answer."""
