# SPDX-License-Identifier: Apache-2.0
"""What the tests of this folder share: our logs in seven sizes, each made once, and the skip that says what is missing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.peers.environments import Absent, environment
from tests.peers.exports import Export, made


@pytest.fixture(scope="session")
def export(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Export]:
    """`export(257)`: a log of 257 entries, made by our own writer when it is first asked for; leave it as it is."""
    kept: dict[int, Export] = {}

    def of_size(size: int) -> Export:
        if size not in kept:
            kept[size] = made(tmp_path_factory.mktemp(f"log-{size}"), size)
        return kept[size]

    return of_size


@contextmanager
def skipped_where_absent() -> Iterator[None]:
    """Skips with the sentence of what cannot be had; EVENHAND_REQUIRE=all makes a failure of it."""
    try:
        yield
    except Absent as absent:
        pytest.skip(str(absent))


@pytest.fixture(scope="session")
def peer_python() -> Callable[..., Path]:
    """`peer_python("sigstore", least=(3, 11))`: the Python of an environment of its own, or a skip that says why not."""

    def of(name: str, *, least: tuple[int, int]) -> Path:
        with skipped_where_absent():
            return environment(name, least=least)

    return of
