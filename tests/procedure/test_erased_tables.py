# SPDX-License-Identifier: Apache-2.0
"""No read table can be forgotten where a matter is erased (L05)."""

from evenhand.store import models
from evenhand.store.write.erased import OF_A_MATTER


def test_every_table_with_rows_of_a_matter_is_emptied_of_an_erased_one():
    """L04: a table that comes later would keep what was erased everywhere else."""
    of_a_matter = {
        table for table in models.READ_TABLES if any(one.attname == "matter_id" for one in table._meta.concrete_fields)
    }
    assert of_a_matter == set(OF_A_MATTER)
