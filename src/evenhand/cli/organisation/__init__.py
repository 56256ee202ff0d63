# SPDX-License-Identifier: Apache-2.0
"""Commands on an organisation that keeps its record with Evenhand."""
