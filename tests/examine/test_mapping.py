# SPDX-License-Identifier: Apache-2.0
"""mapping.toml is read strictly: what is not known is refused with the file, the key and what to do."""

from datetime import date

import pytest

from evenhand.examine.fitting import check_mapping
from evenhand.examine.mapping import read_mapping
from evenhand.examine.trouble import Unreadable

SOURCE = '[source]\nname = "Quay Club"\n'


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("", r"\[source\] needs the key name"),
        (SOURCE + 'zonne = "UTC"', "zonne in .source. is not known; did you mean zone"),
        (SOURCE + "[finding]", "finding at the top is not known; did you mean findings"),
        (SOURCE + 'zone = "Mars/North"', 'no time zone "Mars/North"'),
        (SOURCE + 'encoding = "morse"', 'no encoding "morse"'),
        (SOURCE + "dates = 5", "dates must be a list of texts"),
        (SOURCE + 'as_of = "soon"', "as_of must be a day"),
        (SOURCE + 'rulebook = "../secret.yaml"', "lies outside the mapping's folder"),
        (SOURCE + 'rulebook = "rulebook.yaml"', "there is no rulebook"),
        (SOURCE + '[[compare]]\nattribute = "branch"', "needs the key column"),
        (SOURCE + "[compare]\n", "under"),
        ("name = [", "cannot be read as TOML"),
    ],
)
def test_what_is_not_understood_is_refused(a_mapping, toml, says):
    """Without it a misspelt key would silently be left out of the examination."""
    with pytest.raises(Unreadable, match=says):
        read_mapping(a_mapping(toml))


def test_a_mapping_is_read_whole(a_mapping):
    """Without it the examination would not know what to compare."""
    folder = a_mapping(
        SOURCE + 'zone = "Europe/Rome"\nas_of = 2024-12-31\ndates = ["%d/%m/%Y"]\n'
        '[findings]\nagainst = "upheld"\nother = ["not upheld"]\n'
        '[[compare]]\nattribute = "branch"\ncolumn = "people.branch"\noutcome = "upheld"\nstrata = ["received.year"]\n'
        '[snapshots]\nkey = "id"\noutcome_columns = ["penalty"]\n'
    )
    known = read_mapping(folder)
    assert ("Europe/Rome", date(2024, 12, 31), ("%d/%m/%Y",)) == (known.zone, known.as_of, known.dates)
    assert (("upheld",), ("not upheld",)) == (known.against, known.other)
    assert ("people.branch", ("received.year",)) == (known.compare[0].column, known.compare[0].strata)
    assert (("id",), ("penalty",)) == (known.key, known.outcome_columns)
    assert ["cases", "people"] == list(known.sql)


def test_a_folder_without_mapping_toml_says_how_to_begin(tmp_path):
    """Without it an outsider would not learn that a first mapping can be written for them."""
    with pytest.raises(Unreadable, match="examine init"):
        read_mapping(tmp_path)


@pytest.mark.data
@pytest.mark.parametrize("name", ["chicago-complaints", "nyc-ccrb-penalties", "road-traffic-fines"])
def test_the_mappings_that_are_shipped_fit_their_sources(root, shared_data, name):
    """Without it a mapping of ours could break unseen."""
    fit = check_mapping(root / "mappings" / name, shared_data(name))
    assert ((), True) == (fit.problems, fit.holds)
