# SPDX-License-Identifier: Apache-2.0
"""What may be written into a log."""

import logging
import re

TOKEN = re.compile(r"(/in/)[^/\s]+")


class WithoutTokens(logging.Filter):
    """Takes tokens of links out of what is logged: they are as good as a password until they are used."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the line through, without tokens."""
        record.msg = TOKEN.sub(r"\1…", record.getMessage())
        record.args = ()
        return True
