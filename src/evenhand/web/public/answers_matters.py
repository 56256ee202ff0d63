# SPDX-License-Identifier: Apache-2.0
"""The answers of the tour about matters: where each went, who decided, and why one was told and another was not."""

from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.casework.phrases_words import said_of, stage_title
from evenhand.procedure.reading import readers_of
from evenhand.rulebook.calendar import Calendar
from evenhand.store import books, models
from evenhand.web.public.answering import AUDIT, DISCIPLINE, EXPORT, VERIFY, Answer, Cell, Table, Tour

TOLD = ("discipline.notify", "discipline.notify_second", "discipline.invite")
"""By which acts a respondent hears of a complaint."""


def _went(row: tuple[bool, str, str]) -> str:
    over, outcome, stage = row
    if over:
        return said_of(outcome, translate=_) or _("closed")
    title = stage_title(stage, translate=_)
    return _("open, at “%(stage)s”") % {"stage": title}


def where_each_went(tour: Tour) -> Answer:
    """A01, A06, K01: every complaint has its place, and the places add up."""
    discipline = models.Matter.objects.filter(kind=DISCIPLINE).exclude(
        book=""
    )  # what was open before came in elsewhere
    counted: dict[str, int] = {}
    for *row, many in discipline.values_list("over", "outcome", "stage").annotate(many=Count("ident")).order_by():
        name = _went((row[0], row[1], row[2]))
        counted[name] = counted.get(name, 0) + many
    rows = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    total = sum(counted.values())
    parts = models.Part.objects.filter(role="complainant", kind="party", matter__kind=DISCIPLINE).exclude(person="")
    most = (
        parts.values("person").annotate(many=Count("matter")).order_by("-many").values_list("many", flat=True).first()
    )
    says = _(
        "%(total)s complaints came in. Marked as possibly retaliatory: %(marked)s. One person made %(share)s %% of them all."
    )
    blanks = {
        "total": f"{total:,}",
        "marked": discipline.filter(marked=True).count(),
        "share": 100 * (most or 0) // max(total, 1),
    }
    return Answer(
        asks=_("How many complaints came in, and where did each go?"),
        says=says % blanks,
        seen=_("A gatekeeper sees the cases in which they sit, and no others; a complainant their own."),
        rule=_(
            "Every complaint is an entry before anybody opens it; triage ends in one of a closed list, each with "
            "reasons (A01, A10)."
        ),
        checks=tour.commands(EXPORT, VERIFY),
        table=Table(
            caption=_("%(n)s places, the most frequent first. They add up to every complaint.") % {"n": len(rows)},
            heads=((_("Where it went"), False), (_("Complaints"), True)),
            rows=tuple((Cell(says=name), Cell(says=f"{many:,}", number=True)) for name, many in rows),
            sums=(Cell(says=_("All")), Cell(says=f"{total:,}", number=True)),
        ),
        lacks=_("A public report with small cells merged is not made yet."),
    )


def who_decided(tour: Tour) -> Answer:
    """D02, F01, L02: who decided one matter, who read it, who declared what."""
    row = tour.matter("decided")
    asks = _("Who decided this one, who else had access, who declared what?")
    seen = _(
        "Both sides read the names of all who act, and how many have read the matter; who holds a seat reads "
        "everything."
    )
    rule = _("Nobody reads before they have declared; a body acts by votes, and each vote is an entry (D02, F01, L02).")
    if row is None:
        return Answer(asks=asks, says=_("The story was not played here."), seen=seen, rule=rule, checks=())
    entries = models.Entry.objects.filter(matter=row.ident)
    names = (
        "declaration_made",
        "vote_cast",
        "seat_called",
        "seat_suspended",
        "body_replaced",
        "draw_made",
        "content_read",
    )
    kinds = {name: Count("id", filter=Q(rule=f"procedure.{name}")) for name in names}
    found = entries.aggregate(refused=Count("id", filter=Q(type="act.refused")), **kinds)
    says = _("In %(code)s %(called)s people were called to seats, and %(declared)s declared before they " "read a word.") % {
        "code": row.code, "called": found["seat_called"], "declared": found["declaration_made"],
    }  # fmt: skip
    lines = (
        (_("Lots drawn, which anybody can draw again"), found["draw_made"]),
        (_("Votes cast in its bodies, each by name"), found["vote_cast"]),
        (_("People who have read it from a seat"), readers_of(row)),
        (_("Taken off a seat because of a conflict"), found["seat_suspended"]),
        (_("Bodies whose place others took, because too few were left"), found["body_replaced"]),
        (_("Attempts that the rules refused"), found["refused"]),
    )
    return Answer(
        asks=asks,
        says=says,
        seen=seen,
        rule=rule,
        checks=tour.commands(AUDIT),
        table=Table(
            caption=_("What the record of %(code)s holds about those who acted in it.") % {"code": row.code},
            heads=((_("What"), False), (_("How often"), True)),
            rows=tuple((Cell(says=name), Cell(says=f"{many:,}", number=True)) for name, many in lines),
        ),
    )


def why_one_and_not_the_other(tour: Tour) -> Answer:
    """C01, C07, K05, K07: like complaints, and how long each respondent waited to hear of it."""
    found = [row for step in ("overnight", "suspended", "ally_told") if (row := tour.matter(step)) is not None]
    idents = [row.ident for row in found]
    told = dict(
        models.Entry.objects.filter(matter__in=idents, rule__in=TOLD, type="act")
        .values_list("matter")
        .annotate(first=Min("at"))
        .order_by()
    )
    suspended = set(
        models.Entry.objects.filter(matter__in=idents, rule="discipline.suspend", type="act").values_list(
            "matter", flat=True
        )
    )
    rows = tuple(_waited(row, told.get(row.ident), tour.at, row.ident in suspended) for row in found)
    return Answer(
        asks=_("Why was X suspended and Y not even written to?"),
        says=_(
            "Three complaints about words on the same list, within a day. Two respondents were told overnight; "
            "the third heard of it by the clock alone."
        ),
        seen=_("Each respondent their own; overseers of the sister federation every ending."),
        rule=_(
            "Ten working days for triage, five for the notice; silence refuses nobody, and what is late is an "
            "entry (B01, C01, H03)."
        ),
        checks=tour.commands(EXPORT, VERIFY),
        table=Table(
            caption=_(
                "The three, in the order in which they came. The upper line is the time that the rules allow, the "
                "lower what was used."
            ),
            heads=((_("Matter"), False), (_("Complained"), False), (_("Told after"), False), (_("Suspended"), False)),
            rows=tuple(sorted(rows, key=lambda cells: str(cells[1].says))),
        )
        if rows
        else None,
        lacks=_("The monitor does not compare like matters by itself yet."),
    )


def _waited(row: models.Matter, told: datetime | None, now: datetime, suspended: bool) -> tuple[Cell, ...]:
    rules = books.rules_of(row.rulebook)
    calendar, last = Calendar(rules.calendar), row.opened.date()
    for stage in ("triage", "notice"):
        clock = rules.books[DISCIPLINE].stages[stage].clock
        last = last if clock is None else calendar.due(last, clock.within)
    waited = (told or now) - row.opened
    hours = waited // timedelta(hours=1)
    long = (
        ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
        if hours < 48
        else ngettext("%(n)s day", "%(n)s days", waited.days) % {"n": waited.days}
    )
    allowed = (last - row.opened.date()).days
    return (
        Cell(says=row.code),
        Cell(says=f"{row.opened:%Y-%m-%d %H:%M}"),
        Cell(says=long if told else _("never, in %(long)s") % {"long": long}, days=(allowed * 24, hours)),
        Cell(says=_("yes, and over by itself") if suspended else _("no")),
    )
