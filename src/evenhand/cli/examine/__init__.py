# SPDX-License-Identifier: Apache-2.0
"""`evenhand examine`: what was out of order in a case history that somebody else kept."""
