# SPDX-License-Identifier: Apache-2.0
"""What stops an examination: input that cannot be read at all, said in one sentence."""


class Unreadable(Exception):
    """Nothing can be examined: one sentence that says what is wrong, where, and what to do.

    Damage to a part never raises it: a damaged line, file or column becomes a row of `rejected` or `doubtful`.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
