# SPDX-License-Identifier: Apache-2.0
"""What is measured of Evenhand, one program each; it prints one line of JSON."""
