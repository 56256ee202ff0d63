# SPDX-License-Identifier: Apache-2.0
"""The commands `evenhand record ...`: a log in files that other people's software verifies."""
