"""Running the bridge for real: processes that answer requests, one that works beside them, and an end without losing a request.

On Linux granian answers, the fastest of those measured (docs/operations.md); elsewhere waitress does, and the work is a thread beside it.
"""

from __future__ import annotations

import ctypes
import gc
import logging
import signal
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from wsgiref.types import WSGIApplication

from lrs_bridge.running.arrivals import noticing_the_vanished, seated
from lrs_bridge.running.bell import Bell, BellAmongProcesses
from lrs_bridge.running.processes import Beside, end_with_parent
from scorm_packager.activity.problems import Place, Problem, ProblemsFound

# What wait for the database together are committed together: more threads than processors are wanted.
THREADS = 8
# So many connections are there at once in a process. Each may be sending, which takes a thread that only waits (`arrivals`).
_CONNECTIONS = 1024
_END_SECONDS = 30
_ARENA_MAX = -8  # M_ARENA_MAX of glibc
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Parts:
    """What is run: `doors` makes the application in each process that answers; `work` goes on until its event is set; of a request's
    body no more than `largest` bytes are waited for.
    """

    doors: Callable[[Bell], WSGIApplication]
    work: Callable[[Bell, threading.Event], None]
    largest: int


def run(parts: Parts, *, host: str, port: int, processes: int) -> None:
    """Serves until SIGTERM or SIGINT; requests that were begun are answered first. Raises `ProblemsFound` when the port is taken."""
    _require_free(host, port)
    _log.info("serving", extra={"address": f"http://{host}:{port}"})
    serve = _with_processes if sys.platform == "linux" else _with_threads
    serve(parts, host, port, processes)


def _require_free(host: str, port: int) -> None:
    try:
        with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
            pass
    except OSError as error:
        message = f"Nothing can listen there: {error.strerror}."
        raise ProblemsFound(
            (Problem("address-in-use", Place(f"{host}:{port}"), message, "Choose another with --host and --port."),)
        ) from None


# --- Linux --------------------------------------------------------------------------------------


def _with_processes(parts: Parts, host: str, port: int, processes: int) -> None:
    from granian.constants import Interfaces
    from granian.server import Server

    bell = BellAmongProcesses()
    alive = end_with_parent()
    beside = Beside(lambda stopped: parts.work(bell, stopped), alive)

    def application(_target: str) -> WSGIApplication:
        alive()
        made = seated(parts.doors(bell), seats=THREADS, largest=parts.largest)
        _settle_memory()
        return noticing_the_vanished(made)

    server = Server(
        "lrs_bridge",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=_CONNECTIONS,
        backpressure=_CONNECTIONS,
        respawn_failed_workers=True,
        workers_kill_timeout=_END_SECONDS,
        log_enabled=False,
        websockets=False,
    )
    server.on_shutdown(beside.stop)
    beside.start()
    server.serve(target_loader=application)


def _settle_memory() -> None:
    """What is there now stays: collecting garbage need not look at it again, and few threads' worth of memory is kept at hand."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(_ARENA_MAX, 2)


# --- elsewhere ----------------------------------------------------------------------------------


def _with_threads(parts: Parts, host: str, port: int, _processes: int) -> None:
    from waitress.server import create_server

    bell, stopped = threading.Event(), stop_at_signals(threading.Event())
    server = create_server(parts.doors(bell), host=host, port=port, threads=THREADS, ident=None, clear_untrusted_proxy_headers=True)
    worker = threading.Thread(target=parts.work, args=(bell, stopped), name="worker", daemon=True)
    worker.start()
    threading.Thread(target=_close_when, args=(stopped, server), daemon=True).start()
    try:
        server.run()
    except OSError:  # the listening socket was closed under the loop: that is how it ends
        if not stopped.is_set():
            raise
    finally:
        stopped.set()
        server.task_dispatcher.shutdown(cancel_pending=False, timeout=_END_SECONDS)
        bell.set()
        worker.join(timeout=_END_SECONDS)


def _close_when(stopped: threading.Event, server: object) -> None:
    stopped.wait()
    server.close()  # type: ignore[attr-defined]


def stop_at_signals(stopped: threading.Event) -> threading.Event:
    """The event, which SIGTERM and SIGINT set."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    return stopped
