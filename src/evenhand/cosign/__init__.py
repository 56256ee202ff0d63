# SPDX-License-Identifier: Apache-2.0
"""Cosigners: one that cosigns the logs of others (C2SP `tlog-witness`), and how a log asks its own."""
