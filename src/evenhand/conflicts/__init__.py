# SPDX-License-Identifier: Apache-2.0
"""Who may not do what in which matter, on which dated fact, and which past acts a new fact puts in doubt."""
