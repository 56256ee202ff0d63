# SPDX-License-Identifier: Apache-2.0
"""A disk on which the process dies, the power fails or there is no room at the k-th call that changes something.

It stands between the code under test and the real disk: `os.write`, `os.rename` and their kin are counted and passed on.
Once the process is dead nothing reaches the disk any more, whatever its handlers try.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CHANGES = ("open", "write", "fsync", "ftruncate", "rename", "replace", "unlink", "rmdir", "mkdir", "utime")
REAL = {name: getattr(os, name) for name in (*CHANGES, "close")}


class Died(BaseException):
    """The process is gone."""


class Disk:
    """Lets calls through until the one numbered `at`; there it dies `before` it or in the `middle`, or raises `fails`."""

    def __init__(
        self, vault: Path, *, at: int | None = None, middle: bool = False, fails: Callable[[], OSError] | None = None
    ) -> None:
        self.vault, self.at, self.middle, self.fails = vault, at, middle, fails
        self.calls: list[str] = []
        self.dead = False
        self._handles: set[int] = set()
        self._safe: dict[int, int] = {}  # inode: bytes that lasted
        self._dirty: dict[int, Path] = {}
        self._undo: list[tuple[int, Callable[[], None]]] = []  # (inode of a folder, how a change of it is lost)

    def run(self, act: Callable[[], Any]) -> Any:
        """What `act` returns, or None if the process died; the system closes every file it held then."""
        with pytest.MonkeyPatch.context() as patch:
            for name in REAL:
                patch.setattr(os, name, getattr(self, f"_{name}", None) or self._counted(name))
            try:
                return act()
            except Died:
                for handle in self._handles:
                    REAL["close"](handle)
                return None

    def lose(self, *, names: bool, data: bool) -> None:
        """The power fails: what was not flushed is gone, names in folders or the bytes of files or both."""
        for _, undo in reversed(self._undo) if names else ():
            undo()
        for inode in self._dirty if data else ():
            for path in self.vault.parent.rglob("*"):
                if path.is_file() and path.stat().st_ino == inode:
                    os.truncate(path, self._safe.get(inode, 0))

    def _passes(self, name: str, half: Callable[[], object] = lambda: None) -> None:
        if self.dead:
            raise Died
        if len(self.calls) == self.at:
            if self.middle:
                half()
            if self.fails:
                self.at = None
                raise self.fails()
            self.dead = True
            raise Died
        self.calls.append(name)

    def _counted(self, name: str) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            self._passes(name)
            return REAL[name](*args, **more)

        return call

    def _open(self, path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        new = flags & os.O_CREAT and not os.path.lexists(path)
        if flags & (os.O_CREAT | os.O_TRUNC):
            self._passes("open")
        handle = REAL["open"](path, flags, mode, dir_fd=dir_fd)
        self._handles.add(handle)
        if new:
            self._changed(Path(path).parent, lambda: Path(path).unlink(missing_ok=True))
        return handle

    def _close(self, handle: int) -> None:
        self._handles.discard(handle)
        REAL["close"](handle)

    def _write(self, handle: int, data: Any) -> int:
        inode = os.fstat(handle).st_ino
        self._safe.setdefault(inode, os.fstat(handle).st_size)
        self._dirty[inode] = Path()
        self._passes("write", lambda: REAL["write"](handle, bytes(data)[: len(data) // 2]))
        return REAL["write"](handle, data)

    def _fsync(self, handle: int) -> None:
        self._passes("fsync")  # what lasts is kept in mind here; waiting for the real disk shows nothing
        inode = os.fstat(handle).st_ino
        self._safe[inode] = os.fstat(handle).st_size
        self._dirty.pop(inode, None)
        self._undo = [each for each in self._undo if each[0] != inode]

    def _ftruncate(self, handle: int, size: int) -> None:
        self._passes("ftruncate")
        REAL["ftruncate"](handle, size)

    def _rename(self, old: Any, new: Any) -> None:
        self._passes("rename")
        kept = self._kept(new)
        REAL["rename"](old, new)

        def undo() -> None:
            REAL["rename"](new, old)
            if kept:
                REAL["rename"](kept, new)

        self._changed(Path(new).parent, undo)

    _replace = _rename

    def _unlink(self, path: Any, *, dir_fd: int | None = None) -> None:
        self._passes("unlink")
        if dir_fd is not None:
            path = Path(os.readlink(f"/proc/self/fd/{dir_fd}"), path)
        kept = self._kept(path)
        REAL["unlink"](path)
        if kept:
            self._changed(Path(path).parent, lambda: REAL["rename"](kept, path))

    def _rmdir(self, path: Any, *, dir_fd: int | None = None) -> None:
        self._passes("rmdir")
        if dir_fd is not None:
            path = Path(os.readlink(f"/proc/self/fd/{dir_fd}"), path)
        REAL["rmdir"](path)
        self._changed(Path(path).parent, lambda: REAL["mkdir"](path))

    def _mkdir(self, path: Any, mode: int = 0o777) -> None:
        self._passes("mkdir")
        REAL["mkdir"](path, mode)
        self._changed(Path(path).parent, lambda: shutil.rmtree(path))

    def _kept(self, path: Any) -> Path | None:
        if not os.path.isfile(path):
            return None
        kept = self.vault / str(len(os.listdir(self.vault)))
        os.link(path, kept)
        return kept

    def _changed(self, folder: Path, undo: Callable[[], None]) -> None:
        self._undo.append((os.stat(folder).st_ino, undo))
