# SPDX-License-Identifier: Apache-2.0
"""The page that checks receipts, open in a browser that has no network, and the published vectors for it."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.verify_page import a_receipt as made
from tests.conftest import SHARED

JUDGED = """async ([text, key, policy]) => {
    const found = await judge(text, await verifierKey(key, 1), policy && await policyOf(policy))
    return found.holds ? 'holds' : found.reason.code
}"""


@pytest.fixture
def page(chromium, root) -> Iterator[object]:
    """The page opened from its file, in a window without a network; a request to anybody fails the test."""
    window = chromium.new_context(offline=True)
    opened, asked, complaints = window.new_page(), [], []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    file = (root / "verifier" / "verify.html").as_uri()
    opened.goto(file)
    opened.locator("#work").wait_for()
    yield opened
    window.close()
    assert ([file], []) == (asked, complaints)


@pytest.fixture
def check(page) -> Callable[..., str]:
    """`check(receipt, ...)`: gives the receipts as files, presses the button and returns the text of the whole page."""

    def given(*receipts: str, key: str = made.LOG.text, policy: str = "") -> str:
        files = [
            {"name": f"receipt-{k}.tlog-proof", "mimeType": "text/plain", "buffer": text.encode()}
            for k, text in enumerate(receipts, 1)
        ]
        page.set_input_files("#files", files)
        page.fill("#key", key)
        page.fill("#policy", policy)
        page.click("button[type=submit]")
        page.locator("#answer:not([hidden]), #problems:not([hidden])").wait_for()
        return page.inner_text("main")

    return given


@pytest.fixture
def verdict(page) -> Callable[..., str]:
    """`verdict(text)`: "holds", or the code of the refusal, straight from the page's own function."""
    return lambda text, key=made.LOG.text, policy=None: page.evaluate(JUDGED, [text, key, policy])


@pytest.fixture(scope="session")
def vectors() -> Callable[[str], Any]:
    """`vectors("merkle/index.json")`: a file of the published vectors beside the project."""

    def read(name: str) -> Any:
        path = SHARED / "vectors" / name
        if not path.is_file():
            pytest.skip(f"shared/vectors/{name} does not lie beside the project")
        return json.loads(path.read_text("utf-8"))

    return read
