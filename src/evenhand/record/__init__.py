# SPDX-License-Identifier: Apache-2.0
"""Turns entries into an append-only Merkle log: canonical bytes, commitments, tree, checkpoints, tiles, receipts, cosignatures."""
