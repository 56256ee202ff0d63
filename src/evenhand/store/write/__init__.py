# SPDX-License-Identifier: Apache-2.0
"""What writes entries, read tables and the outbox. Only `procedure` may import it; `rebuild` uses the same functions."""
