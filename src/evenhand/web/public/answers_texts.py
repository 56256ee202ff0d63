# SPDX-License-Identifier: Apache-2.0
"""The answers of the tour about rules, evidence, dates and files."""

from collections.abc import Callable

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.casework.phrases_words import said_of
from evenhand.store import books, models
from evenhand.web.looks.templatetags.looks import day
from evenhand.web.public.answering import AUDIT, EXPORT, VERIFY, Answer, Cell, Table, Tour


def under_which_text(tour: Tour) -> Answer:
    """I01 to I07: which version, in force since when, and what was tried to change it."""
    versions = models.Rulebook.objects.filter(published__lte=tour.at).order_by("-in_force", "-version")
    begun = dict(
        models.Matter.objects.exclude(book="").values_list("rulebook").annotate(many=Count("ident")).order_by()
    )
    row = tour.matter("code_proposed")
    says = _("%(n)s versions, and every matter keeps the one under which it began.") % {"n": len(versions)}
    if row is not None:
        acts = models.Entry.objects.filter(matter=row.ident).aggregate(
            refused=Count("id", filter=Q(type="act.refused")),
            signed=Count("id", filter=Q(rule="amendment.sign_letter")),
        )
        tried = _(
            "One change was proposed: %(refused)s attempts to hurry it were refused, %(signed)s members signed "
            "against it, and it was not adopted."
        )
        says = f"{says} {tried % acts}"
    return Answer(
        asks=_("Under which text, published when, adopted how, after asking whom?"),
        says=says,
        seen=_("Anybody, without signing in: each version with its digest, on the page of the rules."),
        rule=_("A change is open to comment while it can still change; nothing works backwards (I02, I05)."),
        checks=("evenhand rules check rulebooks/harbour.yaml",),
        table=Table(
            caption=_("Every version, the newest first."),
            heads=(
                (_("Version"), False),
                (_("In force since"), False),
                (_("Digest"), False),
                (_("Matters under it"), True),
            ),
            rows=tuple(
                (
                    Cell(says=str(one.version)),
                    Cell(says=day(one.in_force)),
                    Cell(says=one.digest[:23] + "…"),
                    Cell(says=f"{begun.get(one.digest, 0):,}", number=True),
                )
                for one in versions
            ),
        ),
        lacks=_(
            "Two versions are not yet compared clause by clause, and who answered a consultation is not confirmed yet."
        ),
    )


def where_is_the_recording(tour: Tour) -> Answer:
    """E01 to E04: the items of the matter, which took the place of which, and to whom they were given."""
    row = tour.matter("recording")
    items = (
        list(row.items.annotate(given=Count("handed", filter=Q(handed__status="served"))).order_by("label"))
        if row
        else []
    )
    labels = {one.ident: f"E{one.label}" for one in items}
    code = row.code if row else ""
    return Answer(
        asks=_("Where is the recording, who had it, what did it replace?"),
        says=_("It is E5 of %(code)s. It took the place of two reports, and neither of them is gone.") % {"code": code}
        if items
        else _("Nothing was handed in here yet."),
        seen=_("Whoever holds a seat in the matter, and each party what was given to them; every reading is an entry."),
        rule=_(
            "An item is hashed on arrival and never changes; a better source marks the earlier one and removes "
            "nothing (E01, E04)."
        ),
        checks=tour.commands(AUDIT, "sha256sum E5.wav"),
        table=Table(
            caption=ngettext(
                "%(n)s item, in the order of arrival.", "%(n)s items, in the order of arrival.", len(items)
            )
            % {"n": len(items)},
            heads=(
                (_("Item"), False),
                (_("Kind"), False),
                (_("Received"), False),
                (_("In its place"), False),
                (_("Given to parties"), True),
            ),
            rows=tuple(
                (
                    Cell(says=labels[one.ident]),
                    Cell(says=KIND_WORDS[one.kind]() if one.kind in KIND_WORDS else one.kind),
                    Cell(says=day(one.received)),
                    Cell(says=labels.get(one.superseded, "")),
                    Cell(says=str(one.given), number=True),
                )
                for one in items
            ),
        )
        if items
        else None,
        lacks=_("Whether a covert recording is admitted is not a ruling of its own yet."),
    )


KIND_WORDS: dict[str, Callable[[], str]] = {
    "recording": lambda: _("Recording"),
    "document": lambda: _("Document"),
    "first_hand": lambda: _("First-hand statement"),
    "second_hand": lambda: _("Second-hand report"),
    "published": lambda: _("Published report"),
}


def which_dates_were_kept(tour: Tour) -> Answer:
    """H03, H07: the limits that were missed, as the clock entered them."""
    missed = models.Entry.objects.filter(type="act", rule__contains=".missed.")
    counted = (
        missed.values_list("rule")
        .annotate(many=Count("id"), matters=Count("matter", distinct=True), last=Max("at"))
        .order_by("-many", "rule")
    )
    lapses = models.Entry.objects.filter(type="act", by="").exclude(rule__contains=".missed.").count()
    rules = books.in_force(tour.at)
    rows = []
    for rule, many, matters, last in counted:
        book, _missed, limit = rule.split(".", 2)
        about = rules.books[book].limits.get(limit) if book in rules.books else None
        words = said_of(about.says, translate=_) if about is not None else limit
        cells = (
            Cell(says=words),
            Cell(says=f"{many:,}", number=True),
            Cell(says=f"{matters:,}", number=True),
            Cell(says=day(last)),
        )
        rows.append(cells)
    total = sum(int(str(cells[1].says).replace(",", "")) for cells in rows)
    return Answer(
        asks=_("Which promises on dates were made and kept?"),
        says=_(
            "%(total)s limits were missed, each an entry with its day that nobody can take out. %(lapses)s times "
            "the clock acted because people had not."
        )
        % {"total": f"{total:,}", "lapses": f"{lapses:,}"},
        seen=_("Both sides of the matter, by letter and on its page; overseers from outside in every ending."),
        rule=_(
            "Due days are computed, never typed; a lapse follows from the record, the calendar and the time (H01, H03)."
        ),
        checks=tour.commands(AUDIT),
        table=Table(
            caption=_("The limits that were missed, the most frequent first."),
            heads=((_("Limit"), False), (_("Missed"), True), (_("In matters"), True), (_("Last on"), False)),
            rows=tuple(rows),
        )
        if rows
        else None,
        lacks=_(
            "A public promise, such as “all cases before May by July”, is not an object with its own list of cases yet."
        ),
    )


def any_file(tour: Tour) -> Answer:
    """E10, K12: whatever file somebody points at, checked without the organisation."""
    sealed = models.Entry.objects.exclude(position=None).count()
    matters = models.Matter.objects.exclude(book="").count()
    return Answer(
        asks=_("Show me any file of my choosing, now."),
        says=_(
            "%(entries)s entries of %(matters)s matters lie in one log. The export opens all of them to an "
            "auditor, and a second program that shares no code with this one checks it."
        )
        % {"entries": f"{sealed:,}", "matters": f"{matters:,}"},
        seen=_("An auditor with the export; a party with the receipts of their own matter, from its page."),
        rule=_("Entries of a matter are numbered without a gap; one that is withheld is missed (L01, E10)."),
        checks=tour.commands(EXPORT, VERIFY),
        lacks=_("A random sample that the organisation could not influence is not drawn by a command yet."),
    )
