# SPDX-License-Identifier: Apache-2.0
"""The one source of chance of the doors. Everything below is given it as an argument; only here does it come from the system."""

import secrets
from collections.abc import Callable

chance: Callable[[int], bytes] = secrets.token_bytes
"""So many random bytes."""
