# SPDX-License-Identifier: Apache-2.0
"""The invented Harbour Federation: its members, three years of its matters, and a link by which each kind of person signs in."""
