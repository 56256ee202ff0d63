# SPDX-License-Identifier: Apache-2.0
"""The keys of a rulebook outside its books: what each is called, what may stand there, and what it means.

`RULEBOOK` is the whole language. The loader reads with it, `schema` publishes it, and a test holds the manual
(docs/rulebook.md) against it: a key cannot be added in one of the three alone.
"""

from evenhand.rulebook.loading_keys_book import BOOK
from evenhand.rulebook.loading_keys_people import CONFLICTS, ROLE, ROLE_KEYS
from evenhand.rulebook.loading_settling import settle_calendar, settle_head
from evenhand.rulebook.loading_shapes import Key, Listed, Named, Record
from evenhand.rulebook.loading_values import CLAUSE, LABEL, Day, Free, Length, Name, Share, Text, Truth, Whole

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LINE = Text(300)
LABELLED = Name(LABEL, "a name in lower-case letters, digits, _ and -")
CLAUSES = Name(CLAUSE, "the number of a clause in letters, digits, _, . and -")

HEAD = Record(
    path="rulebook",
    says="What this rulebook is called and which version it is.",
    settle=settle_head,
    keys=(
        Key(
            "id",
            Text(100, r"[a-z0-9][a-z0-9_/-]*", "a name in lower-case letters, digits, /, _ and -"),
            "The name of the rulebook; it stays the same from version to version.",
            required=True,
        ),
        Key("title", LINE, "The name that people read.", default=""),
        Key("version", Whole(), "The number of this version, counted from 1.", required=True),
        Key("adopted", Day(), "The day on which this version was adopted."),
        Key("in_force", Day(), "The day from which this version binds."),
        Key("replaces", Whole(), "The number of the version that this one replaces."),
    ),
)
APPLIES = Record(
    path="applies",
    says="Which version of the rules a matter is judged by.",
    keys=(
        Key("conduct", LINE, "Which version says what was allowed.", default=""),
        Key("procedure", LINE, "Which version says how the matter is handled.", default=""),
    ),
)
COUNTING = Record(
    path="calendar.counting",
    says="How days are counted.",
    keys=(
        Key(
            "day_one",
            Name(known=("next day", "same day")),
            "Which day is day 1 of a limit: the day after, or the day itself.",
            default="next day",
        ),
        Key(
            "ends",
            Text(5, r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", 'a time of day in quotes, such as "23:59"'),
            "The local time at which the last day of a limit ends; write it in quotes.",
            default="23:59",
        ),
        Key(
            "roll",
            Truth(),
            "Whether a limit in days (d) that ends on a non-working day runs to the next working day.",
            default=False,
        ),
    ),
)
CALENDAR = Record(
    path="calendar",
    says="The calendar that is pinned to this version: a later list of holidays never moves a limit that is running.",
    settle=settle_calendar,
    keys=(
        Key(
            "zone",
            Text(64, r"[A-Za-z0-9_+/-]+", "a time zone such as Europe/London"),
            "The time zone whose local dates are counted.",
            required=True,
        ),
        Key("weekend", Listed(Name(known=WEEK)), "The days of the week on which nobody works.", default=("sat", "sun")),
        Key("holidays", Listed(Day()), "The dates on which nobody works, besides weekends.", default=()),
        Key("counting", COUNTING, "How days are counted.", default={}),
        Key(
            "service",
            Named(Length(0)),
            "For each way of sending, after how long what was sent counts as received.",
            default={},
        ),
    ),
)
CLAUSE_KEYS = Record(
    path="code.CLAUSE",
    says="One clause of the code of conduct.",
    keys=(
        Key("text", Text(), "What the clause demands or forbids.", required=True),
        Key("examples", Listed(Text(1_000)), "Examples of what the clause means.", default=()),
        Key(
            "sanctions",
            Listed(Name(wanted="the name of a sanction")),
            "The sanctions that may follow a breach of it.",
            default=(),
        ),
    ),
)
SANCTION = Record(
    path="sanctions.SANCTION",
    says="One sanction of the closed list. Further keys with a text or a whole number may be added for people to read.",
    further=Free(),
    keys=(
        Key("rank", Whole(0, 100), "How severe it is; a higher rank is more severe.", required=True),
        Key("max", LINE, "How far it may go.", default=""),
        Key("needs", Share(), "The share of the seats that must agree to it."),
    ),
)
PROMISES = Record(
    path="promises",
    says="Thresholds that the checks hold the books to; to lower one is shown as a narrowing.",
    keys=(
        Key("longest", Length(), "The longest that a matter may take."),
        Key("bury_needs", Whole(1, 1_000), "The fewest officials who together could end a case without a decision."),
        Key(
            "conflicted",
            Whole(0, 1_000),
            "How many people of every pool may be conflicted out while its seats can still be filled.",
        ),
        Key("amend_needs", Whole(), "The fewest people who together can change the rules."),
    ),
)
LETTER = Record(
    path="texts.LETTER",
    says="The text of a letter.",
    keys=(
        Key(
            "acts",
            Listed(
                Name(
                    r"[a-z][a-z0-9_]{0,63}(?:\.[a-z][a-z0-9_-]{0,63}){1,2}",
                    "an act with its book, such as discipline.admit",
                ),
                single=True,
                least=1,
            ),
            "The acts after which it goes out, each with its book; BOOK.missed.LIMIT for a missed limit.",
            required=True,
        ),
        Key("to", Listed(ROLE, single=True, least=1), "The roles that receive it.", required=True),
        Key("subject", LINE, "The subject; it may have named blanks such as {stage}.", required=True),
        Key(
            "body",
            Text(20_000),
            "The words of the letter, with named blanks such as {respondent} and {due}.",
            required=True,
        ),
    ),
)
RULEBOOK = Record(
    path="",
    says="A rulebook: the rules of an organisation on complaints, discipline and rule-making, one version, one file.",
    keys=(
        Key("rulebook", HEAD, HEAD.says, required=True),
        Key("applies", APPLIES, APPLIES.says, default={}),
        Key("calendar", CALENDAR, CALENDAR.says, required=True),
        Key("code", Named(CLAUSE_KEYS, CLAUSES), "The code of conduct, clause by clause.", default={}),
        Key("sanctions", Named(SANCTION), "The closed list of sanctions.", default={}),
        Key("roles", Named(ROLE_KEYS, least=1), "Everybody who acts: offices, parties and the clock.", required=True),
        Key(
            "apart",
            Listed(Listed(ROLE, least=2)),
            "Lists of roles; nobody may hold two roles of one list in one matter.",
            default=(),
        ),
        Key("conflicts", CONFLICTS, CONFLICTS.says, default={}),
        Key("promises", PROMISES, PROMISES.says, default={}),
        Key(
            "books",
            Named(BOOK, reserved=("procedure",), least=1),
            "The procedures: discipline, appeal, amendment, election, motion.",
            required=True,
        ),
        Key(
            "publication", Named(Free(), Name(r".+", "a text")), "What is published of a matter, and when.", default={}
        ),
        Key("retention", Named(Free(), Name(r".+", "a text")), "How long what is kept.", default={}),
        Key("monitor", Named(Free(), Name(r".+", "a text")), "What the equal-treatment figures compare.", default={}),
        Key("texts", Named(LETTER, LABELLED), "The texts of letters.", default={}),
    ),
)
