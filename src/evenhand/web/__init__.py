# SPDX-License-Identifier: Apache-2.0
"""The doors: desk, portal and public site, with accounts, looks, error pages and the one clock. Django begins here."""
