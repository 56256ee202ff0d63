# SPDX-License-Identifier: Apache-2.0
"""Items of evidence as files: kept once, sealed, never changed, and read whole or in part (E01, L04)."""
