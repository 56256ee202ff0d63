# SPDX-License-Identifier: Apache-2.0
"""A matter on a page, the same for both sides and at both doors: its state, its clock, what is missing, what may be done."""
