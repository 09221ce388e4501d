"""What launches and profiles must look like when they come in: all problems of a body at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from lrs_bridge.refusals import Malformed
from scorm_packager.activity.problems import Place, Problem


def _no_controls(value: str) -> str:
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in value):
        raise ValueError("must not hold control characters")
    return value


_UUID = r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"
_Plain = AfterValidator(_no_controls)
Short = Annotated[str, Field(max_length=60), _Plain]
Line = Annotated[str, Field(max_length=255), _Plain]
Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=60)]


class _Body(BaseModel):
    # Newer packages may say more than this bridge understands.
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class LearnerAsLaunched(_Body):
    id: Annotated[str, Field(min_length=1, max_length=255), _Plain]
    name: Line = ""


class LmsAccount(_Body):
    homePage: Annotated[str, Field(min_length=1, max_length=2000), _Plain]
    name: Annotated[str, Field(min_length=1, max_length=255), _Plain]


class LmsActor(_Body):
    """The learner as the LMS names them in a launch by cmi5 or plain xAPI: an agent with one identifier."""

    model_config = ConfigDict(frozen=True, extra="allow", strict=True)

    objectType: Literal["Agent"] = "Agent"
    account: LmsAccount | None = None
    mbox: Annotated[str, Field(pattern=r"^mailto:[^@\s]+@[^@\s]+$", max_length=255), _Plain] | None = None
    mbox_sha1sum: Annotated[str, Field(pattern=r"^[0-9a-fA-F]{40}$")] | None = None
    openid: Line | None = None

    @property
    def learner_id(self) -> str:
        """The LMS's own id of the learner."""
        return self.account.name if self.account else self.mbox or self.mbox_sha1sum or self.openid or ""

    @model_validator(mode="after")
    def _one_identifier(self) -> LmsActor:
        if sum(each is not None for each in (self.account, self.mbox, self.mbox_sha1sum, self.openid)) != 1:
            raise ValueError("must have exactly one of account, mbox, mbox_sha1sum and openid")
        return self


class LaunchRequest(_Body):
    """The body of `POST /launch`. `launch_key` is 128 bits in hex digits, drawn by the player and kept in its saved state.

    `actor` and `registration` are those of an LMS that names its own; then the learner's id is the one that the actor says.
    """

    site: Key
    activity: Annotated[str, Field(min_length=1, max_length=2000), _Plain]
    definition: Short
    build: Line = ""
    format: Short = ""
    launch_key: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    learner: LearnerAsLaunched
    mode: Literal["normal", "review", "browse"] = "normal"
    credit: bool = True
    actor: LmsActor | None = None
    registration: Annotated[str, Field(pattern=_UUID)] | None = None

    @model_validator(mode="after")
    def _names_one_learner(self) -> LaunchRequest:
        if (self.actor is None) != (self.registration is None):
            raise ValueError("actor and registration come together")
        if self.actor is not None and self.actor.learner_id != self.learner.id:
            raise ValueError("the learner's id is not the one that the actor says")
        return self


class ProfileRequest(_Body):
    """The body of `PUT /launch/profile`. An identifier that is left out stays as it was, an empty one is removed."""

    name: Line = ""
    profession: Short | None = None
    identifiers: dict[Key, Line] = Field(default_factory=dict, max_length=40)
    consents: dict[Key, bool] = Field(default_factory=dict, max_length=40)


_Wanted = TypeVar("_Wanted", bound=_Body)


def read(kind: type[_Wanted], value: Any) -> _Wanted:
    """Raises `Malformed` with every problem of the body, each at its field."""
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        details = error.errors(include_input=False, include_url=False)
        raise Malformed(tuple(_problem(detail["loc"], detail["type"], detail.get("ctx", {})) for detail in details)) from None


# What is wrong by the validator's code for it, and what to do.
_WORDS = {
    "missing": ("It is missing.", "Send it."),
    "model_type": ("This is not a JSON object.", "Send an object with the fields of this door."),
    "model_attributes_type": ("This is not a JSON object.", "Send an object with the fields of this door."),
    "dict_type": ("This is not a JSON object.", "Send an object."),
    "string_type": ("This is not a text.", "Send a text in quotation marks."),
    "bool_type": ("This is neither true nor false.", "Send true or false."),
    "string_too_short": ("It is empty.", "Send at least {min_length} character."),
    "string_too_long": ("It is longer than {max_length} characters.", "Shorten it."),
    "string_pattern_mismatch": ("It does not have the form that it needs.", "Send what fits {pattern}."),
    "literal_error": ("It is none of the values that are known.", "Send one of {expected}."),
    "too_long": ("It has more than {max_length} entries.", "Send fewer."),
    "value_error": ("It {error}.", "Send it without."),
}
_OTHER = ("It is not what is asked for.", "See the description of this door in docs/data-flow.md §7.")


def _problem(place: tuple[int | str, ...], kind: str, facts: Mapping[str, Any]) -> Problem:
    message, remedy = _WORDS.get(kind, _OTHER)
    return Problem("malformed-field", Place(".".join(map(str, place)) or "body"), message.format(**facts), remedy.format(**facts))
