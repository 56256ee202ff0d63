# SPDX-License-Identifier: Apache-2.0
"""A complaint for others, by a body, by the organisation itself: under every shipped rulebook, and apart from who saw it."""

import re

import pytest
from django.test import Client

from evenhand.casework.ways_in import complaining_role, organisation_role, pressing, ways_in
from evenhand.procedure.naming import name_in
from evenhand.store import books, models
from evenhand.store.opened import said
from tests.journey.houses import BOOKS, OFFICES, house

ANSWERS = {
    "danger": {"danger": "no", "unsafe_to_tell": "no"},
    "whom": {"way": "", "body": ""},
    "behalf": {"for_whom": "Elsin Brim", "agreed": "yes", "not_agreed": ""},
    "own": {"reasons": "Three people told the office, and none of them will complain."},
    "account": {"account": "He shouted at her on the quay."},
    "harmed": {"harmed": "nobody", "harmed_names": "", "seen_by": ""},
    "about": {"words": "Bero", "holder": "none"},
    "you": {"name": "", "address": ""},
}


@pytest.fixture(params=BOOKS)
def doors(request, tmp_path):
    """The doors under each rulebook."""
    with house(tmp_path / "house", request.param) as found:
        found.kind = request.param
        yield found


@pytest.fixture
def harbour(tmp_path):
    """The doors under the rules of the Harbour Federation."""
    with house(tmp_path / "house", "harbour") as found:
        yield found


def discipline(doors):
    """The rulebook and its book of complaints."""
    rules = books.in_force(doors.at)
    return rules, rules.books["discipline"]


def way(doors, *, consent=False, organisation=False, nth=0):
    """The value of a way in, told by what it carries."""
    rules, book = discipline(doors)
    role = organisation_role(rules) if organisation else complaining_role(rules)
    acts = [act for act in ways_in(book, role) if ("consent" in act.carries) == consent]
    return f"{role}.{acts[nth].id}"


def complain(browser, **change):
    """Answers every question that is asked and sends it; the matter."""
    url = "/portal/complain/danger/"
    while not url.endswith("/check/"):
        step = url.rstrip("/").rpartition("/")[2]
        said_ = browser.post(url, {**ANSWERS[step], **change.get(step, {})})
        assert (step, 302) == (step, said_.status_code), re.sub(r"<[^>]+>|\s+", " ", said_.content.decode())[-900:]
        url = said_.headers["Location"]
    assert 200 == browser.get(url).status_code
    sent = browser.post(url)
    assert (302, "/portal/complain/done/") == (sent.status_code, sent.headers.get("Location"))
    assert 200 == browser.get("/portal/complain/done/").status_code
    return models.Matter.objects.filter(kind="discipline").order_by("-opened", "-last").first()


def first(doors, row):
    """The first entry of a matter, and what it says."""
    entry = models.Entry.objects.get(matter=row.ident, n=1)
    return entry, said(entry, doors.made.organisation.keyring)


def named(doors, row, role):
    """The names of those who have a part in a role."""
    return sorted(name_in(doors.made.organisation, part) for part in row.parts.filter(role=role))


def test_somebody_complains_for_themselves(doors):
    """A04: whatever an organisation calls its acts, the first way in is taken, and triage begins."""
    rules, book = discipline(doors)
    row = complain(doors.as_(doors.people["members"][0]), whom={"way": way(doors)})
    entry, _ = first(doors, row)
    assert f"discipline.{ways_in(book, complaining_role(rules))[0].id}" == entry.rule


def test_somebody_complains_for_others_who_agree(doors):
    """A04: the act that carries consent is taken, and carries whose it is."""
    row = complain(Client(), whom={"way": way(doors, consent=True)}, harmed={"harmed": "them"})
    _, fields = first(doors, row)
    assert ["Elsin Brim"] == fields["person.consent"]
    assert ["Elsin Brim"] == named(doors, row, "affected")


def test_why_somebody_could_not_be_asked_is_kept(doors):
    """A04: who is ill or afraid is not left without a complaint, and nobody claims a consent that there was not."""
    behalf = {"agreed": "no", "not_agreed": "She is in hospital.", "for_whom": ""}
    row = complain(Client(), whom={"way": way(doors, consent=True)}, behalf=behalf)
    _, fields = first(doors, row)
    assert ["Not had. She is in hospital."] == fields["person.consent"]


def test_a_body_complains_for_people_it_need_not_name(doors):
    """A04: the body is in the register and in the matter; whoever wrote for it has the account, the body has none."""
    row = complain(Client(), whom={"way": way(doors, nth=-1), "body": "The North Branch"})
    body = row.parts.get(status="named")
    person = models.Person.objects.get(handle=body.person)
    assert ("body", "The North Branch") == (person.kind, name_in(doors.made.organisation, body))
    assert 2 == row.parts.filter(role=body.role).count()
    assert 1 == row.letters.count()


def test_the_organisation_raises_a_concern_marked_as_its_own(doors):
    """M06: it stands under the organisation's own role, with reasons, and never as a complaint of a member."""
    rules, _ = discipline(doors)
    handler = doors.people[OFFICES[doors.kind][1]][0]
    row = complain(doors.as_(handler), whom={"way": way(doors, organisation=True)})
    entry, fields = first(doors, row)
    assert organisation_role(rules) == entry.role
    assert ANSWERS["own"]["reasons"] == fields["text.reasons"]
    assert 0 == row.parts.filter(role=complaining_role(rules)).count()


def test_only_a_handler_raises_a_concern_of_the_organisation(doors):
    """M06: a member who chose it anyway is asked again, and nothing is entered."""
    chosen = {"way": way(doors, organisation=True)}
    browser = doors.as_(doors.people["members"][0])
    browser.post("/portal/complain/danger/", ANSWERS["danger"])
    assert chosen["way"] not in browser.get("/portal/complain/whom/").content.decode()
    assert 422 == browser.post("/portal/complain/whom/", chosen).status_code


def test_danger_takes_the_act_that_is_read_soonest(doors):
    """M14: told from the clocks of the rulebook and from no name; what the urgent act does not carry is not lost."""
    rules, book = discipline(doors)
    urgent = {act.id for act in pressing(book, complaining_role(rules))}
    row = complain(Client(), danger={"danger": "yes"}, whom={"way": way(doors, consent=True)})
    entry, fields = first(doors, row)
    assert entry.rule.partition(".")[2] in urgent
    assert "Elsin Brim" == fields["person.about"]["consent"]


def test_who_was_harmed_and_who_saw_it_are_kept_apart(harbour):
    """A05: three roles, and neither of the two can be taken for who complains."""
    harmed = {"harmed": "somebody", "harmed_names": "Elsin Brim", "seen_by": "Davo Pell\nFenna Holt"}
    row = complain(Client(), whom={"way": way(harbour)}, harmed=harmed)
    assert ["Elsin Brim"] == named(harbour, row, "affected")
    assert ["Davo Pell", "Fenna Holt"] == named(harbour, row, "witness")
    kinds = models.Fact.objects.filter(b=f"matter:{row.ident}").values_list("kind", flat=True)
    assert {"affected", "complainant", "witness"} == set(kinds)


def test_a_handler_who_saw_it_is_left_out_and_learns_nothing(harbour):
    """A05, D01: named by the name under which everybody knows them, never called, and no page of theirs tells them."""
    saw = harbour.people["case_officer"][0]
    row = complain(Client(), whom={"way": way(harbour)}, harmed={"seen_by": "case_officer 0"})
    assert ["witness"] == [part.role for part in row.parts.filter(person=saw)]
    pages = [harbour.as_(saw).get(f"/{door}/m/{row.slug}/").status_code for door in ("desk", "portal")]
    assert [404, 404] == pages
    assert row.code not in harbour.as_(saw).get("/portal/").content.decode()


def test_somebody_else_without_a_name_is_asked_for_one(harbour):
    """A05: “somebody else” alone would leave nobody to ask."""
    browser = Client()
    for step in ("danger", "whom", "account"):
        browser.post(f"/portal/complain/{step}/", {**ANSWERS[step], "way": way(harbour)})
    said_ = browser.post("/portal/complain/harmed/", {"harmed": "somebody", "seen_by": "Davo Pell"})
    page = said_.content.decode()
    assert (422, True, True) == (said_.status_code, "Nobody in particular" in page, "Davo Pell" in page)


def test_a_crowd_is_not_entered_as_witnesses(harbour):
    """Hostile input: a thousand names would make a thousand files; the sentence says where they go."""
    browser = Client()
    for step in ("danger", "whom", "account"):
        browser.post(f"/portal/complain/{step}/", {**ANSWERS[step], "way": way(harbour)})
    crowd = "\n".join(f"Somebody {number}" for number in range(40))
    assert 422 == browser.post("/portal/complain/harmed/", {"harmed": "nobody", "seen_by": crowd}).status_code


def test_nobody_complains_about_themselves(harbour):
    """A person who is both sides could read and withdraw their own case; the list does not offer it."""
    handler = harbour.people["gatekeepers"][0]
    browser = harbour.as_(handler)
    for step in ("danger", "whom", "account", "harmed"):
        browser.post(f"/portal/complain/{step}/", {**ANSWERS[step], "way": way(harbour)})
    assert 422 == browser.post("/portal/complain/about/", {"words": "me", "holder": handler}).status_code


def test_an_answer_that_was_changed_changes_what_is_asked(harbour):
    """Whoever chose “for others” by mistake is not asked for a consent, and what they typed is not sent."""
    browser = Client()
    browser.post("/portal/complain/danger/", ANSWERS["danger"])
    browser.post("/portal/complain/whom/", {"way": way(harbour, consent=True)})
    browser.post("/portal/complain/behalf/", ANSWERS["behalf"])
    row = complain(browser, whom={"way": way(harbour)})
    _, fields = first(harbour, row)
    assert "person.consent" not in fields
    assert [] == named(harbour, row, "affected")
