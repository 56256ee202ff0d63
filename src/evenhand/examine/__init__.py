# SPDX-License-Identifier: Apache-2.0
"""Asks of a case history that somebody else kept what was out of order, late, decided in own cause, or uneven."""
