"""Running the application for real, and ending it without losing a request."""

from __future__ import annotations

import logging
import signal
import threading
from types import FrameType
from wsgiref.types import WSGIApplication

from waitress.server import create_server

_log = logging.getLogger(__name__)


def run(app: WSGIApplication, *, host: str, port: int, threads: int) -> None:
    """Serves until SIGTERM or SIGINT; requests that were begun are answered first."""
    server = create_server(app, host=host, port=port, threads=threads, ident=None, clear_untrusted_proxy_headers=True)
    _log.info("serving", extra={"address": f"http://{host}:{port}"})
    stopped = stop_at_signals(threading.Event())
    threading.Thread(target=_close_when, args=(stopped, server), daemon=True).start()
    try:
        server.run()
    except OSError:  # the listening socket was closed under the loop: that is how it ends
        if not stopped.is_set():
            raise
    finally:
        server.task_dispatcher.shutdown(cancel_pending=False, timeout=30)


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
