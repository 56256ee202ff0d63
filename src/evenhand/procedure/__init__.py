# SPDX-License-Identifier: Apache-2.0
"""The only writer: takes one request, asks the domain, enters what follows, and hands back receipts, in one transaction."""
