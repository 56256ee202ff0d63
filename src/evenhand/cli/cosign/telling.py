# SPDX-License-Identifier: Apache-2.0
"""How the standing of a log with its cosigners is told."""

from typing import TYPE_CHECKING, Any

from evenhand.cli.terminal import Terminal

if TYPE_CHECKING:
    from evenhand.cosign.gathering import Standing

GOOD, BAD = "green", "bold red"


def standing_json(standing: "Standing") -> dict[str, Any]:
    """The standing for programs."""
    from evenhand.record.encodings import to_base64

    at = {each.key: each.seconds for each in standing.cosigned}
    return {
        "origin": standing.checkpoint.origin,
        "size": standing.checkpoint.size,
        "root": to_base64(standing.checkpoint.root),
        "k": standing.policy.k,
        "n": len(standing.policy.of),
        "holds": standing.holds,
        "cosigners": [{"key": key.text, "name": key.name, "cosigned": at.get(key)} for key in standing.policy.of],
    }


def tell_standing(terminal: Terminal, standing: "Standing") -> None:
    """How many have cosigned which checkpoint, and whether that is enough."""
    count, policy, checkpoint = len(standing.cosigned), standing.policy, standing.checkpoint
    terminal.say(
        f"{count} of {len(policy.of)} cosigners have cosigned {checkpoint.origin} at {checkpoint.size:,} entries; "
        f"{policy.k} {'is' if policy.k == 1 else 'are'} needed.",
        style=GOOD if standing.holds else BAD,
    )
