"""Scripts: what a host's policy stops, what browsers no longer do, what takes the LMS's window away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorm_packager.verify.kinds import SCRIPTS
from scorm_packager.verify.rule import NOTE, WARNING, Finding, on_texts
from scorm_packager.verify.texts import Text

_CSP = "Content Security Policy without unsafe-eval"
_EVAL = (
    (re.compile(r"(?:(?<![\w.$])|\b(?:window|globalThis|self)\.)eval\s{0,5}\("), "code", "eval"),
    (re.compile(r"\bnew\s{1,5}Function\s{0,5}\("), "code", "Function"),
    (re.compile(r"\bset(?:Timeout|Interval)\s{0,5}\(\s{0,5}[\"']"), "calls", "set"),
)
_WRITE = re.compile(r"\bdocument\s{0,5}\.\s{0,5}write(ln)?\s{0,5}\(")
_COOKIE = re.compile(r"\bdocument\s{0,5}\.\s{0,5}cookie\b")
_DOMAIN = re.compile(r"\bdocument\s{0,5}\.\s{0,5}domain\s{0,5}=(?!=)")
_MODULE = re.compile(
    r"(?m)^[ \t]{0,20}(?:import(?:[ \t]{1,5}[\w{*]|[ \t]{0,5}[\"'{*])|export[ \t]{1,5}(?:default|const|function|class|\{))"
)
_UNLOAD = re.compile(r"addEventListener\s{0,5}\(\s{0,5}[\"']unload[\"']|\bonunload\s{0,5}=(?!=)")
_SYNCHRONOUS = re.compile(
    r"\.open\s{0,5}\(\s{0,5}[\"'](?:GET|POST|PUT)[\"']\s{0,5},[^;\n]{1,300}?,\s{0,5}(?:false|!1)\s{0,5}[,)]|\basync\s{0,5}:\s{0,5}(?:false|!1)\b"
)
_DIALOG = re.compile(
    r"(?:[\"'](?:before)?unload[\"']|[\"']pagehide[\"']|\bon(?:before)?unload|\bonpagehide)"
    r"\s{0,5}[,=]\s{0,5}(?:function\b|\()[^}]{0,300}?\b(?:alert|confirm|prompt)\s{0,5}\("
)
_DIALOGS = ("alert", "confirm", "prompt")
_WORKER = re.compile(r"\bserviceWorker\s{0,5}\.\s{0,5}register\s{0,5}\(")
_BUSTER = re.compile(
    r"\btop\s{0,5}\.\s{0,5}location(?:\s{0,5}\.\s{0,5}href)?\s{0,5}=(?!=)|\btop\s{0,5}\.\s{0,5}location\s{0,5}\.\s{0,5}replace\s{0,5}\("
)


@on_texts(SCRIPTS, "eval", NOTE, _CSP)
def evaluates(text: Text) -> Iterator[Finding]:
    """No text is run as code: strict policies stop eval, new Function and timers with a text."""
    for pattern, reading, word in _EVAL:
        for place, _ in text.matches(pattern, reading, having=word):
            yield Finding(place, "A text is run as code here; strict security policies stop it.", "Do without it.")


@on_texts(SCRIPTS, "document-write", NOTE, "HTML, 8.4.3: user agents may ignore it")
def document_write(text: Text) -> Iterator[Finding]:
    """Pages are not written by document.write, which browsers may ignore."""
    for place, _ in text.matches(_WRITE, "code", having="write"):
        yield Finding(place, "document.write may be ignored by browsers.", "Make elements.")


@on_texts(SCRIPTS, "cookie", NOTE, "practice: cookies of embedded pages are blocked")
def cookie(text: Text) -> Iterator[Finding]:
    """Nothing is kept in cookies, which are blocked for embedded pages."""
    for place, _ in text.matches(_COOKIE, "code", having="cookie"):
        yield Finding(place, "Cookies of an embedded page are blocked.", "Keep state in the LMS.")


@on_texts(SCRIPTS, "document-domain", WARNING, "HTML, 7.5.2: the setter is disabled")
def document_domain(text: Text) -> Iterator[Finding]:
    """document.domain is not set: browsers no longer obey."""
    for place, _ in text.matches(_DOMAIN, "code", having="domain"):
        yield Finding(place, "Browsers no longer let document.domain be set.", "Put player and content on one host.")


@on_texts(SCRIPTS, "module-syntax", WARNING)
def module_syntax(text: Text) -> Iterator[Finding]:
    """Scripts are written as classic ones."""
    for place, _ in text.matches(_MODULE, "code"):
        yield Finding(place, "This is written as a module; as a classic script it does not run.", "Use classic scripts.")


@on_texts(SCRIPTS, "unload-listener", NOTE, "Chrome: deprecating the unload event")
def unload_listener(text: Text) -> Iterator[Finding]:
    """Work is not left to the unload event, which browsers give up."""
    for place, _ in text.matches(_UNLOAD, "calls", having="unload"):
        yield Finding(place, "Browsers are giving up the unload event.", "Save when the page is hidden (visibilitychange, pagehide).")


@on_texts(SCRIPTS, "synchronous-request", NOTE, "XMLHttpRequest, 3.5.1; Chrome 80 refuses them while a page goes")
def synchronous(text: Text) -> Iterator[Finding]:
    """No request is synchronous: at the end of a page browsers refuse it, and what it was to save is lost."""
    for place, _ in text.matches(_SYNCHRONOUS, "calls"):
        yield Finding(
            place, "A synchronous request fails while a page goes.", "Save earlier; at the end use sendBeacon or fetch with keepalive."
        )


@on_texts(SCRIPTS, "dialog-at-end", WARNING, "HTML, 7.5.10: no dialogs while a page goes")
def dialog(text: Text) -> Iterator[Finding]:
    """No dialog is opened while the page goes: browsers ignore it, and everything after it."""
    for place, _ in text.matches(_DIALOG, "calls") if any(word in text.words for word in _DIALOGS) else ():
        yield Finding(place, "A dialog while the page goes is ignored by browsers.", "Ask on the last screen instead.")


@on_texts(SCRIPTS, "service-worker", WARNING, "Service Workers: one scope for all packages of a host")
def service_worker(text: Text) -> Iterator[Finding]:
    """No service worker is registered: on an LMS it stands between the learner and other packages, old versions included."""
    for place, _ in text.matches(_WORKER, "code", having="serviceWorker"):
        yield Finding(place, "A service worker keeps old versions of the package in the learner's browser.", "Do without it in packages.")


@on_texts(SCRIPTS, "takes-the-window", NOTE)
def takes_the_window(text: Text) -> Iterator[Finding]:
    """The LMS's own window is not sent elsewhere."""
    for place, _ in text.matches(_BUSTER, "code", having="location"):
        yield Finding(place, "This sends the LMS's own window elsewhere.", "Leave the window to the LMS.")
