# SPDX-License-Identifier: Apache-2.0
"""Registers kept in step with CSV files: only what changed is entered, and reading twice changes nothing (M16, D17, M23)."""

from datetime import timedelta

import pytest

from evenhand.procedure.authority import holders
from evenhand.procedure.comparing import Contradicted
from evenhand.procedure.importing import in_register, keep_in_step, read_registers
from evenhand.procedure.inviting import person_of
from evenhand.procedure.naming import record_of
from evenhand.procedure.rebuilding import rebuild
from evenhand.store import models

MEMBERS = "number,name,address,since,until\nH1,Fenja Vell,fenja@harbour.example,2020-01-01,\nH2,Goro Lom,,2021,\n"
OFFICES = "number,office,since,until\nH1,panel,2026-02-01,\n"
TIES = "number,kind,with,since,until\nH1,family,H2,2001,\n"


@pytest.fixture
def step(made, tmp_path):
    """`step(members=TEXT, dry=True)`: the files are read and what changed is entered, one day later each time."""
    days = iter(range(1, 100))

    def enter(*, dry=False, withdraw=False, **texts):
        paths = {}
        for name, text in texts.items():
            paths[name] = tmp_path / f"{name}.csv"
            paths[name].write_text(text, "utf-8")
        read = read_registers(
            paths.get("members"), paths.get("offices"), paths.get("ties"), None, known=in_register(made.organisation)
        )
        made.at += timedelta(days=next(days))
        return keep_in_step(made.organisation, read, at=made.at, chance=made.chance, dry=dry, withdraw=withdraw)

    return enter


def everything():
    """Every entry there is, as a number."""
    return models.Entry.objects.count()


def record(made, number):
    """What the register says of somebody, without the handle."""
    found = record_of(made.organisation, person_of(made.organisation, number))
    return {name: value for name, value in found.items() if name != "handle"}


def test_new_people_terms_and_ties_are_entered_once(made, step):
    """M16: the second reading of a file would make everybody twice, and every conflict doubtful."""
    counts = step(members=MEMBERS, offices=OFFICES, ties=TIES)
    assert (2, 1, 1) == (counts.people, counts.terms, counts.ties)
    before = everything()
    again = step(members=MEMBERS, offices=OFFICES, ties=TIES)
    assert (False, before) == (again.anything, everything())


def test_a_dry_run_tells_it_and_enters_nothing(made, step):
    """M16: whoever reads a wrong file would find out by the record."""
    before = everything()
    told = step(members=MEMBERS, offices=OFFICES, dry=True).told
    assert (["H1 is new.", "H2 is new.", "H1: panel since 2026-02-01 is new."], before) == (told, everything())
    assert 0 == models.Person.objects.exclude(number="").count()


def test_a_changed_name_and_a_new_address_replace_the_old(made, step):
    """M16: letters would go to an old address for ever."""
    step(members=MEMBERS)
    told = step(members="number,name,address\nH1,Fenja Strand,fs@harbour.example\n").told
    assert ["H1: changed name, address."] == told
    expected = {"kind": "member", "number": "H1", "since": "2020-01-01"}
    assert expected | {"name": "Fenja Strand", "address": "fs@harbour.example"} == record(made, "H1")
    assert person_of(made.organisation, "H1") == person_of(made.organisation, "fs@harbour.example")


def test_a_column_that_is_not_there_takes_nothing_away(made, step):
    """A short file would empty the register."""
    step(members=MEMBERS)
    assert not step(members="number,name\nH1,Fenja Vell\n").anything
    assert "fenja@harbour.example" == record(made, "H1")["address"]


def test_a_membership_ends(made, step):
    """M16: whoever left would be a member for good."""
    step(members=MEMBERS)
    told = step(members=MEMBERS.replace("2021,", "2021,2026-05-01")).told
    assert ["H2: changed end of membership."] == told
    assert "2026-05-01" == models.Person.objects.get(handle=person_of(made.organisation, "H2")).until


def test_whoever_is_not_in_the_file_stays_as_they_are(made, step):
    """A file of the new members alone would throw everybody else out."""
    step(members=MEMBERS, offices=OFFICES)
    assert not step(members="number,name\nH2,Goro Lom\n").anything
    assert person_of(made.organisation, "H1") in holders("panel", made.at)


def test_a_term_that_ends_is_over_on_that_day(made, step):
    """D17: whoever was voted out would go on judging."""
    step(members=MEMBERS, offices=OFFICES)
    assert 1 == step(offices=OFFICES.replace("2026-02-01,", "2026-02-01,2026-06-30")).ended
    person = person_of(made.organisation, "H1")
    assert person in holders("panel", made.at)
    assert person not in holders("panel", made.at.replace(month=6, day=30))


def test_an_end_is_not_undone_by_leaving_it_out(made, step):
    """A file of last year would put back into office who was voted out."""
    step(members=MEMBERS, offices=OFFICES.replace("2026-02-01,", "2026-02-01,2026-06-30"))
    before = everything()
    with pytest.raises(Contradicted, match=r"Line 2, H1: panel since 2026-02-01: the register says that this ended"):
        step(offices=OFFICES)
    assert before == everything()


def test_a_fact_is_withdrawn_by_its_column_once(made, step):
    """A term that was never held would go on barring and seating."""
    step(members=MEMBERS, offices=OFFICES)
    gone = "number,office,since,withdrawn\nH1,panel,2026-02-01,yes\n"
    assert 1 == step(offices=gone).withdrawn
    assert person_of(made.organisation, "H1") not in holders("panel", made.at)
    assert not step(offices=gone).anything


def test_what_the_file_names_no_more_is_withdrawn_only_when_asked(made, step):
    """A correction would leave the wrong term beside the right one; without being asked, half a file would empty an office."""
    step(members=MEMBERS, offices=OFFICES)
    right = "number,office,since\nH1,panel,2026-02-15\n"
    assert (1, 0) == ((found := step(offices=right)).terms, found.withdrawn)
    withdrawn = step(offices=right, withdraw=True).withdrawn
    since = models.Fact.objects.filter(a=person_of(made.organisation, "H1"), kind="holds", withdrawn=None)
    assert ["2026-02-15"] == list(since.values_list("since_lo", flat=True))
    assert 1 < withdrawn  # the holders that were recorded otherwise came from the register, too


def test_a_tie_written_from_the_other_end_is_the_same_tie(made, step):
    """Two files of two clerks would make two families of one."""
    step(members=MEMBERS, offices=OFFICES, ties=TIES)
    assert not step(ties="number,kind,with,since\nH2,family,H1,2001\n").anything


def test_nothing_is_kept_on_who_may_not_act(made, step):
    """M23: a register of everybody's families would be the first thing to leak."""
    ties = "number,kind,with,since\nH1,family,H2,2001\nH1,branch,north,2020\nH2,slate,open_quay,2026\n"
    counts = step(members=MEMBERS, ties=ties)
    assert (["line 2: H1 family H2", "line 3: H1 branch north"], 1) == (counts.left, counts.ties)
    assert ["slate"] == list(models.Fact.objects.exclude(kind="holds").values_list("kind", flat=True))
    assert 2 == step(offices=OFFICES, ties=ties).ties
    assert not step(offices=OFFICES, ties=ties).anything


def test_the_tables_are_made_again_as_they_were(made, step):
    """M16: what was entered by a file must follow from the record and from nothing else."""
    step(members=MEMBERS, offices=OFFICES, ties=TIES)
    step(members=MEMBERS.replace("Fenja Vell", "Fenja Strand"), offices=OFFICES.replace("01,", "01,2026-12-31"))
    step(ties="number,kind,with,since,withdrawn\nH1,family,H2,2001,yes\n")
    before = [list(table.objects.order_by("pk").values()) for table in (models.Person, models.Fact)]
    rebuild(made.organisation)
    assert before == [list(table.objects.order_by("pk").values()) for table in (models.Person, models.Fact)]
