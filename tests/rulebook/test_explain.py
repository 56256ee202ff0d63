# SPDX-License-Identifier: Apache-2.0
"""The whole rulebook in plain language, for a member, made from the text that binds the process (I12)."""

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from evenhand.rulebook.explain import explain
from evenhand.rulebook.explain_conflicts import PATTERNS as EXPLAINED
from evenhand.rulebook.loading import load, loads
from evenhand.rulebook.loading_keys_people import PATTERNS

RULEBOOKS = sorted((Path(__file__).parents[2] / "rulebooks").glob("*.yaml"))
HOSTILE = '<script>alert("x")</script> **bold** | [link](http://example.invalid) & `code`'
TEXT = """
rulebook: {id: quarry-club, title: Quarry Club, version: 2, adopted: 2026-03-02, replaces: 1}
calendar: {zone: UTC, weekend: [fri], service: {post: 2wd}}
code:
  C1: {text: Nobody is threatened., examples: [a threat in a letter], sanctions: [warning]}
sanctions:
  expulsion: {rank: 2, needs: 3/3, reapply_after: 24 months}
  warning: {rank: 1, max: 12 months on file, needs: 2/3}
roles:
  member: {kind: party, side: complainant}
  respondent: {kind: party, side: respondent, says: the member complained about}
  clock: {kind: machine}
  panel: {pool: 9, seats: 3, majority: 2, chosen: by lot}
  chair: {pool: 1}
  voters: {pool: 60, share: 2/3, turnout: 1/5}
apart: [[panel, chair]]
conflicts:
  grounds:
    - {id: party, pattern: party, severity: bar, for: all}
    - {id: slate, pattern: same_group, group: slate, window: 24 months, severity: bar, waivable_by: chair,
       for: [decide]}
  applies_to: [panel]
  challenge: {by: [member, respondent], decided_by: chair, within: 5wd, meanwhile: the person does not act}
promises: {longest: 90wd, bury_needs: 2}
books:
  discipline:
    title: Complaints
    facts: {told: {kind: told, says: the respondent knows of it}, heard: {kind: step}}
    stages:
      answer: {clock: {within: 15wd, then: [remind, to_hearing]}, clears: [heard]}
      hearing: {clock: {within: 30d, then: to_outside}, says: the panel hears both sides}
      closed: {end: true}
      outside: {end: true, handover: true}
    acts:
      lodge: {in: start, to: answer, by: member, carries: [account, clauses], sets: [told]}
      reply: {in: answer, to: hearing, by: respondent, sets: [heard], carries: [account]}
      remind: {in: answer, by: clock, once: true, days: 5wd, carries: [notice]}
      to_hearing: {in: answer, to: hearing, by: clock}
      dismiss: {in: hearing, to: closed, by: panel, needs: [told, heard], merits: true, carries: [reasons, notice],
                adverse: member, appeal: review.ask, outcome: dismissed}
      to_outside: {in: hearing, to: outside, by: clock}
    limits: {speed: {from: lodge, to: dismiss, within: 40wd, says: a decision in forty working days}}
    requirements: {told-first: {says: nobody is judged untold, when: [dismiss], must: [reply]}}
  review:
    stages: {asked: {clock: {within: 10wd, then: falls}}, done: {end: true}}
    acts:
      ask: {in: start, to: asked, by: [member, respondent], max: 2, carries: [grounds]}
      answered: {in: asked, to: done, by: chair}
      falls: {in: asked, to: done, by: clock}
texts:
  dismissal: {acts: [discipline.dismiss], to: [member], subject: "Decided ({reference})",
              body: "Dear {name},\\nwhy: {reasons}"}
"""


@pytest.fixture(scope="module")
def told():
    """The club's rules in Markdown."""
    return explain(loads(TEXT))


def part(page, heading):
    """What stands under a heading, up to the next."""
    return re.search(rf"^#+ {re.escape(heading)}\n\n(.*?)(?=^#|\Z)", page, re.S | re.M)[1].strip()


def test_an_act_is_told_whole(told):
    """Who may do it, when, what it needs, what may be done against it: a member must find it all in one place."""
    assert part(told, "Dismiss") == (
        "Who may do it: panel (two of three must agree), while the matter stands at “hearing”. "
        "The matter then stands at “closed”.\n"
        "It must carry: reasons and notice.\n"
        "It is open only where this holds: “the respondent knows of it” and “heard”.\n"
        "It decides the substance of the matter.\n"
        "The outcome is recorded as “dismissed”.\n"
        "This letter goes out with it: “dismissal”.\n"
        "It goes against member. What may be done against it: “ask” (see: Review), by member or respondent."
    )


def test_an_act_of_the_clock_says_that_nobody_does_it(told):
    """Somebody would look for the official who reminded them."""
    assert part(told, "Remind").startswith("Nobody does this: it happens when the limit of “answer” has passed.")


def test_a_stage_says_what_the_clock_does_and_when(told):
    """The limit of a stage is a promise only if its end is said."""
    assert part(told, "Answer").startswith(
        "A matter stands here for at most 15 working days; if it has not moved by then, the clock does “remind”, "
        "or, where that is not open, “to hearing”.\nOnce a matter is here, this holds no longer: “heard”."
    )
    assert "other people take it over whole" in part(told, "Outside")


def test_who_may_complain_stands_first(told):
    """It is the question with which most people come."""
    assert part(told, "Who may begin a matter").splitlines() == [
        "- Complaints: “lodge”; who may do it: member.",
        "- Review: “ask”; who may do it: member or respondent.",
    ]


def test_who_must_stay_out_is_said_with_its_exceptions(told):
    """A bar that can be waived and one that cannot would read alike."""
    said = part(told, "Who must stay out")
    assert (
        "- Whoever is a party to the matter, or is close to one as family, employer or business partner "
        "must stay out of the matter. Nobody can make an exception."
    ) in said
    assert "An exception can be made, with reasons and before the act, by chair." in said
    assert "- panel and chair." in said


def test_every_pattern_of_conflict_has_its_sentence():
    """A ground of conflict would be told by its code name, which nobody outside can read."""
    assert sorted(PATTERNS) == sorted(EXPLAINED)


def test_sanctions_stand_mildest_first_with_what_they_need(told):
    """The order and the majority are what a respondent must be able to weigh."""
    assert part(told, "What can be imposed").splitlines()[-2:] == [
        "| warning | At most 12 months on file. Needed: 2/3 of the seats. |",
        "| expulsion | Needed: all of the seats. Reapply after: 24 months. |",
    ]


def test_what_silence_brings_is_told_with_its_days(told):
    """The reader learns what they may expect if nobody answers them."""
    assert part(told, "If nobody does anything").splitlines()[-1] == (
        "4. After 46 working days: “to outside”; the matter then stands at “outside”."
    )


def test_a_rulebook_that_cannot_be_changed_by_its_own_rules_says_so(told):
    """Silence about amendment would pass for a rule about it (I12)."""
    assert part(told, "How these rules are changed") == "This text does not say how it is changed."


def test_roles_and_days_are_told(told):
    """How many decide, and which days count, are read off nowhere else."""
    roles = part(told, "Who does what")
    assert "| panel | Seats: three, filled from 9 people who are eligible; two must agree. Chosen: by lot. |" in roles
    assert "| voters | A vote of all 60: at least 1/5 of them take part, and 2/3 of the votes carry it. |" in roles
    assert "| Not working days | Friday |" in part(told, "How days are counted")


class _Page(HTMLParser):
    """Collects ids and links, and refuses tags that do not close."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.levels, self.open = [], [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if "href" in given else []
        self.levels += [int(tag[1])] if re.fullmatch("h[1-4]", tag) else []
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert tag == self.open.pop()

    def handle_startendtag(self, tag, attrs):
        """A tag that closes itself, as in the picture."""


@pytest.mark.parametrize("path", RULEBOOKS, ids=lambda path: path.stem)
def test_every_link_of_the_page_leads_somewhere(path):
    """An act whose appeal cannot be followed is half explained."""
    page = _Page(explain(load(path), "html"))
    assert [] == page.open
    assert len(page.ids) == len(set(page.ids))
    assert [] == [link for link in page.links if not link.startswith("#") or link[1:] not in page.ids]
    assert all(after - before <= 1 for before, after in zip(page.levels, page.levels[1:], strict=False))


@pytest.mark.parametrize("path", RULEBOOKS, ids=lambda path: path.stem)
def test_nothing_of_the_rulebook_is_left_out(path):
    """Whatever binds a member must stand in the text that is given to members (I12)."""
    rulebook, page = load(path), explain(load(path), "html")
    for book in rulebook.books.values():
        for name in (*(f"stage-{stage}" for stage in book.stages), *(f"act-{act}" for act in book.acts)):
            assert f'id="{book.id}-{name}"' in page
    for name in (*(f"clause-{clause}" for clause in rulebook.code), *(f"letter-{letter}" for letter in rulebook.texts)):
        assert f'id="{name}"' in page
    roles = page[page.index('id="roles"') : page.index('id="conflicts"')]
    assert [] == [role for role in rulebook.roles if f'<th scope="row">{role.replace("_", " ")}</th>' not in roles]


def test_words_of_the_rulebook_are_never_markup():
    """A clause could run a program in the browser of everybody who reads the rules, or hide what follows it."""
    hostile = loads(TEXT.replace("text: Nobody is threatened.", f"text: '{HOSTILE}'"))
    page, told = explain(hostile, "html"), explain(hostile)
    assert "<script" not in page
    assert (
        "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; **bold** | [link](http://example.invalid) &amp; `code`"
        in page
    )
    assert part(told, "C1").splitlines()[0] == (
        r'\<script\>alert("x")\</script\> \*\*bold\*\* \| \[link\](http://example.invalid) \& \`code\`'
    )


@pytest.mark.parametrize(
    ("begins", "written"), [("1. first", r"1\. first"), ("- item", r"\- item"), ("# head", r"\# head")]
)
def test_a_clause_does_not_begin_a_list_or_a_heading(begins, written):
    """A clause that begins with a number would be renumbered by whatever shows it."""
    assert written == part(explain(loads(TEXT.replace("Nobody is threatened.", f'"{begins}"'))), "C1").splitlines()[0]


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_the_same_rulebook_gives_the_same_bytes(form):
    """The walk-through is published beside the rules and compared between versions."""
    program = (
        "import sys; from pathlib import Path; from evenhand.rulebook.explain import explain; "
        "from evenhand.rulebook.loading import load; "
        f"sys.stdout.write(explain(load(Path({str(RULEBOOKS[0])!r})), {form!r}))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert [explain(load(RULEBOOKS[0]), form).encode()] == list(told)


def test_an_unknown_form_is_refused_with_the_forms_there_are():
    """A misspelt form would give a text that nobody asked for."""
    with pytest.raises(ValueError, match="markdown or html"):
        explain(loads(TEXT), "pdf")
