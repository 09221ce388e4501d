"""The same server, with an application that does nothing: `python -m benchmarks.idle PORT`."""

from __future__ import annotations

import sys
import threading

from flask import Flask, Response, request

from lrs_bridge.running import serving
from lrs_bridge.running.bell import Bell


def application(_bell: Bell) -> Flask:
    app = Flask("idle", static_folder=None)

    @app.route("/", methods=["GET", "POST", "PUT"])
    def nothing() -> Response:
        request.get_data()
        return Response(b"{}", mimetype="application/json")

    return app


def wait(_bell: Bell, stopped: threading.Event) -> None:
    while not stopped.wait(0.1):
        pass


if __name__ == "__main__":
    serving.run(serving.Parts(application, wait, largest=2**24), host="127.0.0.1", port=int(sys.argv[1]), processes=1)
