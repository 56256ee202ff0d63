# SPDX-License-Identifier: Apache-2.0
"""What a matter is and may become: the kernel `decide`, `evolve`, `lapses`, and what an act can carry."""
