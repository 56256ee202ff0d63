# SPDX-License-Identifier: Apache-2.0
"""`evenhand cosign`: cosign the logs of others, and have one's own log cosigned."""
