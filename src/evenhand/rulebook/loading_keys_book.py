# SPDX-License-Identifier: Apache-2.0
"""The keys of one book: its facts, stages, acts, limits and requirements."""

from evenhand.rulebook.carries import CARRIES
from evenhand.rulebook.loading_settling import settle_act, settle_stage
from evenhand.rulebook.loading_shapes import Key, Listed, Named, Record, Shorthand
from evenhand.rulebook.loading_values import DOTTED, LABEL, Length, Name, Text, Truth, Whole
from evenhand.rulebook.model import FACT_KINDS, START

LINE = Text(300)
FACTS = Listed(Name(wanted="the name of a fact"), single=True)
ACTS = Listed(Name(wanted="the name of an act"), single=True, least=1)
ROLES = Listed(Name(wanted="the name of a role"), single=True, least=1)

FACT = Record(
    path="books.BOOK.facts.FACT",
    says="Something that is or is not so in a matter.",
    keys=(
        Key(
            "kind",
            Name(known=FACT_KINDS),
            "What kind of thing it is: somebody was told, a step was taken, a charge, an interim measure, a sanction.",
            required=True,
        ),
        Key("at_start", Truth(), "Whether it already stands when the matter opens.", default=False),
        Key("says", Text(), "What the fact means.", default=""),
    ),
)
CLOCK = Record(
    path="books.BOOK.stages.STAGE.clock",
    says="How long a matter may stay in the stage, and what the clock does then.",
    keys=(
        Key("within", Length(), "The limit of the stage, counted from entry.", required=True),
        Key(
            "then",
            ACTS,
            "The act that the clock does when the limit passes; of several, the first that is lawful.",
            required=True,
        ),
    ),
)
STAGE = Record(
    path="books.BOOK.stages.STAGE",
    says="Where a matter stands.",
    settle=settle_stage,
    keys=(
        Key("clock", CLOCK, "The limit of the stage, and what happens when nobody acts."),
        Key("end", Truth(), "Whether the matter is over here.", default=False),
        Key("handover", Truth(), "Whether, at this end, other people take the matter over whole.", default=False),
        Key("clears", FACTS, "The facts that no longer stand once the stage is entered.", default=()),
        Key("says", Text(), "What the stage is for.", default=""),
    ),
)
ACT = Record(
    path="books.BOOK.acts.ACT",
    says="What somebody, or the clock, may do.",
    settle=settle_act,
    not_both=("once", "max"),
    keys=(
        Key(
            "in",
            Listed(Name(wanted="the name of a stage, or start"), single=True, least=1),
            "The stages in which it may be done; start opens a matter.",
            required=True,
        ),
        Key(
            "to",
            Name(wanted="the name of a stage"),
            "The stage to which it leads; left out, the matter stays where it is.",
        ),
        Key("by", ROLES, "The roles that may do it.", required=True),
        Key(
            "carries",
            Listed(Name(known=tuple(CARRIES)), single=True),
            "What goes with it, from a closed list.",
            default=(),
        ),
        Key("needs", FACTS, "The facts that must stand before it.", default=()),
        Key("unless", FACTS, "The facts that must not stand before it.", default=()),
        Key("sets", FACTS, "The facts that stand after it.", default=()),
        Key("clears", FACTS, "The facts that no longer stand after it.", default=()),
        Key("once", Truth(), "Whether it may be done only once in a matter; the same as max: 1.", default=False),
        Key("max", Whole(1, 100), "How often it may be done in a matter."),
        Key("days", Length(), "By how much it lengthens the running clock of the stage, once for each use."),
        Key("adverse", ROLES, "The roles whom it burdens.", default=()),
        Key(
            "appeal",
            Name(DOTTED, "an act, or an act with its book such as appeal.lodge"),
            "The act by which whoever is burdened can have it looked at again.",
        ),
        Key("merits", Truth(), "Whether it decides on the substance of the matter.", default=False),
        Key("measure", Truth(), "Whether it is an interim measure.", default=False),
        Key("outcome", LINE, "The outcome that is recorded."),
        Key(
            "title",
            LINE,
            "What the act is called on a button and in the history, such as Ask for more time.",
            default="",
        ),
        Key("says", Text(), "What the act is for.", default=""),
    ),
)
LIMIT = Record(
    path="books.BOOK.limits.LIMIT",
    says="A time limit from one act to another that runs beside the clock of the stage.",
    exactly_one=("within", "exactly", "at_least"),
    keys=(
        Key("from", ACTS, "The acts that start it; a later one starts it anew.", required=True),
        Key("to", ACTS, "The acts that meet it.", required=True),
        Key("within", Length(), "The act must come at the latest then."),
        Key("exactly", Length(), "The act must come on that day."),
        Key("at_least", Length(), "The act must not come before."),
        Key(
            "then",
            Name(wanted="the name of an act"),
            "The act of the clock that follows when it is missed; it may at most clear a measure.",
        ),
        Key("says", Text(), "What the limit protects.", default=""),
    ),
)
REQUIREMENT = Record(
    path="books.BOOK.requirements.REQUIREMENT",
    says="Something that must, or must never, happen in a matter in which something else happened.",
    exactly_one=("must", "never"),
    keys=(
        Key("says", Text(), "The requirement as a sentence.", required=True),
        Key("when", ACTS, "The acts, any of which makes the requirement apply.", required=True),
        Key("must", ACTS, "Acts, one of which must then happen in the matter.", default=()),
        Key("never", ACTS, "Acts, none of which may then happen in the matter.", default=()),
    ),
)
RULES = Record(
    path="books.BOOK.rules",
    says="What binds amendments beyond their acts; the book that has it is the one by which the rulebook is amended.",
    keys=(
        Key(
            "entrenched",
            Listed(Name(r"[a-z][a-z0-9_.]{0,99}", "a section of the rulebook or the name of a book")),
            "The sections and books that can be changed only in the way of this book.",
            default=(),
        ),
        Key("not_before", Length(), "How long after its adoption an amendment comes into force at the earliest."),
        Key("retroactive", Name(known=("never", "always")), "Whether an amendment binds what happened before it."),
        Key("must_publish", Listed(Text(300)), "What is published before the vote.", default=()),
    ),
)
LABELLED = Name(LABEL, "a name in lower-case letters, digits, _ and -")
BOOK = Record(
    path="books.BOOK",
    says="One procedure: its facts, stages and acts.",
    keys=(
        Key("title", LINE, "The name that people read.", default=""),
        Key("says", Text(), "What the book is for.", default=""),
        Key(
            "facts",
            Named(Shorthand("kind", FACT), ordered=True),
            "What can be so in a matter; a fact that is not declared does not load.",
            default={},
        ),
        Key(
            "stages", Named(STAGE, ordered=True, reserved=(START,), least=1), "Where a matter can stand.", required=True
        ),
        Key("acts", Named(ACT, ordered=True, least=1), "What can be done.", required=True),
        Key("limits", Named(LIMIT, LABELLED), "Time limits between acts, beside the clocks of the stages.", default={}),
        Key("requirements", Named(REQUIREMENT, LABELLED), "What must or must never happen together.", default={}),
        Key("rules", RULES, "What binds amendments beyond their acts.", default={}),
    ),
)
