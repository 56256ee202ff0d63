# SPDX-License-Identifier: Apache-2.0
"""A case with evidence in it."""

from io import BytesIO

from evenhand.procedure.asking import NotYours
from evenhand.procedure.evidencing import check_reliance, read_item, receive
from evenhand.procedure.pen import Pen
from evenhand.store import models
from tests.procedure.a_case import Case

PDF = b"%PDF-1.7 He shouted at me on the quay."


class File(Case):
    """A case with evidence in it."""

    def put(self, person, data=PDF, **more):
        """Somebody submits a file; its item."""
        about = {
            "name": "Notes of the evening",
            "kind": "first_hand",
            "source": "my notebook",
            "obtained": "that night",
        }
        done = receive(
            self.made.organisation, self.ident, person, BytesIO(data), at=self.at, chance=self.made.chance,
            **{**about, **more},
        )  # fmt: skip
        return models.Item.objects.get(entry=done.last)

    def handle(self, what, person, *names, **more):
        """Somebody does something with an item."""
        more = {"at": self.at, "chance": self.made.chance, "sealing": False, **more}
        return what(self.made.organisation, self.ident, person, *names, **more)

    def read(self, item, person):
        """What somebody reads."""
        return b"".join(
            read_item(self.made.organisation, self.ident, item.ident, person, at=self.at, chance=self.made.chance)
        )

    def may_read(self, item, person):
        """Whether somebody may."""
        try:
            return self.read(item, person) == PDF
        except NotYours:
            return False

    def pseudonym(self, role):
        """Of a party."""
        return models.Part.objects.get(matter_id=self.ident, role=role, kind="party").pseudonym

    def rests_on(self, *labels, act="sanction", reasons="So it was."):
        """Asks whether a decision may rest on these items."""
        pen = Pen(self.made.organisation, self.at, self.made.chance)
        check_reliance(pen, self.row, act, {"evidence": list(labels), "reasons": reasons})
        return True


def under_investigation(made):
    """A complaint that is taken up, of which the respondent does not know yet."""
    case = File(made)
    case.lodge()
    case.do("frame", "case_officer")
    case.decide("investigate", "gatekeepers")
    case.officer = case.who("case_officer")
    return case


def after_the_notice(made):
    """The same, once the respondent was told."""
    case = under_investigation(made)
    case.do("notify", "case_officer")
    case.officer = case.who("case_officer")
    return case
