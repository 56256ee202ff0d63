# SPDX-License-Identifier: Apache-2.0
"""Files that are there whole or not at all, and stay there when the power fails."""

import errno
import fcntl
import os
import stat
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from evenhand.record.errors import LogError

PART = ".part"
"""What is being written, in the folder of the log itself, so that nothing half written ever lies under `tile/`."""

MANY = 8


def put(
    path: Path, data: bytes, *, part: Path, sync: bool = False, mode: int = 0o644, moment: float | None = None
) -> None:
    """Writes a file in one step: it is there whole under its name, or the earlier one is. `sync` makes it last.

    `part` is a path on the same disk for what is not finished; only one writer uses it. `moment`, in seconds since 1970,
    is the time that the file carries, if not that of its writing.
    """
    handle = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, mode)
    try:
        _all(handle, data)
        if moment is not None:
            os.utime(handle, (moment, moment))
        if sync:
            os.fsync(handle)
    finally:
        os.close(handle)
    try:
        os.rename(part, path)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.rename(part, path)
    if sync:
        sync_folder(path.parent)


def read(path: Path, *, most: int) -> bytes:
    """The bytes of a file, and one more than `most` where it has more, so that the caller sees it.

    `OSError` for what is no plain file: a pipe would wait for ever, and a device would never end.
    """
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise OSError(errno.EINVAL, "it is not a plain file", str(path))
        # `read` takes all the room it is told of, so it is told no more than the file needs.
        with open(handle, "rb", closefd=False) as file:
            return file.read(min(most, about.st_size) + 1)
    finally:
        os.close(handle)


def append(handle: int, data: bytes) -> None:
    """Adds bytes to an open file and returns when they last."""
    _all(handle, data)
    os.fsync(handle)


def sync_file(path: Path) -> None:
    """Makes a file last that was written without `sync`."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_files(paths: Collection[Path]) -> None:
    """Makes many files last. Several are flushed at once, because each flush waits for the disk and for nothing else."""
    if len(paths) < MANY:
        for path in paths:
            sync_file(path)
        return
    from concurrent.futures import ThreadPoolExecutor  # here, because every short command would wait for it

    with ThreadPoolExecutor(MANY) as pool:
        for _ in pool.map(sync_file, paths):
            pass


def sync_folder(path: Path) -> None:
    """Makes the names in a folder last."""
    sync_file(path)


class Lock:
    """Holds a folder for one writer; `LogError` if another process has it. Ends with the process, however it ends."""

    def __init__(self, folder: Path) -> None:
        try:
            self._handle = os.open(folder, os.O_RDONLY)
        except OSError as error:
            raise LogError(f"The folder {folder} cannot be read ({error.strerror}).") from None
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._handle)
            raise LogError(f"Another process is writing to {folder}; wait until it has finished.") from None

    def is_of(self, folder: Path) -> bool:
        """Whether the folder that is held still lies under this path."""
        try:
            return os.path.samestat(os.fstat(self._handle), os.stat(folder))
        except FileNotFoundError:
            return False

    def release(self) -> None:
        """Lets the folder go."""
        os.close(self._handle)


@contextmanager
def alone(path: Path) -> Iterator[int]:
    """A file, open for reading and adding, held against every other holder until the block ends; waits for its turn."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_APPEND)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            # Whoever held it before may have put another file in its place.
            if os.path.samestat(os.fstat(handle), os.stat(path)):
                yield handle
                return
        finally:
            os.close(handle)


def _all(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]
