# SPDX-License-Identifier: Apache-2.0
"""The tables: entries, which are the record, and what is read off them.

`Entry`, `Wrapping` and `Rulebook` are what all else can be made from again: read tables, the outbox and marks. No free text
and no name of anybody stands in a column: those are in `Entry.opens`, under the key of their matter, which lies elsewhere.
"""

from datetime import UTC, datetime

from django.db import models

NEVER = datetime(9999, 12, 31, tzinfo=UTC)
"""In a list, the day of what has no limit: after every other one."""
LISTED, BY_DUE = ("person", "status"), ("over", "due", "pseudonym", "role", "stage", "book", "opened")
IDENT = 32
"""Hex digits of an identifier with 128 random bits."""


class Rulebook(models.Model):
    """One version of the organisation's rules, as its text and by its digest."""

    digest = models.CharField(max_length=71, primary_key=True)
    name = models.CharField(max_length=64)
    version = models.IntegerField()
    in_force = models.DateField()
    published = models.DateTimeField()
    source = models.TextField()


class Matter(models.Model):
    """Any run of a procedure, and the file of each person and of the organisation itself (`kind` says which).

    `state` is the kernel's matter as data; `due` the instant of the next lapse; `n` the number of its entries;
    `before` that it was open before this record began (M12); `incident` groups matters about one incident (A06).
    """

    ident = models.CharField(max_length=IDENT, primary_key=True)
    slug = models.CharField(max_length=IDENT, unique=True)
    code = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=32, db_index=True)
    rulebook = models.CharField(max_length=71)
    book = models.CharField(max_length=64)
    conduct = models.CharField(max_length=71, default="")
    stage = models.CharField(max_length=64, db_index=True)
    over = models.BooleanField(default=False, db_index=True)
    outcome = models.CharField(max_length=128, default="")
    state = models.JSONField(default=dict)
    due = models.DateTimeField(null=True, db_index=True)
    opened = models.DateTimeField()
    last = models.DateTimeField()
    n = models.IntegerField(default=0)
    raised = models.CharField(max_length=64, default="")
    names = models.CharField(max_length=IDENT, default="", db_index=True)
    incident = models.CharField(max_length=IDENT, default="", db_index=True)
    marked = models.BooleanField(default=False)
    before = models.BooleanField(default=False)
    told = models.BooleanField(default=False)

    class Meta:
        """Counted on its own: what was open before the record."""

        indexes = (models.Index(fields=("before", "over"), name="matter_before"),)


class Wrapping(models.Model):
    """The key of a matter, wrapped for one reader: a list, so that keys for each reader can come without a new format (M25)."""

    matter = models.CharField(max_length=IDENT, db_index=True)
    reader = models.CharField(max_length=64)
    blob = models.BinaryField()

    class Meta:
        """One for each reader."""

        constraints = (models.UniqueConstraint(fields=("matter", "reader"), name="one_wrapping_for_a_reader"),)


class Entry(models.Model):
    """One entry of the record: its bytes as hashed, what opens it (encrypted), and its place once it is sealed.

    `matter` and `n` are empty for what concerns the log itself: genesis, a rotated key, padding. They name no row of a read
    table, because those can be made anew.
    """

    id = models.BigAutoField(primary_key=True)
    matter = models.CharField(max_length=IDENT, default="")
    n = models.IntegerField(null=True)
    type = models.CharField(max_length=32)
    rule = models.CharField(max_length=128, default="")
    role = models.CharField(max_length=64, default="")
    by = models.CharField(max_length=IDENT, default="")
    at = models.DateTimeField()
    data = models.BinaryField()
    leaf = models.CharField(max_length=64, unique=True)
    opens = models.BinaryField(default=b"")
    position = models.BigIntegerField(null=True, unique=True)

    class Meta:
        """Numbered within a matter without a gap: the guard against two people acting on the same state."""

        constraints = (models.UniqueConstraint(fields=("matter", "n"), name="one_entry_for_a_number"),)
        # Not by type: a database that has counted nothing yet would look through every act to find those of one matter.
        indexes = (
            models.Index(fields=("matter", "rule"), name="entry_matter_rule"),
            models.Index(fields=("rule",), name="entry_rule"),
        )


class Person(models.Model):
    """A person or body that can be a party or hold an office; name and address are in the entry `entry` of its file."""

    handle = models.CharField(max_length=IDENT, primary_key=True)
    file = models.OneToOneField(Matter, models.PROTECT, related_name="person")
    kind = models.CharField(max_length=16)
    entry = models.BigIntegerField()
    number = models.CharField(max_length=64, default="", db_index=True)
    address = models.CharField(max_length=64, default="", db_index=True)
    since = models.CharField(max_length=10, default="")
    until = models.CharField(max_length=10, default="")


class Part(models.Model):
    """The part that a person has in a matter, under the pseudonym by which alone the record knows them there.

    `kind` is party or seat. A seat is `called`, `declared` (waiting for a ruling), `sits`, `left` or `suspended`; a party is
    `party`. `rank` is the place in the order drawn. `until` is the last day for declaring, or for the ruling that a seat
    waits for; empty where none is. From `code` on, a row repeats what lists are narrowed and sorted by (`write.listed`);
    `mixed`: the person has held or decided something else here, or in a matter that this one names.
    """

    pseudonym = models.CharField(max_length=IDENT, primary_key=True)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="parts")
    person = models.CharField(max_length=IDENT, default="")
    role = models.CharField(max_length=64)
    kind = models.CharField(max_length=8)
    status = models.CharField(max_length=16)
    rank = models.IntegerField(default=0)
    read = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.CharField(max_length=10, default="")
    entry = models.BigIntegerField()
    code = models.CharField(max_length=64, default="")
    book = models.CharField(max_length=64, default="")
    stage = models.CharField(max_length=64, default="")
    over = models.BooleanField(default=False)
    due = models.DateTimeField(default=NEVER)
    opened = models.DateTimeField(default=NEVER)
    mixed = models.BooleanField(default=False)

    class Meta:
        """Looked up by matter and role, and by person; each order of a list has an index that holds all that it asks."""

        indexes = (
            models.Index(fields=("matter", "role"), name="part_role"),
            models.Index(fields=(*LISTED, *BY_DUE), name="part_due"),
            models.Index(fields=(*LISTED, "opened", "pseudonym", "role"), name="part_opened"),
            models.Index(fields=(*LISTED, "code", "pseudonym", "role"), name="part_code"),
            models.Index(fields=("person", "mixed"), name="part_mixed"),
        )


class Alleged(models.Model):
    """A clause under which something is alleged in a matter, as a keyed hash by which equals meet."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="alleged")
    clause = models.CharField(max_length=64)

    class Meta:
        """Each once, and found by the clause."""

        constraints = (models.UniqueConstraint(fields=("clause", "matter"), name="one_allegation_a_clause"),)


class Fact(models.Model):
    """A dated fact about who is connected with whom: what conflicts of interest are found from. Bounds as ISO text."""

    ident = models.CharField(max_length=IDENT, primary_key=True)
    kind = models.CharField(max_length=32)
    a = models.CharField(max_length=128)
    b = models.CharField(max_length=128)
    since_lo = models.CharField(max_length=10)
    since_hi = models.CharField(max_length=10)
    until_lo = models.CharField(max_length=10, null=True)
    until_hi = models.CharField(max_length=10, null=True)
    source = models.CharField(max_length=128)
    status = models.CharField(max_length=16)
    known = models.CharField(max_length=27)
    withdrawn = models.CharField(max_length=27, null=True)
    entry = models.BigIntegerField()

    class Meta:
        """Read from either end."""

        indexes = (
            models.Index(fields=("kind", "a", "b"), name="fact_ab"),
            models.Index(fields=("kind", "b"), name="fact_b"),
            models.Index(fields=("a",), name="fact_of"),
            models.Index(fields=("b",), name="fact_to"),
            models.Index(fields=("entry",), name="fact_entry"),
        )


class Proposal(models.Model):
    """An act that a member of a body has proposed; what it is to carry is in its entry."""

    ident = models.CharField(max_length=IDENT, primary_key=True)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="proposals")
    act = models.CharField(max_length=64)
    role = models.CharField(max_length=64)
    status = models.CharField(max_length=16)
    entry = models.BigIntegerField()


class Vote(models.Model):
    """How a member of a body voted on a proposal; the last one counts."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="votes")
    pseudonym = models.CharField(max_length=IDENT)
    choice = models.CharField(max_length=16)
    entry = models.BigIntegerField()

    class Meta:
        """One vote a member."""

        constraints = (models.UniqueConstraint(fields=("proposal", "pseudonym"), name="one_vote_a_member"),)


class Item(models.Model):
    """An item of evidence by its label; title, source and hash are in its entry, its bytes in the file store."""

    ident = models.CharField(max_length=IDENT, primary_key=True)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="items")
    label = models.IntegerField()
    kind = models.CharField(max_length=16)
    received = models.DateTimeField()
    superseded = models.CharField(max_length=IDENT, default="")
    entry = models.BigIntegerField()


class Handed(models.Model):
    """That an item was served on a party, or withheld from it."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="handed")
    pseudonym = models.CharField(max_length=IDENT)
    status = models.CharField(max_length=16)
    entry = models.BigIntegerField()

    class Meta:
        """The last word for each party."""

        constraints = (models.UniqueConstraint(fields=("item", "pseudonym"), name="one_word_a_party"),)


class Letter(models.Model):
    """A letter as sent; its text is in its entry."""

    entry = models.BigIntegerField(primary_key=True)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="letters")
    to = models.CharField(max_length=IDENT)
    template = models.CharField(max_length=128)
    at = models.DateTimeField()


class Affected(models.Model):
    """A decision listed because somebody who took part was in conflict, and what became of it (D10, D11)."""

    ident = models.CharField(max_length=IDENT, primary_key=True)
    review = models.ForeignKey(Matter, models.PROTECT, related_name="affected")
    decision = models.BigIntegerField()
    person = models.CharField(max_length=IDENT)
    rank = models.IntegerField()
    due = models.CharField(max_length=10, default="")
    disposition = models.CharField(max_length=16, default="")
    entry = models.BigIntegerField()


class Outbox(models.Model):
    """Something to be done after an act, written in the act's own transaction; handlers may run twice."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=32)
    entry = models.BigIntegerField(null=True)
    about = models.JSONField(default=dict)
    due = models.DateTimeField()
    done = models.DateTimeField(null=True, db_index=True)
    tries = models.IntegerField(default=0)
    trouble = models.CharField(max_length=255, default="")


class Asked(models.Model):
    """A request that was carried out, by the key of its form: sending it twice does nothing twice."""

    key = models.CharField(max_length=64, primary_key=True)
    matter = models.CharField(max_length=IDENT)
    first = models.BigIntegerField()
    last = models.BigIntegerField()


READ_TABLES = (Matter, Person, Part, Alleged, Fact, Proposal, Vote, Item, Handed, Letter, Affected)
"""What `rebuild` makes from the entries, in the order in which rows may be put in."""
