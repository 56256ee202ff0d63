# SPDX-License-Identifier: Apache-2.0
"""The closed list of what an act can carry, and which of it can tell a party who complained or what was said.

The list is closed so that the checks know every item: an organisation names its acts as it likes, but what goes with an
act is one of these. What discloses may not be sent by a clock alone (check C14, requirement M14): whether it is safe to
tell is a question for a person.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Carried:
    """One thing that an act can carry: what it is, and whether it can disclose who complained or what was said."""

    says: str
    discloses: bool


CARRIES = {
    "account": Carried("What somebody says happened, in their own words.", True),
    "clauses": Carried("The clauses of the code that the matter is about.", True),
    "grounds": Carried("Why somebody asks for this: the grounds of an appeal, a challenge, a request.", False),
    "reasons": Carried("Why it was decided so, in words that answer what the parties said.", False),
    "evidence": Carried("What the act rests on: documents, recordings, what witnesses gave.", True),
    "notice": Carried(
        "That a step was taken, and what may now be done, by whom and by when; nothing of the content.", False
    ),
    "hearing": Carried("Date and place of a hearing.", False),
    "vote": Carried("How the members of the body voted.", False),
    "tariff": Carried("A sanction within the tariff of the code, or the reason why it is outside.", False),
    "finding": Carried("For each clause, whether it was found broken.", False),
    "consent": Carried("The recorded consent of those whom the step needs.", False),
    "person": Carried("Who is assigned to the matter, or accompanies a party.", True),
    "expiry": Carried("The day on which a measure ends by itself.", False),
    "proportionality": Carried("Why nothing milder would do.", False),
    "statement": Carried("A statement for the file by a party or a witness.", True),
    "text": Carried("The text of an amendment or a motion.", False),
    "response": Carried("A response to a consultation, or the answer to one.", False),
    "candidates": Carried("The list of candidates of an election.", False),
    "count": Carried("The count of a vote, in a form that others can repeat.", False),
    "danger": Carried(
        "The two questions of urgency: is anybody in danger, and is it safe to tell the respondent.", False
    ),
    "request": Carried("What somebody asks for, such as more time or a hearing by video.", False),
    "receipt": Carried("The day on which something was received, and the day on which it was entered.", False),
}
