# SPDX-License-Identifier: Apache-2.0
"""What can be done about a matter that its book does not order: the closed list of entries of the type `procedure`.

A book says how a complaint is decided. It does not say how a seat is filled, how evidence arrives or who has read what:
that is the same under every rulebook, and stands here. Such an entry changes no stage and no clock; it is numbered
with the acts of its matter, so none can be missing (L01).
"""

from dataclasses import dataclass
from typing import Literal

BOOK = "procedure"
"""In the place of the book, in the `rule` of such an entry; no book of a rulebook can be called so."""

Who = Literal["party", "seat", "called", "officer", "anybody", "software"]
"""Who does it: a party of the matter, whoever holds a seat in it, whoever is called to one and has not declared yet, an
officer of the organisation who keeps its registers, anybody with an account, or the software as a consequence."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One of them: its name, who does it, and a sentence for the manual and for the page."""

    id: str
    who: tuple[Who, ...]
    says: str

    @property
    def rule(self) -> str:
        """As the field `rule` names it."""
        return f"{BOOK}.{self.id}"


def _of(id: str, who: str, says: str) -> Standing:
    return Standing(id=id, who=tuple(who.split()), says=says)  # type: ignore[arg-type]


STANDING: dict[str, Standing] = {
    one.id: one
    for one in (
        # The organisation and its registers (M16, M23).
        _of("founded", "software", "The organisation began to keep its record here."),
        _of("rulebook_adopted", "officer", "A version of the rulebook was published, with the day on which it comes into force."),
        _of("erasure_asked", "officer", "It was asked that matters be erased whose time is over."),
        _of("erasure_declined", "officer", "Somebody else declined to erase what was asked for."),
        _of("rules_proposed", "officer", "The text of a new version of the rulebook was laid before a second person to publish."),
        _of("rules_withdrawn", "officer", "A text that was laid before a second person was taken back, or was not published."),
        _of("person_recorded", "officer", "A person or body was entered in the register."),
        _of("person_changed", "officer", "What the register says of a person was changed."),
        _of("fact_recorded", "officer seat party", "A dated fact about who is connected with whom was recorded."),
        _of("fact_ended", "officer seat", "A fact came to its end."),
        _of("fact_withdrawn", "officer seat", "A fact was withdrawn: it was never true."),
        _of("fact_confirmed", "officer seat", "A potential fact was confirmed."),
        _of("fact_rejected", "officer seat", "A potential fact was rejected."),
        _of("month_reconciled", "officer", "What a month brought by one way in was held against what was entered, and signed."),
        _of("month_corrected", "officer", "What was signed for a month was corrected, with the reason."),
        _of("promise_made", "officer", "A public promise was made, and the cases that it is about were fixed."),
        _of("quality_drawn", "officer", "It was drawn by lot which matters that ended are looked at again for their quality."),
        # Who is a party (A04, A05, A12, B06, M05).
        _of("party_named", "seat", "Somebody was named as a party of the matter."),
        _of("membership_checked", "seat", "It was looked up whether the respondent was a member."),
        _of("identity_departed", "seat", "There was a departure, with reasons, from the rule on naming who complained."),
        _of("companion_named", "party", "A party named somebody to accompany them."),
        _of("companion_left", "party", "A party said that somebody accompanies them no longer."),
        _of("matter_linked", "seat", "The matter was linked with others about the same incident."),
        _of("matter_marked", "software", "The matter was marked as possibly retaliatory."),
        _of("matter_imported", "officer", "A matter that was open before this record began was entered."),
        _of("before_named", "seat", "It was entered that this matter was open before this record began."),
        _of("before_taken_up", "officer", "A matter under the rules took up one that was open before this record began."),
        _of("before_ended", "officer", "It was entered how a matter ended that was open before this record began."),
        # Seats (D02, D06, D08, D10, D14).
        _of("draw_made", "software", "Seats were filled by a lot that anybody can draw again."),
        _of("seat_called", "software", "Somebody was called to a seat."),
        _of("sheet_read", "called", "Whoever was called read the conflict sheet."),
        _of("declaration_made", "called seat", "Whoever was called declared whether they are in conflict."),
        _of("declaration_ruled", "seat", "It was ruled what somebody who declared a conflict may do."),
        _of("ruling_due", "software", "Something between somebody who sits and the matter has to be ruled on."),
        _of("ruling_asked", "seat", "The judge of challenges was asked for."),
        _of("pool_flagged", "software", "One reason bars many of a pool; the judge of challenges is told."),
        _of("recused", "seat called", "Somebody stood back from a seat."),
        _of("seat_suspended", "software", "Somebody was taken off a seat because of a conflict."),
        _of("seat_passed", "software", "A seat passed on to somebody else."),
        _of("body_replaced", "software", "Too few were left for a body, and the rulebook's substitute took its place."),
        _of("waiver_granted", "seat", "A ground of conflict was waived for certain acts."),
        _of("waiver_revoked", "seat", "A waiver was revoked."),
        # Votes of a body (F01, D08).
        _of("proposal_made", "seat", "A member of a body proposed an act."),
        _of("vote_cast", "seat", "A member of a body voted on a proposed act."),
        _of("vote_closed", "seat", "A member of a body closed a vote that has its majority, without waiting for the others."),
        _of("proposal_fell", "software", "A proposed act found no majority."),
        # Evidence, letters, messages, reading (E01, B08, L02, D12).
        _of("evidence_received", "party seat", "An item of evidence was received and its bytes were fixed."),
        _of("evidence_superseded", "seat", "A better source took the place of an item."),
        _of("evidence_served", "seat", "An item was given to a party."),
        _of("evidence_restricted", "seat", "An item was withheld from a party, with reasons."),
        _of("letter_sent", "software", "A letter was written from the rulebook's text and kept as sent."),
        _of("message_sent", "party seat", "A message was sent within the matter."),
        _of("content_read", "software", "Somebody with access read the matter."),
        _of("contact_entered", "seat", "Contact from outside about the matter was entered."),
        _of("adjustment_asked", "party", "A party asked for another language, format or more support."),
        _of("adjustment_answered", "seat", "A request for an adjustment was answered."),
        # What a new fact puts in doubt (D10, D11, M01, M03).
        _of("review_opened", "software", "What somebody had helped decide was listed for review."),
        _of("decision_listed", "software", "A decision was listed because somebody in it was in conflict."),
        _of("decision_stayed", "software", "What was decided in the matter is stayed, because it was reopened."),
        _of("decision_due", "software", "A disposition of a listed decision fell due because somebody asked for it."),
        _of("disposition_proposed", "seat", "A reviewer proposed what becomes of a listed decision."),
        _of("disposition_answered", "seat", "A reviewer agreed or disagreed with what was proposed."),
        _of("disposition_recorded", "seat software", "It was decided what becomes of a listed decision."),
        _of("disposition_asked", "party", "A party asked that others look at a decision again."),
        _of("parties_told", "software", "The parties were told that others look at a decision again."),
        _of("review_closed", "software", "A review ended: no decision that was due is open."),
        _of("aside_begun", "software", "The holder of an office stands aside from it for a time."),
        _of("aside_appealed", "party", "The holder of an office asked for a ruling on standing aside."),
        _of("aside_ruled", "seat", "It was ruled whether the holder of an office goes on standing aside."),
        _of("aside_ended", "software", "Standing aside came to its end."),
    )
}  # fmt: skip
"""Every one of them by its name."""
