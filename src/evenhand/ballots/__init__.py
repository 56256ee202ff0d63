# SPDX-License-Identifier: Apache-2.0
"""Recorded votes, whether one of them decided, and draws by lot that anybody can repeat."""
