# SPDX-License-Identifier: Apache-2.0
"""What anybody can read without signing in: the rules in force, their versions, and, in an invented organisation, the tour."""
