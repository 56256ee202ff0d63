# SPDX-License-Identifier: Apache-2.0
"""What goes wrong with an organisation's folder, keys, database or record, told in a sentence that says what to do."""


class Trouble(Exception):
    """The sentence is for people and is all that they need."""

    @property
    def sentence(self) -> str:
        """What is wrong and what to do."""
        return str(self)
