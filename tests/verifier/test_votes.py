# SPDX-License-Identifier: Apache-2.0
"""What a body did is held against the votes that were cast by its members (record-format, 3; F01, D08)."""

import json

import pytest

from tests.verifier.matters import Story
from tests.verifier.writing import noise

CLUB = json.dumps(
    {
        "language": 1,
        "calendar": {"zone": "UTC"},
        "roles": {
            "member": {"kind": "party"}, "clock": {"kind": "machine"}, "bench": {"seats": 3, "majority": 2},
        },
        "sanctions": {"warning": {"rank": 1}, "expulsion": {"rank": 2, "needs": "1"}},
        "books": {
            "case": {
                "stages": [{"id": "open"}, {"id": "over", "end": True}],
                "acts": [
                    {"id": "lodge", "in": ["start"], "to": "open", "by": ["member"]},
                    {"id": "decide", "in": ["open"], "by": ["bench"], "carries": ["tariff", "reasons", "vote"]},
                ],
            }
        },
    },
    sort_keys=True,
    separators=(",", ":"),
).encode()  # fmt: skip
BENCH = [noise("bench", n).hex()[:32] for n in range(3)]
STRANGER, IDENT = noise("stranger").hex()[:32], noise("proposal").hex()[:32]
AT = "2026-04-01T10:%02d:00Z"


class Bench(Story):
    """A case with three members of a bench who have declared, a proposal and their votes."""

    def __init__(self) -> None:
        super().__init__(CLUB, "case")
        self.does("member", "lodge", AT % 0)
        for who in BENCH:
            part = {"pseudonym": who, "role": "bench", "kind": "seat", "status": "called", "person": "x"}
            self.note("seat_called", "clock", seat={"pseudonym": who, "role": "bench"}, **{"person.parts": [part]})
            self.note("declaration_made", "bench", by=who, seat={"pseudonym": who, "role": "bench", "answer": "none"})

    def note(self, name, role, *, by=None, **more):
        """An entry of the type procedure."""
        body = {item: more.pop(item) for item in ("seat", "proposal", "vote", "closed") if item in more}
        given = {"type": "procedure", "rule": f"procedure.{name}", "body": body, **({"by": by} if by else {}), **more}
        return self.does(role, "", AT % (len(self.fields) + 1), **given)

    def propose(self, sanction="warning", ident=IDENT):
        """The first of them proposes a decision."""
        carries = {"tariff": {"sanction": sanction}, "reasons": "Both agree."}
        return self.note(
            "proposal_made", "bench", by=BENCH[0],
            proposal={"ident": ident, "act": "decide", "role": "bench"}, **{"text.proposed": json.dumps(carries)},
        )  # fmt: skip

    def cast(self, *choices):
        """Each of them votes in turn."""
        for who, choice in zip(BENCH, choices, strict=False):
            if choice:
                self.note("vote_cast", "bench", by=who, vote={"proposal": IDENT, "choice": choice})
        return self

    def decide(self, *cast, vote=None, sanction="warning", votes=None, reasons="Both agree."):
        """The bench decides on these votes."""
        yes, no = (sum(choice == one for _, choice in cast) for one in ("for", "against"))
        body = {"tariff": {"sanction": sanction}, "vote": vote or {"for": yes, "against": no}}
        body["votes"] = votes or {"proposal": IDENT, "cast": [list(one) for one in cast]}
        at = AT % (len(self.fields) + 1)
        return self.does("bench", "decide", at, by=BENCH[1], body=body, **{"text.reasons": reasons})


@pytest.fixture
def checked(verify, tmp_path, signer):
    """`checked(story)`: export it and verify."""
    return lambda story: verify(story.export(tmp_path / f"x{len(list(tmp_path.iterdir()))}", signer))


def against(said, says):
    """The rules of what was found; one of the findings says this."""
    assert says in said.findings, said.out
    return [rule for _, rule in said.rules]


A, B, C = BENCH
MAJORITY = ["roles/bench/majority"]


def test_a_decision_on_its_votes_holds(checked):
    """An honest bench would be called dishonest."""
    said = checked(Bench().propose().cast("for", "against", "for").decide((A, "for"), (B, "against"), (C, "for")))
    assert (0, 0) == (said.code, len(said.rules)), said.out
    assert any(one.endswith("acts of bodies held against their votes: 1.") for one in said.report["checked"])
    assert ("who cast the votes" in said.not_checked, "were cast and not" in said.not_checked) == (False, False)


def test_the_last_word_of_a_member_counts(checked):
    """Somebody who thinks again would be counted twice, or as before."""
    story = Bench().propose().cast("for", "against").cast("against", "for", "for")
    assert 0 == checked(story.decide((A, "against"), (B, "for"), (C, "for"))).code


@pytest.mark.parametrize(
    ("cast", "says"),
    [
        ([(A, "for"), (B, "for")], f"the vote of {B} is given as for, and was against"),
        ([(A, "for"), (C, "for")], f"the vote of {C} is given as for, and was never cast"),
        ([(A, "for"), (STRANGER, "for")], f"the vote of {STRANGER} is given as for, and was never cast"),
        ([(A, "for"), (A, "for")], f"{A} is named twice in its votes"),
        ([(A, "for"), (B, "against")], "1 voted for it, and 2 are needed"),
        ([(A, "perhaps")], "is not a member and for, against or abstain"),
    ],
)  # fmt: skip
def test_votes_that_were_not_cast_so_are_found(checked, cast, says):
    """Whoever writes the record could decide in the name of the bench."""
    assert MAJORITY == against(checked(Bench().propose().cast("for", "against").decide(*cast)), says)


def test_a_vote_of_somebody_who_does_not_sit_is_found(checked):
    """A member who stood back would decide all the same (D08)."""
    story = Bench().propose().cast("for", "for")
    story.note("recused", "bench", by=A, seat={"pseudonym": A, "role": "bench"})
    assert MAJORITY == against(checked(story.decide((A, "for"), (B, "for"))), f"{A} is named in its votes, and did not")


def test_a_decision_without_its_proposal_is_found(checked):
    """The bench would be said to have agreed to what nobody put to it."""
    said = checked(Bench().cast("for", "for").decide((A, "for"), (B, "for")))
    assert MAJORITY == against(said, "its votes are on a proposal that was never made")


def test_a_proposal_is_carried_out_once(checked):
    """One vote would be good for any number of decisions."""
    story = Bench().propose().cast("for", "for").decide((A, "for"), (B, "for")).decide((A, "for"), (B, "for"))
    assert MAJORITY == against(checked(story), "its votes are on decide by bench, which was carried by then")


def test_a_proposal_that_fell_carries_nothing(checked):
    """What was voted down would be done a week later."""
    story = Bench().propose().cast("for", "for")
    story.note("proposal_fell", "clock", proposal={"ident": IDENT, "why": "too few voted for it"})
    assert MAJORITY == against(checked(story.decide((A, "for"), (B, "for"))), "which was fell by then")


def test_a_sanction_on_less_than_its_share_is_found(checked):
    """F03: the rulebook asks for every seat before it expels anybody."""
    story = Bench().propose("expulsion").cast("for", "for").decide((A, "for"), (B, "for"), sanction="expulsion")
    assert ["sanctions/expulsion/needs"] == against(checked(story), "2 voted for it, and 3 are needed")


def test_a_count_that_is_not_that_of_the_votes_is_found(checked):
    """The letter would tell of a unanimous bench."""
    story = Bench().propose().cast("for", "for").decide((A, "for"), (B, "for"), vote={"for": 3, "against": 0})
    assert ["books/case/acts/decide/carries/vote"] == against(checked(story), "2 voted for and 0 against it")


def test_a_decision_that_is_not_what_was_voted_on_is_found(checked):
    """The bench would agree to a warning, and the record would say something else."""
    story = Bench().propose().cast("for", "for").decide((A, "for"), (B, "for"), reasons="We were told to.")
    assert ["books/case/acts/decide/carries"] == against(checked(story), "what was proposed and voted on")


def test_a_vote_that_was_left_out_is_told_as_not_checked(checked):
    """Whether somebody was in conflict cannot be seen here; that their vote was not counted can."""
    said = checked(Bench().propose().cast("against", "for", "for").decide((B, "for"), (C, "for")))
    assert (0, True) == (said.code, "votes that were cast and not counted" in said.not_checked), said.out


def closed(story, by=A, proposal=IDENT):
    """Somebody closes the vote."""
    return story.note("vote_closed", "bench", by=by, closed={"proposal": proposal})


def test_a_vote_that_was_closed_with_its_majority_holds(checked):
    """A bench that waited for its third member in vain would be called dishonest (F01)."""
    said = checked(closed(Bench().propose().cast("for", "for")).decide((A, "for"), (B, "for")))
    assert (0, 0, False) == (said.code, len(said.rules), "would wait" in said.not_checked), said.out


@pytest.mark.parametrize(
    ("cast", "change", "says"),
    [
        (("for",), {}, "it closes a vote for which 1 were, and 2 are needed"),
        (("for", "against"), {}, "it closes a vote for which 1 were, and 2 are needed"),
        (("for", "for"), {"proposal": STRANGER}, "it closes a vote that was not open in that body"),
    ],
)
def test_a_vote_that_could_not_be_closed_is_found(checked, cast, change, says):
    """One of three would end a vote before the others have spoken (D08)."""
    assert "roles/bench/majority" in against(checked(closed(Bench().propose().cast(*cast), **change)), says)


def test_a_vote_closed_by_who_stood_back_is_found(checked):
    """Whoever left would still decide when it is done (D08)."""
    story = Bench().propose().cast("for", "for")
    story.note("recused", "bench", by=C, seat={"pseudonym": C, "role": "bench"})
    assert MAJORITY == against(checked(closed(story, by=C)), "it was closed by somebody who did not sit in that body")


def test_what_is_done_without_a_vote_just_before_is_found(checked):
    """A majority that waits would be carried out by nobody, on a day of the writer's choosing (F01)."""
    story = Bench().propose().cast("for", "for")
    story.note("content_read", "bench", by=C)
    assert MAJORITY == against(
        checked(story.decide((A, "for"), (B, "for"))), "no vote and no closing of the vote stands"
    )


def test_what_is_done_while_the_last_voter_would_wait_is_told(checked):
    """Whether the third had a vote cannot be seen here; that nobody waited for them can (F01)."""
    story = Bench().propose().cast("for")
    story.note("vote_cast", "bench", by=B, vote={"proposal": IDENT, "choice": "for", "wait": True})
    said = checked(story.decide((A, "for"), (B, "for")))
    assert (0, True) == (said.code, "acts whose last voter would wait" in said.not_checked), said.out


@pytest.mark.parametrize("field", ["body.votes", "body.vote", "body.proposal", "rule"])
def test_what_is_not_opened_is_told_as_not_checked(checked, field):
    """A party reads less than an auditor, and would be told of forged votes."""
    story = Bench().propose().cast("for", "for").decide((A, "for"), (B, "for"))
    for fields in story.fields[1:-1] if field != "body.votes" else story.fields:
        fields.pop(field, None)
    said, says = checked(story), "body.votes, which" if field == "body.votes" else "who cast the votes of 1 acts"
    assert (0, True) == (said.code, says in said.not_checked), said.out


def test_seats_and_votes_without_a_form_are_found(checked):
    """What cannot be read would hide what was decided."""
    story = Bench().note("vote_cast", "bench", by=A, vote=["for"])
    assert ["kernel/votes"] == against(checked(story), "has no form")
