"""The stand-in LMS: one package in a page with a strict SCORM API, and every learner's data kept as an LMS would.

For authors (`preview`), for the robot learners (`rehearse`) and for tests. It listens on this machine only.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import quote

from ruamel.yaml import YAML

from scorm_packager.activity.problems import Place, Problem, ProblemsFound
from scorm_packager.activity.resources import templates
from scorm_packager.package_files import Launch, launch, opened
from scorm_packager.stand_in.http import Server, start_path
from scorm_packager.stand_in.news import News
from scorm_packager.stand_in.record_store import RecordStore

_BY_STATEMENTS = ("cmi5", "xapi")


def quirks() -> dict[str, dict[str, str]]:
    """What the stand-in LMS can be made to do against the standard: key → name, what it does, where it was seen."""
    text = (templates() / "stand-in" / "quirks.yaml").read_text(encoding="utf-8")
    return {str(key): dict(value) for key, value in YAML(typ="safe", pure=True).load(text).items()}


def quirks_of(lms: str) -> tuple[str, ...]:
    """Those that the LMS of this preset is known to have."""
    text = (templates() / "stand-in" / "hosts.yaml").read_text(encoding="utf-8")
    return tuple(YAML(typ="safe", pure=True).load(text).get(lms, ()))


class StandIn:
    """One package in a stand-in LMS, from `start` to `stop`; also a context manager.

    `package` is a SCORM zip or an unpacked one, or None as long as there is nothing to play; `learner` the id and name of who is shown when
    the address names nobody. `news` is what the page is told while it stands open.
    Raises `ProblemsFound` when the package cannot be played, or for an unknown quirk.
    """

    def __init__(
        self, package: Path | None, port: int = 0, quirks: Iterable[str] = (), learner: tuple[str, str] = ("learner-1", "Rivera, Alex")
    ):
        self._package = package
        self._port = port
        self._learner = learner
        self._quirks = _known(quirks)
        self._stored: dict[str, dict[str, str]] = {}
        self._lock = threading.Lock()
        self._opened: list[ExitStack] = []
        self._shows = 0
        self._server: Server | None = None
        self._launch: Launch | None = None
        self.news = News()
        self.record_store: RecordStore | None = None  # for packages that tell by statements

    def start(self) -> StandIn:
        try:
            self._server = Server(("127.0.0.1", self._port), self)
            if self._package is not None:
                self.show(self._package)
        except BaseException:
            self._close()
            raise
        threading.Thread(target=self._server.serve_forever, name="stand-in LMS", daemon=True).start()
        return self

    def show(self, package: Path) -> None:
        """Plays this package from now on; learners' data stays. Raises `ProblemsFound`, and plays on what it played before."""
        resources = ExitStack()
        try:
            files = resources.enter_context(opened(package))
            found = launch(files)
        except BaseException:
            resources.close()
            raise
        self._server_started().files, self._launch = files, found
        self._opened.append(resources)
        while len(self._opened) > 2:  # the one before may still be read by a page that is about to go
            self._opened.pop(0).close()
        self._shows += 1
        self.news.tell(shows=self._shows)

    def tell_to(self, store: RecordStore) -> None:
        """Packages that tell by statements can be played from now on."""
        self.record_store = store
        if self.tells_by_statements:
            self._shows += 1
            self.news.tell(shows=self._shows)

    @property
    def tells_by_statements(self) -> bool:
        """Whether the package needs a record store."""
        return self._launch is not None and self._launch.edition in _BY_STATEMENTS

    def stop(self) -> None:
        if self._server is None:
            return
        self._server.shutdown()
        self._close()

    def _close(self) -> None:
        if self._server is not None:
            self._server.server_close()
            self._server = None
        while self._opened:
            self._opened.pop().close()

    def __enter__(self) -> StandIn:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._server_started().server_address[1]}"

    def _server_started(self) -> Server:
        if self._server is None:
            raise RuntimeError("The stand-in LMS has not been started.")
        return self._server

    @property
    def url(self) -> str:
        """The page for the learner given at the start."""
        return self.origin + "/"

    def url_for(self, learner: str, name: str, quirks: Iterable[str] = (), *, bare: bool = False) -> str:
        """The page for another learner; `bare` shows the activity without anything beside it."""
        query = f"?learner={quote(learner, safe='')}&name={quote(name, safe='')}"
        asked = ",".join(sorted(_known(quirks)))
        return self.origin + "/" + query + (f"&quirks={asked}" if asked else "") + ("&bare=1" if bare else "")

    def cmi(self, learner: str | None = None) -> dict[str, str]:
        """That learner's data model as last committed: element → value; empty when nothing was."""
        with self._lock:
            return dict(self._stored.get(self._learner[0] if learner is None else learner, {}))

    def keep(self, learner: str, values: dict[str, str]) -> None:
        """Replaces what is stored for a learner."""
        with self._lock:
            self._stored[learner] = dict(values)

    def forget(self, learner: str) -> None:
        """Drops all that is stored for a learner, as a new attempt does."""
        with self._lock:
            self._stored.pop(learner, None)
        if self.record_store:
            self.record_store.forget(learner)

    def session(self, query: dict[str, str]) -> dict[str, Any]:
        """What the page needs to start one session, from the values of its address."""
        learner = query.get("learner", self._learner[0])
        name = query.get("name", self._learner[1] if learner == self._learner[0] else learner)
        asked = _among(query["quirks"].split(",")) if "quirks" in query else self._quirks
        return {
            **self._played(asked, learner, name, watched="watch" in query),
            "shows": self._shows,
            "learner": {"id": learner, "name": name},
            "values": self.cmi(learner),
            "quirks": sorted(asked),
            "known": [{"key": key, **about} for key, about in quirks().items()],
            "learners": sorted({self._learner[0], learner, *self._stored}),
        }

    def _played(self, asked: frozenset[str], learner: str, name: str, watched: bool) -> dict[str, Any]:
        """How the package starts; nothing to start while there is none, or no record store for one that needs it."""
        package = self._launch
        if package is None:
            return {"edition": "2004", "title": "", "start": None, "mastery": ""}
        start: str | None = start_path(package.href, asked, watched)
        if package.edition in _BY_STATEMENTS:
            start = self._started_with(self.record_store, package, str(start), learner, name, asked) if self.record_store else None
        return {"edition": package.edition, "title": package.title, "start": start, "mastery": package.mastery}

    def _started_with(self, store: RecordStore, package: Launch, start: str, learner: str, name: str, asked: frozenset[str]) -> str:
        mode = "Review" if "review" in asked else "Browse" if "no-credit" in asked else "Normal"
        joint = "&" if "?" in start else "?"
        return f"{start}{joint}{store.query(package, self.origin, learner, name, mode)}"


def _known(asked: Iterable[str]) -> frozenset[str]:
    unknown = sorted(set(asked) - set(quirks()))
    if unknown:
        remedy = f"Choose among: {', '.join(quirks())}."
        raise ProblemsFound(tuple(Problem("quirk-unknown", Place(key), f"There is no quirk “{key}”.", remedy) for key in unknown))
    return frozenset(asked)


def _among(asked: Iterable[str]) -> frozenset[str]:
    return frozenset(asked) & frozenset(quirks())
