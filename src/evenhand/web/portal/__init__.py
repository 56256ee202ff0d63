# SPDX-License-Identifier: Apache-2.0
"""The portal: for whoever complains and whoever is complained about, the same stage, clock and list for both."""
