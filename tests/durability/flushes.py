"""Runs a command and counts how often it, and all that it starts, flush to disk: `python flushes.py COUNTER COMMAND...`.

`COUNTER` is a file of eight bytes that always holds the number so far. Linux alone; needs nothing but the C library that Python has loaded.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import platform
import signal
import struct
import sys
from pathlib import Path

_TRACEME, _SYSCALL, _SETOPTIONS, _SYSCALL_INFO = 0, 24, 0x4200, 0x420E
_GOOD, _FORK, _VFORK, _CLONE, _EXEC, _EXITKILL = 0x1, 0x2, 0x4, 0x8, 0x10, 0x100000
_ALL = 0x40000000  # __WALL: threads too
_STOP_OF_CALL = signal.SIGTRAP | 0x80
_ENTRY, _EXIT = 1, 2
# fsync and fdatasync
_FLUSHES = {"x86_64": {74, 75}, "aarch64": {82, 83}}[platform.machine()]
_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
_libc.ptrace.restype = ctypes.c_long


def main(counter: str, command: list[str]) -> int:
    with Path(counter).open("wb") as file:
        file.write(bytes(8))
    child = os.fork()
    if child == 0:
        _ptrace(_TRACEME, 0)
        os.execvp(command[0], command)
    with Path(counter).open("r+b") as file, mmap.mmap(file.fileno(), 8) as shared:
        signal.signal(signal.SIGTERM, lambda *_: os.kill(child, signal.SIGTERM))
        return _trace(child, shared)


def _trace(child: int, shared: mmap.mmap) -> int:
    os.waitpid(child, _ALL)
    _ptrace(_SETOPTIONS, child, _GOOD | _FORK | _VFORK | _CLONE | _EXEC | _EXITKILL)
    _ptrace(_SYSCALL, child)
    known, flushing, count = {child}, set[int](), 0
    while True:
        one, status = os.waitpid(-1, _ALL)
        if not os.WIFSTOPPED(status):
            if one == child:
                return os.waitstatus_to_exitcode(status)
            continue
        stopped, delivered = os.WSTOPSIG(status), 0
        if stopped == _STOP_OF_CALL:
            operation, number = _call(one)
            if operation == _ENTRY and number in _FLUSHES:
                flushing.add(one)
            elif operation == _EXIT and one in flushing:
                flushing.remove(one)
                count += 1
                shared[:] = struct.pack("=q", count)
        elif one in known and status >> 16 == 0 and stopped != signal.SIGTRAP:
            delivered = stopped
        known.add(one)  # a new one begins with a stop that is ours
        _ptrace(_SYSCALL, one, delivered)


def _call(one: int) -> tuple[int, int]:
    """Whether a system call begins or ends, and its number when it begins."""
    info = ctypes.create_string_buffer(96)
    _ptrace(_SYSCALL_INFO, one, ctypes.addressof(info), size=96)
    return info.raw[0], struct.unpack_from("=q", info.raw, 24)[0]


def _ptrace(request: int, one: int, data: int = 0, size: int = 0) -> None:
    # A process that was killed meanwhile is gone: waiting tells.
    _libc.ptrace(request, one, size, data)


def counted(counter: Path) -> int:
    found: int = struct.unpack("=q", counter.read_bytes())[0]
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
