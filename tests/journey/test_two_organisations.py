# SPDX-License-Identifier: Apache-2.0
"""Two organisations on one server: a session of one opens nothing in the other, and no database is taken for another's."""

import pytest

from evenhand.store.belonging import check_belongs
from evenhand.store.connecting import connect
from evenhand.store.opened import forget_everything
from evenhand.store.organisation import NoOrganisation, Organisation
from evenhand.web.settings_cookies import cookies, hosts
from tests.journey.houses import house


def test_a_session_of_one_is_nothing_in_the_other(tmp_path):
    """L07: whoever is signed in to one organisation would be in the desk of the other, with somebody else's seats."""
    with house(tmp_path / "a", "harbour") as one:
        browser = one.as_(one.people["case_officer"][0])
        mine = one.made.organisation
        assert 200 == browser.get("/desk/").status_code
        with house(tmp_path / "b", "quay_club") as other:
            said = browser.get("/desk/")
            assert (302, True) == (said.status_code, said.headers["Location"].startswith("/accounts/login/"))
            theirs = other.made.organisation
            check_belongs(theirs)
            with pytest.raises(NoOrganisation, match="another organisation's"):
                check_belongs(mine)
        assert {mine.folder / name for name in ("keys", "record", "evenhand.sqlite3")}.isdisjoint(
            theirs.folder / name for name in ("keys", "record", "evenhand.sqlite3")
        )
        forget_everything()
        connect(mine.database)
        check_belongs(mine)


def test_each_answers_under_its_own_name_alone_and_its_cookies_are_its_own():
    """L07: a page of one organisation could be had under the name of the other, and its cookies with it."""
    one = {"base": "https://complaints.a.example"}
    assert (True, False) == ("complaints.a.example" in hosts(one), "complaints.b.example" in hosts(one))
    made = cookies(secure=True)
    names = [made[name] for name in ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME")]
    assert [True, True] == [name.startswith("__Host-") for name in names]
    assert ("/", True) == (made["SESSION_COOKIE_PATH"], made["SESSION_COOKIE_SECURE"])
    assert "SESSION_COOKIE_DOMAIN" not in made


def test_a_database_of_another_is_not_served(tmp_path, monkeypatch, capsys):
    """L07: a variable left over from another organisation would have one write into the tables of the other."""
    from argparse import Namespace

    from evenhand.cli.organisation.opening import brought_up_to_date

    with house(tmp_path / "a", "harbour") as one:
        database = one.made.organisation.database
    with house(tmp_path / "b", "quay_club") as other:
        folder = other.made.organisation.folder
        monkeypatch.setenv("DATABASE_URL", database)
        monkeypatch.setenv("EVENHAND_DIR", str(folder))
        with pytest.raises(NoOrganisation, match="DATABASE_URL"):
            brought_up_to_date(Namespace(dir=folder))
        assert Organisation.open(folder).database == database
