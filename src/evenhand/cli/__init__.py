# SPDX-License-Identifier: Apache-2.0
"""The command line: one command, `evenhand`, whose sub-commands read as sentences."""
