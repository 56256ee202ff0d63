# SPDX-License-Identifier: Apache-2.0
"""The database: entries, the read tables that can be made again from them, the outbox; seals entries into the record."""
