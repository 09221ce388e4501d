"""The alternate request syntax of xAPI 1.0.3 (Communication 1.3): a POST whose form carries another request."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import request

from lrs_bridge.refusals import Malformed, one
from lrs_bridge.web import bodies

_FORM = "application/x-www-form-urlencoded"
_METHODS = ("GET", "PUT", "POST", "DELETE")
_MOST_FIELDS = 100
_SOURCE = "xAPI 1.0.3 Communication 1.3"
# The headers that may stand in the form; every other field but `content` is a parameter.
_HEADERS = {
    name.lower(): f"HTTP_{name.upper().replace('-', '_')}"
    for name in ("Authorization", "X-Experience-API-Version", "If-Match", "If-None-Match", "Accept-Language")
} | {"content-type": "CONTENT_TYPE", "content-length": ""}


@dataclass(frozen=True, slots=True)
class Carried:
    """The request that a form carries. Its headers stand among the request's own by now."""

    method: str
    parameters: tuple[tuple[str, str], ...]
    content_type: str
    body: bytes


def is_used() -> bool:
    return request.method == "POST" and "method" in request.args


def unpacked() -> Carried:
    """Raises `Malformed` when the form carries no request."""
    method = _method()
    fields = _fields()
    parameters = tuple((name, value) for name, value in fields if name.lower() not in _HEADERS and name != "content")
    headers = {name.lower(): value for name, value in fields if name.lower() in _HEADERS}
    content = next((value for name, value in fields if name == "content"), "")
    # What a request names in its form stands for what it could not say in its own headers.
    request.environ.update({_HEADERS[name]: value for name, value in headers.items() if _HEADERS[name]})
    return Carried(method, parameters, headers.get("content-type", "application/json"), content.encode("utf-8", "surrogatepass"))


def _method() -> str:
    method = request.args.get("method", "")
    if len(list(request.args.items(multi=True))) > 1:
        raise _wrong("Beside `method`, the address carries other parameters.", "Send them as fields of the form.")
    if method not in _METHODS:
        raise _wrong(f"{method[:20]!r} is not a method.", f"Send one of {', '.join(_METHODS)}.")
    return method


def _fields() -> list[tuple[str, str]]:
    if request.mimetype != _FORM:
        raise _wrong("The body is not a form.", f"Send it as {_FORM}.")
    try:
        data = bodies.data().decode("utf-8")
        return parse_qsl(data, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise _wrong("The body cannot be read as a form in UTF-8.", f"Send at most {_MOST_FIELDS} encoded fields.") from None


def _wrong(message: str, remedy: str) -> Malformed:
    return Malformed(one("alternate-syntax", message, remedy, source=_SOURCE))
