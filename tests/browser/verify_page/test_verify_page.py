# SPDX-License-Identifier: Apache-2.0
"""The page that checks a receipt without a network: what holds, what does not, and that it says which (M26)."""

import base64
import hashlib
import re

import pytest

from tests.browser.verify_page import a_receipt as made

pytestmark = pytest.mark.browser

ENDING = "An unaltered record does not mean that a decision was right or that every complaint was entered."


def heading(page) -> str:
    """The sentence that says whether it holds, with its sign."""
    return page.inner_text("#verdict")


def test_a_good_receipt_holds(page, check):
    """Its holder could not see, without the organisation, that nothing was altered."""
    text = check(made.receipt_of(made.fields()))
    assert "= It holds. Entry 3 of a record of 7 is what this receipt says." == heading(page)
    assert "example.org/harbour signed that its record has 7 entries." in text
    assert "11 of 16 sealed places are opened here" in text


def test_what_is_opened_is_told_in_plain_words(page, check):
    """A receipt that only a programmer can read is no receipt."""
    check(made.receipt_of(made.fields()))
    rows = page.locator("table tbody tr").all()
    told = dict(row.locator("th, td").all_inner_texts() for row in rows)
    assert {
        "Kind of entry": "an act",
        "Day": "Wednesday 1 April 2026",
        "Time": "Wednesday 1 April 2026, 08:30:00.25 UTC",
        "Matter": made.MATTER,
        "Number in the matter": "1",
        "By whom (pseudonym)": "c4" * 16,
        "In which role": "complainant",
        "Rule": "discipline.lodge",
        "Particulars: notice": "how: post\nto: respondent, panel",
        "Text: account": "It happened at the second berth.\nTwo people saw it.",
        "Person: name": "Mira Okonjo",
    } == told


def test_a_met_policy_names_who_cosigned_and_when(page, check):
    """k of n would be a number that nobody can ask."""
    text = check(made.receipt_of(made.fields(), cosigners=made.COSIGNERS[:2]), policy=made.policy(2))
    assert heading(page).startswith("= It holds.")
    assert (
        "2 of 3 cosigned, and 2 are needed: cosigner.example/saltmarsh on Tuesday 31 March 2026, 23:33:20 UTC;" in text
    )


def test_a_policy_that_is_not_met_is_refused(page, check):
    """A record that only its keeper has seen would pass for one that outsiders watch."""
    text = check(made.receipt_of(made.fields(), cosigners=made.COSIGNERS[:1]), policy=made.policy(2))
    assert "≠ It does not hold." == heading(page)
    assert "1 of 3 cosigners have signed this checkpoint, and 2 are needed." in text


def test_without_a_policy_it_is_said_that_cosigners_were_not_checked(check):
    """Silence would read as if they had been."""
    text = check(made.receipt_of(made.fields(), cosigners=made.COSIGNERS))
    assert "Not checked: no policy was given. Lines by other keys that were left aside: 3." in text


def test_lines_of_unknown_keys_are_left_aside(verdict):
    """A log could not add a cosigner without breaking every receipt."""
    text = made.receipt_of(made.fields(), cosigners=made.COSIGNERS)
    assert "holds" == verdict(text.replace("lantern", "nobody"), policy=made.policy(1, made.COSIGNERS[:2]))


def test_a_known_cosigner_whose_signature_fails_is_refused(verdict):
    """Two good cosignatures would cover a forged third."""
    good = made.receipt_of(made.fields(), cosigners=made.COSIGNERS[:2])
    forged = good + made.COSIGNERS[2].cosigns("another text\n")
    assert "signature" == verdict(forged, policy=made.policy(1))


def test_the_key_of_another_is_refused(page, check):
    """Anybody's key would do."""
    text = check(made.receipt_of(made.fields()), key=made.Key("example.org/other").text)
    assert "≠ It does not hold." == heading(page)
    assert "The receipt is of the record “example.org/harbour”, and the key is that of “example.org/other”." in text


def test_a_forged_log_of_the_same_name_is_refused(verdict):
    """Whoever writes the name of the log would be the log."""
    public = made.sha(b"nobody knows the seed of this")
    assert "unsigned" == verdict(made.receipt_of(made.fields()), made.key_text(made.ORIGIN, 1, public))


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("", "The log’s verifier key is missing."),
        ("example.org/harbour", "This is not a verifier key"),
        (made.LOG.text[:-1], "This is not a verifier key"),
        (made.LOG.text.replace("harbour", "harbor"), "The 8 hex digits do not belong to the name and key beside them."),
        (made.COSIGNERS[0].text, "This is not a key that signs a log (type 1)."),
        (made.key_text(made.ORIGIN, 1, bytes(32)), "one of the weak points that no honest signer has"),
    ],
    ids=["none", "name", "cut", "misspelt", "cosigner", "low-order"],
)
def test_a_key_that_cannot_be_used_is_said_at_its_field(page, check, key, sentence):
    """The person would look for the fault in the receipt."""
    check(made.receipt_of(made.fields()), key=key)
    assert sentence in page.inner_text("#key-mistake")
    assert ("true", "problems", "Error: Check a receipt") == (
        page.get_attribute("#key", "aria-invalid"),
        page.evaluate("document.activeElement.id"),
        page.title(),
    )


def test_all_fourteen_points_of_low_order_are_refused(page, vectors):
    """About these keys verifiers disagree: one signature would hold here and fail there."""
    points = vectors("ed25519-edge-cases/expected.json")["low_order_key_encodings_hex"]
    keys = [made.key_text(made.ORIGIN, 1, bytes.fromhex(point)) for point in points]
    each = "keys => Promise.all(keys.map(key => verifierKey(key, 1).then(() => 'read', problem => problem.code)))"
    assert ["keyOrder"] * 14 == page.evaluate(each, keys)


def test_a_receipt_without_its_last_line_break_is_refused(verdict):
    """What was cut off with it, nobody would ask."""
    assert "noNewline" == verdict(made.receipt_of(made.fields())[:-1])


def test_every_flipped_bit_is_refused(page):
    """The one bit that is not covered is the one that is altered."""
    entries = [made.genesis(), made.sealed([text := made.disclosure("n", 1)])]
    whole = made.receipt(entries, 1, [text], cosigners=made.COSIGNERS[:1])
    passed = """async ([whole, key, policy]) => {
        const [bytes, log, cosigners] = [toBytes(whole), await verifierKey(key, 1), await policyOf(policy)]
        const judged = async data => {
            const text = utf8(data)
            const all = await Promise.all((text === null ? [null] : receiptsIn(text)).map(one => judge(one, log, cosigners)))
            return all.every(one => one.holds)
        }
        if (!await judged(bytes)) throw new Error('the whole receipt does not hold')
        const missed = []
        for (let k = 0; k < bytes.length; k++) for (let bit = 1; bit < 256; bit <<= 1) {
            if (await judged(bytes.map((byte, i) => i === k ? byte ^ bit : byte))) missed.push([k, bit])
        }
        return missed
    }"""
    assert [] == page.evaluate(passed, [whole, made.LOG.text, made.policy(1, made.COSIGNERS[:1])])


def test_a_bundle_without_a_gap_holds(page, check):
    """Its holder could not see that no act of the matter is kept from them."""
    text = check(made.bundle([1, 2, 3]))
    assert "= All 3 receipts hold." == heading(page)
    assert f"Matter {made.MATTER}: numbers 1 to 3 are here, and none is missing between them." in text


def test_a_gap_in_a_matter_is_named(page, check):
    """An act that was kept from a party would not be missed."""
    text = check(made.bundle([2, 3, 7]))
    assert "≠ Each of the 3 receipts holds, but together they do not." == heading(page)
    assert f"Matter {made.MATTER}: missing from its numbers: 1, 4 to 6. Ask for these receipts;" in text


def test_two_entries_with_one_number_are_named(check):
    """Two people who acted on one state of a matter would leave no trace."""
    assert "two different entries both have number 2" in check(made.bundle([1, 2, 2]))


def test_two_roots_of_one_size_are_told_as_a_fork(page, check):
    """The log could show each party a record of its own."""
    text = check(made.bundle([1, 2]), made.bundle([1, 2], matter=made.OTHER_MATTER))
    assert "≠ Each of the 4 receipts holds, but together they do not." == heading(page)
    assert (
        "The log has signed two different records of 3 entries: one in receipt-1.tlog-proof, receipt 1, one in" in text
    )


def test_hostile_text_stays_text(page, check):
    """Whoever files a complaint could run a program in the window of whoever checks it."""
    hostile = "<img src=x onerror=\"document.title='ran'\"><script>document.title='ran'</script>\u202e&lt;"
    opened = made.fields(**{"text.account": hostile, "body.notice": {hostile[:40]: [hostile]}})
    assert hostile in check(made.receipt_of(opened))
    assert (0, 0) == (page.locator("main img").count(), page.locator("main script").count())
    assert "ran" not in page.title()


def test_the_page_ends_with_what_it_cannot_say(page, check):
    """Whoever reads "it holds" would take it for "it was right" (M26)."""
    assert page.inner_text("main").endswith(ENDING)
    good = made.receipt_of(made.fields())
    assert [True] * 3 == [text.endswith(ENDING) for text in (check(good), check(good[:-1]), check(good, key=""))]


def test_the_policy_lets_in_this_script_and_this_style_alone(root):
    """With one character more or less the browser runs nothing; put these digests into the policy of the page."""
    text = (root / "verifier" / "verify.html").read_text("utf-8")
    policy = re.search(r'Security-Policy" content="([^"]+)"', text)[1]
    for kind in ("style", "script"):
        inner = re.search(f"<{kind}>(.*?)</{kind}>", text, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
