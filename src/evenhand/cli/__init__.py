# SPDX-License-Identifier: Apache-2.0
"""The command line: one command, `evenhand`, whose sub-commands read as sentences.

`main` is where it begins, `commands` lists what there is, and each command is a module of its own: what is asked,
what must hold, what follows. `terminal` is the only way to print.
"""
