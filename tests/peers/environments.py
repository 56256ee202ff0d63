# SPDX-License-Identifier: Apache-2.0
"""Environments of their own for other people's software, under .peers/, and the programs that are found on PATH.

An environment is made once from a list with exact versions and hashes, and made anew when the list or its Python changes.
Nothing in it is imported by a test: a script beside this file runs there as a program of its own.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = HERE.parents[1] / ".peers"


class Absent(Exception):
    """Something cannot be had here; the sentence says what and why."""


class NoPython(Absent):
    """No Python of the version that a tool needs stands here: the one thing that may lack even where nothing is skipped."""


def run(command: list[str | Path], **options: object) -> subprocess.CompletedProcess[str]:
    """What a command says and its exit code; it is never judged here."""
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **options)


def python(*, least: tuple[int, int]) -> Path:
    """A Python of at least this version: our own, one on PATH, or one that pyenv keeps; `NoPython` where there is none.

    Each is asked for its version, since a name on PATH may stand for another Python or for none at all.
    """
    ask = f"import sys, venv, ssl; assert sys.version_info >= {least!r}; print(sys.executable)"
    for candidate in _pythons(least):
        try:
            asked = run([candidate, "-I", "-c", ask], cwd=HERE)
        except OSError:
            continue
        if asked.returncode == 0:
            return Path(asked.stdout.strip())
    raise NoPython(f"no Python {least[0]}.{least[1]} or later stands on PATH or among those of pyenv")


def _pythons(least: tuple[int, int]) -> Iterator[Path | str]:
    yield sys.executable
    names = ["python3", *(f"python3.{minor}" for minor in range(least[1], least[1] + 8))]
    yield from filter(None, map(shutil.which, names))
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    yield from sorted(pyenv.glob("versions/*/bin/python"))


def environment(name: str, *, least: tuple[int, int]) -> Path:
    """The Python of .peers/NAME, made from requirements-NAME.txt; `Absent` where it cannot be made."""
    wanted, base = HERE / f"requirements-{name}.txt", python(least=least)
    home, mark = HOME / name, f"{hashlib.sha256(wanted.read_bytes()).hexdigest()} {base}"
    HOME.mkdir(exist_ok=True)
    with (HOME / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several workers of one run may want it at once
        made = home / "made-from"
        if not made.is_file() or made.read_text("utf-8") != mark:
            shutil.rmtree(home, ignore_errors=True)
            for step in _steps(home, base, wanted):
                done = run(step)
                if done.returncode:
                    said = " ".join(done.stderr.split()) or "no reason was given"
                    raise Absent(f"the environment .peers/{name} cannot be made: {said[:400]}")
            made.write_text(mark, "utf-8")
    return home / "bin" / "python"


def _steps(home: Path, base: Path, wanted: Path) -> list[list[str | Path]]:
    uv, inside = _uv(), home / "bin" / "python"
    if uv:
        make = [uv, "venv", "--quiet", "--no-project", "--python", base, home]
        fill = [uv, "pip", "install", "--quiet", "--require-hashes", "--only-binary", ":all:", "--python", inside]
    else:
        make = [base, "-m", "venv", home]
        fill = [inside, "-m", "pip", "install", "--quiet", "--require-hashes", "--only-binary", ":all:"]
    return [make, [*fill, "--requirement", wanted]]


def _uv() -> str | None:
    for found in filter(None, (os.environ.get("UV"), shutil.which("uv"))):
        try:
            if run([found, "--version"]).returncode == 0:
                return found
        except OSError:
            continue
    return None


def program(name: str, package: str) -> str:
    """The path of a program on PATH; `Absent` names Debian's package otherwise."""
    found = shutil.which(name)
    if not found:
        raise Absent(f"{name} is not on PATH; on Debian: apt-get install {package}")
    return found


def built_go(folder: Path) -> Path:
    """The Go program of go/, compiled into a folder with Debian's copy of golang.org/x/mod and without a module proxy."""
    go = program("go", "golang-go")
    if not Path("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog").is_dir():
        raise Absent("golang.org/x/mod is not there; on Debian: apt-get install golang-golang-x-mod-dev")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("GO", "CGO_"))}
    env = {
        **inherited,
        "GO111MODULE": "off",
        "GOPATH": "/usr/share/gocode",
        "GOCACHE": str(folder / "cache"),
        "GOENV": "off",
        "GOPROXY": "off",
        "GOTOOLCHAIN": "local",
        "CGO_ENABLED": "0",
        "HOME": str(folder),
    }
    done = run([go, "build", "-o", folder / "check", HERE / "go" / "check.go"], env=env, cwd=folder)
    if done.returncode:
        raise RuntimeError(f"check.go does not compile: {done.stderr}")
    return folder / "check"
