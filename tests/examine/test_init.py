# SPDX-License-Identifier: Apache-2.0
"""`examine init` gives an outsider a first mapping that says what was guessed."""

import pytest

from evenhand.examine.fitting import check_mapping
from evenhand.examine.mapping import read_mapping
from evenhand.examine.starting import start_mapping
from evenhand.examine.trouble import Unreadable

MATTERS = b"matter_no,date_received,date_closed,hall\n" + b"".join(
    b"M%03d,%02d/03/2021,%02d/05/2021,north\n" % (i, i % 28 + 1, i % 28 + 1) for i in range(200)
)
ANSWERS = b"matter_no,member_id,rule,finding,recommended finding,sanction\n" + b"".join(
    b"M%03d,P%02d,R%d,%s,upheld,warning\n" % (i, i % 50, i % 5, b"upheld" if i % 3 else b"not upheld")
    for i in range(200)
)
MEMBERS = b"member_id,gender,branch\n" + b"".join(b"P%02d,%s,b%d\n" % (i, b"fm"[i % 2 :][:1], i % 4) for i in range(60))
FILES = {"matters.csv": MATTERS, "answers.csv": ANSWERS, "members.csv": MEMBERS}


def test_the_columns_are_recognised_by_name_date_and_join(a_source, tmp_path):
    """Without it an outsider would have to begin with an empty page."""
    start_mapping(a_source(FILES), tmp_path / "first")
    known = read_mapping(tmp_path / "first")
    assert ["cases", "people", "allegations"] == list(known.sql)
    assert ("%d/%m/%Y",) == known.dates
    assert (("upheld",), ("not upheld",)) == (known.against, known.other)
    assert [("people.gender"), ("people.branch")] == [compare.column for compare in known.compare]
    for part in ('"matter_no"', '"date_received"', '"date_closed"', "AS received", "AS closed"):
        assert part in known.sql["cases"]


def test_what_was_written_fits_the_source(a_source, tmp_path):
    """Without it the first mapping would be a riddle of its own."""
    source = a_source(FILES)
    start_mapping(source, tmp_path / "first")
    fit = check_mapping(tmp_path / "first", source)
    assert () == fit.problems
    assert {"cases": 200, "people": 60, "allegations": 200, "acts": 0, "facts": 0} == {
        table["table"]: table["rows"] for table in fit.tables
    }


def test_a_file_out_of_another_system_is_recognised_all_the_same(a_source, tmp_path):
    """Without it two-digit years, one doubled line and an old encoding would leave an outsider with an empty page."""
    lines = [f"HA/{i:04d};{i % 28 + 1:02d}.03.{15 + i % 6};;Flur {i % 7}" for i in range(300)]
    matters = "Ref;Received on;Closed on;Gebäude\r\n" + "\r\n".join([*lines, lines[7]]) + "\r\n"
    answers = "Ref;Member ID;Rule;Result\r\n" + "".join(
        f"HA/{i:04d};P{i % 50:02d};R1;{('Upheld', 'upheld ', 'Rejected')[i % 3]}\r\n" for i in range(300)
    )
    source = a_source(
        {"tickets 2015.csv": matters.encode("windows-1252"), "answers.csv": answers.encode(), "members.csv": MEMBERS}
    )
    start_mapping(source, tmp_path / "first")
    known = read_mapping(tmp_path / "first")
    assert (("%d.%m.%y",), "windows-1252") == (known.dates, known.encoding)
    assert 'FROM "tickets 2015"' in known.sql["cases"]
    assert "GROUP BY" not in known.sql["cases"]
    assert "Spelt in more than one way: Upheld, upheld." in known.sql["allegations"]
    fit = check_mapping(tmp_path / "first", source)
    assert ((), ["The case is there twice, with the same values; the first is kept."]) == (
        fit.problems,
        [row["reason"] for row in fit.doubtful],
    )


def test_a_mapping_is_never_overwritten(a_source, tmp_path):
    """Without it an hour of somebody's work could vanish."""
    (tmp_path / "first").mkdir()
    with pytest.raises(Unreadable, match="exists already"):
        start_mapping(a_source(FILES), tmp_path / "first")


def test_no_half_mapping_is_left_when_nothing_can_be_read(a_source, tmp_path):
    """Without it a failed start would stand in the way of the next."""
    with pytest.raises(Unreadable, match="Nothing in"):
        start_mapping(a_source({"matters.csv": b""}), tmp_path / "first")
    assert ["source"] == [path.name for path in tmp_path.iterdir()]


def test_a_source_without_a_case_number_says_what_is_missing(a_source, tmp_path):
    """Without it the mapping would fail later, and with a worse sentence."""
    said = start_mapping(a_source({"notes.csv": b"colour,size\nred,1\nblue,2\n"}), tmp_path / "first")
    assert any("No column looks like the number of a case" in sentence for sentence in said)


@pytest.mark.data
@pytest.mark.parametrize("name", ["chicago-complaints", "road-traffic-fines", "nyc-ccrb-penalties"])
def test_it_begins_a_mapping_for_real_data(shared_data, tmp_path, name):
    """Without it `init` would be tried on invented files only."""
    start_mapping(shared_data(name), tmp_path / "first")
    fit = check_mapping(tmp_path / "first", shared_data(name))
    assert () == fit.problems


def test_columns_in_another_language_are_recognised_by_what_refers_to_them(a_source, tmp_path):
    """Without it whoever has an export in another language would have to begin with an empty page."""
    files = {
        "beschwerden.csv": b"aktenzeichen;eingegangen;abgeschlossen\n"
        + b"".join(b"B%03d;%02d.03.2021;%s\n" % (i, i % 28 + 1, b"01.06.2021" if i % 3 else b"") for i in range(200)),
        "antworten.csv": b"aktenzeichen;mitglied\n"
        + b"".join(b"B%03d;M%02d\n" % (i % 150, i % 50) for i in range(300)),
        "mitglieder.csv": b"mitglied;liste\n" + b"".join(b"M%02d;anker\n" % i for i in range(60)),
    }
    start_mapping(a_source(files), tmp_path / "first")
    sql = read_mapping(tmp_path / "first").sql
    for part in ('"aktenzeichen" ', '"eingegangen" ', '"abgeschlossen" AS closed', "FROM beschwerden"):
        assert part in sql["cases"].replace('"beschwerden"', "beschwerden")
    assert '"mitglied" AS person' in sql["people"]
