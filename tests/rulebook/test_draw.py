# SPDX-License-Identifier: Apache-2.0
"""The picture of a book: SVG that stands alone, and text for Mermaid and Graphviz."""

import re
import shutil
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from evenhand.rulebook.draw import draw
from evenhand.rulebook.draw_layers import layers
from evenhand.rulebook.draw_picture import Arrow, Box, picture
from evenhand.rulebook.loading import load, loads

SVG = "{http://www.w3.org/2000/svg}"
FEDERATION = Path(__file__).parents[2] / "rulebooks" / "harbour.yaml"
BOOK = """
rulebook: {id: quarry-club, title: "Quarry & \\"Club\\" <old>", version: 1}
calendar: {zone: UTC}
roles:
  member: {kind: party, side: complainant}
  clock: {kind: machine}
  chair: {pool: 1}
books:
  graph:
    title: Complaints
    facts: {kept: {kind: step}}
    stages:
      node: {clock: {within: 5wd, then: digraph}}
      end: {clock: {within: 20d, then: hand_on}}
      closed: {end: true}
      outside: {end: true, handover: true}
    acts:
      lodge: {in: start, to: node, by: member}
      keep: {in: node, by: chair, sets: [kept]}
      refer: {in: node, to: end, by: chair}
      digraph: {in: node, to: end, by: clock}
      send_back: {in: end, to: node, by: chair}
      decide: {in: [node, end], to: closed, by: [chair, member]}
      hand_on: {in: end, to: outside, by: clock}
    limits: {answer: {from: lodge, to: decide, within: 10wd}}
"""


def club():
    """A small club whose names are words of the drawing languages."""
    return loads(BOOK)


def test_acts_between_the_same_stages_share_one_arrow():
    """Forty-five acts would be forty-five lines, and nobody could follow one of them."""
    arrow = next(a for a in picture(club(), "graph").arrows if (a.source, a.target) == ("node", "end"))
    assert ["refer (chair)", "digraph (the clock, after 5 working days)"] == [str(label) for label in arrow.labels]


def test_an_arrow_is_the_clocks_only_where_nobody_else_takes_it():
    """A reader would believe that nobody can refer the matter, only time."""
    clocks = {(a.source, a.target): a.clock for a in picture(club(), "graph").arrows}
    assert (False, True) == (clocks["node", "end"], clocks["end", "outside"])


def test_an_act_that_stays_stands_in_its_box():
    """What can be done at a stage and moves nothing would be missing from the picture."""
    node = next(box for box in picture(club(), "graph").boxes if box.id == "node")
    assert ["keep"] == [label.act for label in node.here]


def test_the_picture_is_told_in_words_to_whoever_does_not_see_it():
    """A screen reader would find a picture without its content (stage, act, by whom, after how long)."""
    root = ElementTree.fromstring(draw(club(), "graph"))
    assert "img" == root.get("role")
    assert root.get("aria-labelledby").split() == [
        root.find(f"{SVG}title").get("id"),
        root.find(f"{SVG}desc").get("id"),
    ]
    told = root.find(f"{SVG}desc").text
    assert "From end to outside: hand on (the clock, after 20 days)." in told
    assert "Within node: keep (chair)." in told
    assert "Limit: decide within 10 working days after lodge." in told


def test_the_svg_fetches_and_runs_nothing_and_has_one_colour():
    """It is put into pages whose policy forbids scripts, and into both colour schemes."""
    text = draw(club(), "graph")
    assert [] == re.findall(r"<script|href|url\(|@import|#[0-9a-f]{3,6}\b", text)
    assert set(re.findall(r"(?:fill|stroke):([\w-]+)", text)) == {"currentColor", "none"}


def test_every_act_is_written_in_the_svg():
    """An act that is left out of the picture of a procedure is a right that a member does not find."""
    written = " ".join(ElementTree.fromstring(draw(load(FEDERATION), "discipline")).find(f"{SVG}g").itertext())
    words = " ".join(written.split())
    missing = [act for act in load(FEDERATION).books["discipline"].acts if act.replace("_", " ") not in words]
    assert [] == missing


def test_nothing_lies_on_top_of_anything_else():
    """Boxes and labels that overlap cannot be read."""
    seen = picture(load(FEDERATION), "discipline")
    laid = layers(seen, {box.id: (150.0, 40.0) for box in seen.boxes}, [(140.0, 34.0)] * len(seen.arrows))
    drawn = [(item, x) for item, x in zip(laid.items, laid.x, strict=True) if isinstance(item.about, Box | Arrow)]
    touching = [
        (one.about, other.about)
        for (one, x), (other, y) in combinations(drawn, 2)
        if one.layer == other.layer and x - one.left < y + other.right and y - other.left < x + one.right
    ]
    assert [] == touching


def test_an_act_stands_beside_the_stage_that_it_leaves():
    """A label halfway down a long line belongs, for the reader, to whatever stage it lies beside."""
    laid = layers(
        seen := picture(load(FEDERATION), "discipline"), {b.id: (9, 9) for b in seen.boxes}, [(9, 9)] * len(seen.arrows)
    )
    assert {1} == {abs(laid.items[r.path[0]].layer - laid.items[r.path[1]].layer) for r in laid.routes}


@pytest.mark.parametrize("form", ["svg", "mermaid", "graphviz"])
def test_the_same_book_gives_the_same_bytes(form):
    """A picture under version control would change with every run: Python orders sets anew in each process."""
    program = (
        "import sys; from pathlib import Path; from evenhand.rulebook.draw import draw; "
        "from evenhand.rulebook.loading import load; "
        f"sys.stdout.write(draw(load(Path({str(FEDERATION)!r})), 'discipline', {form!r}))"
    )
    drawn = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert [draw(load(FEDERATION), "discipline", form).encode()] == list(drawn)


def test_names_cannot_break_out_of_the_mermaid_text():
    """A title with a quotation mark would end its label and begin something else."""
    expected = """flowchart TD
  accTitle: Quarry #38; #34;Club#34; #60;old#62;: Complaints
  s0(("begin"))
  s1["node<br/>at most 5 working days<br/>keep (chair)"]
  s2["end<br/>at most 20 days"]
  s3[["closed"]]
  s4{{"outside"}}
  s0 -->|"lodge (member)"| s1
  s1 -->|"refer (chair)<br/>digraph (the clock, after 5 working days)"| s2
  s2 -->|"send back (chair)"| s1
  s1 -->|"decide (chair, member)"| s3
  s2 -->|"decide (chair, member)"| s3
  s2 -.->|"hand on (the clock, after 20 days)"| s4
"""
    assert expected == draw(club(), "graph", "mermaid")


def test_names_cannot_break_out_of_the_graphviz_text():
    """A stage may be called `node` or `graph`: those are words of the language, and quotation marks end its texts."""
    text = draw(club(), "graph", "graphviz")
    assert 'digraph "Quarry & \\"Club\\" <old>: Complaints" {' == text.splitlines()[0]
    assert (
        '  s2 -> s4 [label="hand on (the clock, after 20 days)", style=dashed, arrowhead=empty];' in text.splitlines()
    )
    if shutil.which("dot"):
        subprocess.run(["dot", "-Tsvg"], input=text, text=True, capture_output=True, check=True)


def test_an_unknown_form_is_refused_with_the_forms_there_are():
    """A misspelt form would give a picture that nobody asked for."""
    with pytest.raises(ValueError, match="svg, mermaid, graphviz"):
        draw(club(), "graph", "png")
