# SPDX-License-Identifier: Apache-2.0
"""The bench is run from the root and is part of no distribution: here it is put where tests can import it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
