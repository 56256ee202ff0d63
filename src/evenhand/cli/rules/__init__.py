# SPDX-License-Identifier: Apache-2.0
"""`evenhand rules`: what an organisation's own rules say, and what follows from them."""
