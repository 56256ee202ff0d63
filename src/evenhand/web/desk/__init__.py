# SPDX-License-Identifier: Apache-2.0
"""The desk: what is due from officers, investigators, panels and reviewers, and the matters in which they have a seat."""
