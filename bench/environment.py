# SPDX-License-Identifier: Apache-2.0
"""The environment of the peers, made once in .bench/peers and made anew when its requirements change."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from bench.measuring import ROOT

HOME = ROOT / ".bench"
REQUIREMENTS = ROOT / "bench" / "requirements-peers.txt"


class NoPeers(Exception):
    """The peers cannot be had here; the sentence says why."""


def peers() -> Path:
    """The interpreter of the peers' environment. `NoPeers` where it cannot be made."""
    home, python = HOME / "peers", HOME / "peers" / "bin" / "python"
    mark, wanted = home / "made-from.sha256", hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    if python.exists() and mark.exists() and mark.read_text() == wanted:
        return python
    shutil.rmtree(home, ignore_errors=True)
    HOME.mkdir(exist_ok=True)
    print("Making the peers' environment (once, about a minute) ...", file=sys.stderr, flush=True)
    uv = os.environ.get("UV") or shutil.which("uv")
    if uv:
        steps = [
            [uv, "venv", "--quiet", "--python", sys.executable, str(home)],
            [uv, "pip", "install", "--quiet", "--python", str(python), "--requirement", str(REQUIREMENTS)],
        ]
    else:
        steps = [
            [sys.executable, "-m", "venv", str(home)],
            [str(python), "-m", "pip", "install", "--quiet", "--requirement", str(REQUIREMENTS)],
        ]
    for step in steps:
        done = subprocess.run(step, capture_output=True, text=True, check=False)
        if done.returncode:
            said = done.stderr.strip().splitlines() or ["no reason was given"]
            raise NoPeers(f"the peers cannot be installed here: {said[-1]}")
    mark.write_text(wanted)
    return python


def versions(python: Path) -> dict[str, str]:
    """The versions of what the peers' environment holds and the figures depend on."""
    ask = (
        "import json, platform; from importlib.metadata import version as v; "
        "print(json.dumps({'python': platform.python_version()} | {n: v(n) for n in ('pm4py', 'pandas', 'numpy', 'pymerkle')}))"
    )
    done = subprocess.run([str(python), "-c", ask], capture_output=True, text=True, check=True)
    found: dict[str, str] = json.loads(done.stdout)
    return found
