"""A package in a browser, without a network: its files, a small LMS and a bridge that answers as a situation says.

`Stage(browser).open(situation)` gives the page where a learner in that situation is; `situations()` reads every screen's examples.yaml.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Route
from ruamel.yaml import YAML

from scorm_packager.activity.definition_model import Definition
from scorm_packager.activity.resources import templates
from scorm_packager.assemble import Bytes
from scorm_packager.formats import formats
from scorm_packager.pack import member, parts
from scorm_packager.package_data import Destination, package_data
from scorm_packager.plan import plan
from scorm_packager.presets import choose, presets
from scorm_packager.render import environment
from tests.player.showcase import FIGURE, showcase

PACKAGE = "http://package.example"
BRIDGE = "http://bridge.example"
PHONE = (390, 844)
DESK = (1280, 800)
SCREEN = "section.screen:not([hidden])"
KEY = "00112233445566778899aabbccddeeff"
NOON = "2026-12-04T18:00:00.000Z"

_TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".vtt": "text/vtt"}
_HEADERS = {"Content-Security-Policy": "default-src 'self'; connect-src *; object-src 'none'; base-uri 'none'"}
_CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*", "Access-Control-Allow-Methods": "*"}


@dataclass(frozen=True, slots=True)
class Situation:
    """Where a learner is. `events` are (kind, payload) in order. `bridge` is None without one, "unreachable", or what it answers besides
    the plain answer. `then` are the actions pressed on arrival, for what is seen only after that. On another device than before
    (`same_device` false) nothing is known but what the LMS kept."""

    name: str
    screen: str = "front-matter"
    profession: str | None = None
    events: tuple[tuple[str, dict[str, Any]], ...] = ()
    place: Mapping[str, Any] = field(default_factory=dict)
    today: str = NOON
    bridge: Mapping[str, Any] | str | None = field(default_factory=dict)
    lms: Mapping[str, Any] = field(default_factory=dict)
    then: tuple[str, ...] = ()
    definition: Mapping[str, Any] = field(default_factory=dict)
    same_device: bool = True


def situations() -> Iterator[Situation]:
    for path in sorted((templates() / "screens").glob("*/examples.yaml")):
        for example in YAML(typ="safe").load(path.read_text(encoding="utf-8")):
            yield situation(kind=path.parent.name, **example)


def situation(*, kind: str, name: str, after: str | None = None, events: Any = (), screen: str | None = None, **more: Any) -> Situation:
    """`after` names a screen: everything up to and with it has been done, in the plainest way, before `events`."""
    done = (*_done(after), *((each[0], each[1] if len(each) > 1 else {}) for each in events))
    then = tuple(more.pop("then", ()))
    return Situation(name=f"{kind}: {name}", screen=screen or kind, events=tuple(done), then=then, **more)


def _done(after: str | None) -> Iterator[tuple[str, dict[str, Any]]]:
    if after is None:
        return
    for key, events in DONE.items():
        yield from events
        if key == after:
            return
    raise ValueError(f"no such screen: {after}")


RIGHT = {"choice": "b", "multiple": "a[,]c", "true-false": "false", "matching": "s1[.]t1[,]s2[.]t2", "ordering": "c[,]a[,]b",
         "numeric": "3"}  # fmt: skip
WRONG = {"choice": "a", "multiple": "a", "true-false": "true", "matching": "s1[.]t2[,]s2[.]t1", "ordering": "a[,]b[,]c",
         "numeric": "9"}  # fmt: skip


def attempt(number: int, responses: Mapping[str, str]) -> tuple[tuple[str, dict[str, Any]], ...]:
    answers = (("answered", {"a": "post", "t": number, "i": item, "r": response}) for item, response in responses.items())
    return (*answers, ("submitted", {"a": "post", "t": number}))


DONE: dict[str, tuple[tuple[str, dict[str, Any]], ...]] = {
    "front-matter": (("read", {}),),
    "disclosure": (("disclosed", {}),),
    "profession": (),
    "pre-assessment": (("answered", {"a": "pre", "t": 1, "i": "choice", "r": "a"}), ("submitted", {"a": "pre", "t": 1})),
    "content": tuple(("finished", {"c": key, "d": 600}) for key in ("risk", "lecture", "short")),
    "post-assessment": attempt(1, RIGHT),
    "evaluation": (
        ("rated", {"i": "objective-met", "r": "4"}), ("rated", {"i": "balanced", "r": "true"}), ("rated", {"i": "barrier", "r": "a"}),
        ("committed", {"k": 1, "r": "I will check the dose at every visit.", "s": 4}), ("evaluated", {}),
    ),
    "claim": (("claimed", {"s": "ama-pra-1", "m": "1.00"}), ("claimed", {"s": "abim-moc"})),
}  # fmt: skip

# What happens before a learner opens the package: a plain SCORM 1.2 LMS that remembers.
_LMS = """
(([values, now]) => {
  const RealDate = Date;
  const shift = RealDate.parse(now) - RealDate.now();
  globalThis.Date = class extends RealDate {
    constructor(...args) { if (args.length) super(...args); else super(RealDate.now() + shift); }
    static now() { return RealDate.now() + shift; }
  };
  globalThis.lms = values;
  globalThis.API = {
    LMSInitialize: () => "true", LMSFinish: () => "true", LMSCommit: () => "true", LMSGetLastError: () => "0",
    LMSGetErrorString: () => "", LMSGetDiagnostic: () => "",
    LMSGetValue: (name) => values[name] ?? "",
    LMSSetValue: (name, value) => { values[name] = String(value); return "true"; },
  };
})(%s)
"""

# The learner's history, told by the player's own rules.
_HISTORY = """
([key, events, profession, place, now]) => {
  const facts = { now, today: "2026-12-04", dates: null, attemptsGranted: 0, profession, mode: "credit", lms: {} };
  let state = cme.state.fresh(key, Math.floor(now / 1000) - 3600);
  for (const [kind, payload] of events) {
    const step = cme.state.step(state, kind, payload, now, cme.definition, facts);
    if (step.refused) throw new Error(`${kind} ${JSON.stringify(payload)}: ${step.refused}`);
    state = step.state;
  }
  state = { ...state, place, sent: state.events.length };
  return cme.suspend.pack(state, cme.definition, 4096).text;
}
"""


class Stage:
    """`scheme` is light or dark, `size` the window's; what the page complains about is in `complaints`."""

    def __init__(self, browser: Browser, *, size: tuple[int, int] = DESK, scheme: str = "light", folder: Path | None = None):
        self._browser, self._size, self._scheme = browser, size, scheme
        self._templates = folder or templates()
        self._files: dict[str, dict[str, bytes]] = {}
        self.complaints: list[str] = []

    def open(self, where: Situation) -> Page:
        files = self._package(where)
        context = self._context(where, files)
        saved = self._history(context, where)
        page = context.new_page()
        page.on("console", lambda message: self.complaints.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.add_init_script(_LMS % json.dumps([_values(where, saved), where.today]))
        if where.profession and where.same_device:  # known on this device, as it is to the bridge
            page.add_init_script(f"localStorage.setItem('cme:{KEY}', JSON.stringify({{ profession: '{where.profession}' }}))")
        page.goto(f"{PACKAGE}/index.html")
        page.locator(SCREEN).wait_for()
        for action in where.then:
            page.locator(f'{SCREEN} [data-action="{action}"], .foot [data-action="{action}"]').first.click()
        return page

    # --- the package's files, made once for each definition ---

    def _package(self, where: Situation) -> dict[str, bytes]:
        key = json.dumps([dict(where.definition), where.bridge is None], sort_keys=True)
        if key not in self._files:
            self._files[key] = _files(showcase(**where.definition), self._templates, bridge=where.bridge is not None)
        return self._files[key]

    def _context(self, where: Situation, files: Mapping[str, bytes]) -> BrowserContext:
        width, height = self._size
        context = self._browser.new_context(viewport={"width": width, "height": height}, color_scheme=self._scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        context.route(f"{PACKAGE}/**", lambda route: _serve(route, files))
        context.route(f"{BRIDGE}/**", lambda route: _answer(route, where))
        return context

    def _history(self, context: BrowserContext, where: Situation) -> str:
        if not where.events:
            return ""
        page = context.new_page()
        page.goto(f"{PACKAGE}/history.html")
        opened = page.evaluate("() => cme.package.definition_id")
        place = {"screen": where.screen, **where.place}
        now = page.evaluate("(text) => Date.parse(text)", NOON)
        events = [["opened", {"definition": opened}], *([kind, payload] for kind, payload in where.events)]
        saved: str = page.evaluate(_HISTORY, [KEY, events, where.profession, place, now])
        page.close()
        return saved


def _files(definition: Definition, folder: Path, *, bridge: bool) -> dict[str, bytes]:
    scorm = next(each for each in formats(folder) if each.key == "scorm-1.2")
    destination = Destination(BRIDGE, "northfield") if bridge else None
    made = plan(definition, scorm, package_data(definition, scorm, choose(presets(folder), "generic"), destination, "1.0"), parts(folder))
    pages = environment(folder)
    written = (member(entry, made, folder, folder, pages, {}) for entry in made.entries)
    files = {each.path: each.data for each in written if isinstance(each, Bytes)}
    files["content/risk.svg"] = FIGURE
    files["content/lecture.vtt"] = b"WEBVTT\n\n00:00.000 --> 00:04.000\nCheck the kidneys.\n"
    scripts = "".join(f'<script src="{path}"></script>' for path in made.scripts if path != "player/player.js")
    files["history.html"] = f'<!doctype html><html lang="en"><title>History</title>{scripts}'.encode()
    return files


def _serve(route: Route, files: Mapping[str, bytes]) -> None:
    path = route.request.url.removeprefix(f"{PACKAGE}/").split("?")[0]
    if path not in files:
        return route.fulfill(status=404, body="")
    route.fulfill(body=files[path], content_type=_TYPES.get(Path(path).suffix, "application/octet-stream"), headers=_HEADERS)


def _values(where: Situation, saved: str) -> dict[str, str]:
    return {
        "cmi.core.student_id": "n-4711", "cmi.core.student_name": where.lms.get("name", "Okonkwo, Adaeze"),
        "cmi.core.lesson_mode": where.lms.get("mode", "normal"), "cmi.core.credit": where.lms.get("credit", "credit"),
        "cmi.core.lesson_status": "incomplete" if saved else "not attempted", "cmi.suspend_data": saved, "cmi.interactions._count": "0",
    }  # fmt: skip


# --- the bridge, as the situation says it answers ---


def _answer(route: Route, where: Situation) -> None:
    if where.bridge is None or where.bridge == "unreachable":
        return route.abort("internetdisconnected")
    if route.request.method == "OPTIONS":
        return route.fulfill(status=204, headers=_CORS)
    assert not isinstance(where.bridge, str)
    path = route.request.url.removeprefix(BRIDGE)
    if path == "/launch":
        return answer_json(route, 200, {**_launched(where), **where.bridge.get("launch", {})})
    if path == "/launch/credit":
        return answer_json(route, 200, {**_NOTHING_DECIDED, **where.bridge.get("credit", {})})
    if path == "/launch/profile" and "problems" in where.bridge:
        return answer_json(route, 400, {"problems": where.bridge["problems"]})
    if path.startswith("/xapi"):
        return answer_json(route, 200, [])
    route.fulfill(status=204, headers=_CORS)


_NOTHING_DECIDED = {"pending": False, "records": [], "certificates": [], "statements": 0, "last_sequence": 0}


def answer_json(route: Route, status: int, body: Any) -> None:
    route.fulfill(status=status, body=json.dumps(body), content_type="application/json", headers=_CORS)


def _launched(where: Situation) -> dict[str, Any]:
    profile = {"name": "Adaeze Okonkwo", "profession": where.profession, "identifiers": [], "consents": {}} if where.profession else None
    return {
        "token": "t", "expires": "2026-12-05T06:00:00.000Z", "endpoint": f"{BRIDGE}/xapi/",
        "registration": "2f3e1a52-7f2f-4d0b-9c7e-000000000001", "now": where.today, "today": where.today[:10],
        "actor": {"objectType": "Agent", "account": {"homePage": "https://northfield.example", "name": "p-1"}},
        "dates": {"released": "2026-10-01", "reviewed": "2026-09-20", "terminates": "2029-09-30"}, "attempts_granted": 0, "mode": "credit",
        "known_definition": True, "linked": True, "profile": profile, "last_sequence": len(where.events) + 1,
    }  # fmt: skip


def at(where: Situation, **different: Any) -> Situation:
    return replace(where, **different)
