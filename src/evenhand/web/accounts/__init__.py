# SPDX-License-Identifier: Apache-2.0
"""Who signs in and how: accounts without a name, passkeys, second factors, receipt codes, one-time links, sessions."""
