# SPDX-License-Identifier: Apache-2.0
"""Evenhand: complaints, discipline and rule-making that outsiders can check."""
