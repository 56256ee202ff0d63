# SPDX-License-Identifier: Apache-2.0
"""What stops a rulebook from loading: the file, the line, and one sentence that says what to do."""


class Malformed(Exception):
    """A text that is not a rulebook of the language. `line` counts from 1 and lies within the file.

    `str()` gives "FILE:LINE: sentence", which editors and terminals turn into a link.
    """

    def __init__(self, *, file: str, line: int, sentence: str) -> None:
        super().__init__(f"{file}:{line}: {sentence}")
        self.file, self.line, self.sentence = file, line, sentence
