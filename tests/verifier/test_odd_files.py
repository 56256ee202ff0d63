# SPDX-License-Identifier: Apache-2.0
"""Files that are none, never end, or hold more than their name says keep nobody waiting and are not passed over."""

import os

import pytest

PLACES = [
    "vkey",
    "published",
    "tile/0/000.p/10",
    "tile/entries/000.p/10",
    "tile/0/000.p/3",
    "rotated/5",
    "disclosures.jsonl",
]


@pytest.mark.parametrize("name", PLACES)
def test_a_pipe_in_the_place_of_a_file_is_found(verify, plain_log, name):
    """Whoever checks a log would wait for ever."""
    path = plain_log[0] / name
    path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    os.mkfifo(path)
    assert 1 == verify(plain_log[0]).code


def test_a_pipe_that_is_to_be_checked_is_told(verify, tmp_path):
    """The command would hang at its first argument."""
    os.mkfifo(tmp_path / "pipe")
    said = verify(tmp_path / "pipe")
    assert (2, True) == (said.code, "not a plain file" in said.err)


@pytest.mark.parametrize("name", ["vkey", "checkpoint", "tile/0/000.p/10"])
def test_what_never_ends_is_not_read(verify, plain_log, name):
    """A link to a device would fill the memory."""
    (plain_log[0] / name).unlink()
    (plain_log[0] / name).symlink_to("/dev/zero")
    assert 1 == verify(plain_log[0]).code


@pytest.mark.parametrize("name", ["disclosures.jsonl", "vkey", "published"])
def test_a_folder_in_the_place_of_a_file_is_found(verify, plain_log, name):
    """The check would end in the middle."""
    (plain_log[0] / name).unlink(missing_ok=True)
    (plain_log[0] / name).mkdir()
    assert 1 == verify(plain_log[0]).code


def test_a_line_without_end_is_not_taken_in_whole(verify, story, signer, tmp_path):
    """One line would take all the memory there is."""
    folder = story.export(tmp_path / "x", signer)
    with (folder / "disclosures.jsonl").open("ab") as file:
        for _ in range(20):
            file.write(b"{}," * 350_000)
    said = verify(folder)
    assert (1, True) == (said.code, "too long" in said.findings)


@pytest.mark.parametrize(("more", "code"), [(b"\x00\x02{}", 0), (b"\x00\x02{}rubbish", 1), (b"rubbish", 1)])
def test_a_bundle_that_reaches_beyond_the_checkpoint_must_be_whole(verify, plain_log, more, code):
    """Anything could be handed round in the files of a log that verifies."""
    folder = plain_log[0] / "tile/entries/000.p"
    (folder / "11").write_bytes((folder / "10").read_bytes() + more)
    said = verify(plain_log[0])
    assert (code, True) == (said.code, "reaches beyond the checkpoint" in said.not_checked)


@pytest.mark.parametrize(
    "name", ["tile/0/000.p/0", "tile/0/000.p/999", "tile/entries/000.p/256", "tile/8/000", "tile/77/000"]
)
def test_a_width_or_level_that_no_log_has_is_found(verify, plain_log, name):
    """It would be taken for a tile that nobody needs."""
    (plain_log[0] / name).parent.mkdir(parents=True, exist_ok=True)
    (plain_log[0] / name).write_bytes(bytes(32))
    assert "neither a tile nor a bundle" in verify(plain_log[0]).findings


def test_a_link_to_a_folder_under_the_tiles_is_found(verify, plain_log, tmp_path):
    """What lies behind it can change without the log."""
    (plain_log[0] / "tile/evil").symlink_to(tmp_path)
    assert "tile/evil" in verify(plain_log[0]).findings


def test_what_the_format_does_not_know_is_listed(verify, plain_log):
    """The whole folder would be taken for verified."""
    (plain_log[0] / "minutes.docx").write_bytes(b"x")
    said = verify(plain_log[0])
    assert (0, True) == (said.code, "minutes.docx" in said.not_checked)


def test_rotated_as_a_file_is_found(verify, plain_log):
    """A handing over of the key would be passed over."""
    (plain_log[0] / "rotated").write_bytes(b"x")
    assert "not a folder" in verify(plain_log[0]).findings
