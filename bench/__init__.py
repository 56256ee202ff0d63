# SPDX-License-Identifier: Apache-2.0
"""What Evenhand costs, measured against named peers in one run: `python -m bench`. Read docs/bench.md first."""
