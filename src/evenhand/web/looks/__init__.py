# SPDX-License-Identifier: Apache-2.0
"""How every page looks: the stylesheets, the heads of the three doors, the form fields, the pages of accounts and errors."""
