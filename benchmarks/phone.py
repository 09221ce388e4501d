"""The first screen of a package on a slow phone: a quarter of this machine's speed, 1.6 Mbit/s, 150 ms to the host and back."""

from __future__ import annotations

import gzip
import mimetypes
import statistics
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from benchmarks.building import EXAMPLE
from scorm_packager.rehearsal import activity_of, chromium, packages

ROUNDS = 5
_SLOWER = 4
_BITS = 1_600_000  # a second, both ways
_THERE_AND_BACK = 150  # ms
_OURS = ("player/", "gate/", "runtime.js")

# An LMS that answers at once, and a clock that is read in the frame in which the first screen is shown.
_BEFORE = """
window.API = {LMSInitialize: () => "true", LMSFinish: () => "true", LMSCommit: () => "true", LMSSetValue: () => "true",
  LMSGetValue: (name) => (name === "cmi.core.student_id" ? "l-1" : ""), LMSGetLastError: () => "0"};
(function look() {
  const shown = document.querySelector("section.screen:not([hidden])");
  const loading = document.querySelector('[data-slot="loading"]:not([hidden])');
  if (shown && !loading) window.usable = performance.now();
  else requestAnimationFrame(look);
})();
"""


def measure(folder: Path) -> Iterator[str]:
    package = packages(*activity_of(EXAMPLE), None, None, folder / "phone", ("scorm-1.2",))[0].file
    with zipfile.ZipFile(package) as archive:
        files = {f"/{name}": archive.read(name) for name in archive.namelist()}
    packed = {name: len(gzip.compress(data)) for name, data in files.items() if name.endswith((".js", ".css", ".html"))}
    ours = sum(size for name, size in packed.items() if name.lstrip("/").startswith(_OURS))
    everything = sum(packed.values())
    yield f"the player's own scripts, styles and words: {ours / 1000:.1f} kB gzip; with page and activity {everything / 1000:.1f} kB"
    with _served(files) as address:
        times = _times(address)
    most = max(times)
    yield f"first screen on a slow phone: {statistics.median(times):.0f} ms, at most {most:.0f} ms (of {len(times)})"


def _times(address: str) -> list[float]:
    with chromium() as browser:
        return [_first_screen(browser, address) for _ in range(ROUNDS)]


def _first_screen(browser, address: str) -> float:  # type: ignore[no-untyped-def]  # Playwright is not there where nothing is measured
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=3, is_mobile=True, has_touch=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    speed = _BITS / 8
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": _THERE_AND_BACK, "downloadThroughput": speed, "uploadThroughput": speed},
    )
    page.add_init_script(_BEFORE)
    page.goto(address + "/index.html")
    taken = float(page.wait_for_function("window.usable").json_value())
    context.close()
    return taken


@contextmanager
def _served(files: dict[str, bytes]) -> Iterator[str]:
    """As hosts serve it: compressed."""
    bodies = {name: gzip.compress(data) for name, data in files.items()}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = bodies.get(self.path.split("?")[0])
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", mimetypes.guess_type(self.path)[0] or "application/octet-stream")
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
