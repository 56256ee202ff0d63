# SPDX-License-Identifier: Apache-2.0
"""Signing in by the organisation's own provider of OpenID Connect."""
