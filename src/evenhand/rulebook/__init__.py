# SPDX-License-Identifier: Apache-2.0
"""Reads an organisation's rules as text, compiles them to a finite table, and checks them.

`reading` turns YAML into nodes that know their line, `loading` turns nodes into the values of `model`,
`table` compiles a book, `checks` proves or refutes it, `calendar` counts its days.
"""
