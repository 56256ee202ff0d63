# SPDX-License-Identifier: Apache-2.0
"""The one part of the record that touches a disk: a log as a folder of files, its signer file, and what reads them."""
