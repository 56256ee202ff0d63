# SPDX-License-Identifier: Apache-2.0
"""Letters from the rulebook's own texts: written, kept as sent, and handed to a mail server or a folder."""
