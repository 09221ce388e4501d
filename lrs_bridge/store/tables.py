"""The tables. Times are texts as `times.text_of` writes them, ids are texts in lower case, hashes of secrets are hex digits of SHA-256."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite counts up only a column whose type is exactly INTEGER.
Counter = BigInteger().with_variant(Integer, "sqlite")
Id = String(36)
Moment = String(24)
Hash = String(64)


def _where(condition: str) -> dict[str, Any]:
    """An index of those rows alone, on either engine."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


def _counted() -> Column[int]:
    return Column("seq", Counter, primary_key=True, autoincrement=True)


# --- what came in -------------------------------------------------------------------------------

# One writer at a time numbers them, so that `seq` and `stored` rise together. No foreign keys: the one writer puts in both sides in one
# transaction, and looking after each other's rows once more would cost as much as the rows.
statements = Table(
    "statements",
    metadata,
    Column("seq", Counter, primary_key=True, autoincrement=False),
    Column("id", Id, nullable=False, unique=True),
    Column("text", Text, nullable=False),  # the statement's own slice of what was sent, unchanged
    Column("stored", Moment, nullable=False),
    Column("version", String(16), nullable=False),  # what the LRS adds when the statement names none
    Column("source", Integer, nullable=False),  # how it came first: `sources.id`
    Column("registration", Id),
    Column("target", Id),  # the statement that a voiding statement speaks of
    Column("voided", Boolean, nullable=False),
    Column("erased", Moment),  # when personal data was taken out of `text`
    Column("erased_hash", Hash),  # SHA-256 of the text as received, once it was erased
    Index(None, "registration", "seq", **_where("registration IS NOT NULL")),
    Index(None, "target", **_where("target IS NOT NULL")),
    Index(None, "stored"),
)

# A way of coming and the authority that the LRS sets for it, each pair once. Rows are never deleted: every process remembers them.
sources = Table(
    "sources",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("digest", LargeBinary(16), nullable=False, unique=True),
    Column("origin", Text, nullable=False),
    Column("authority", Text, nullable=False),
)

# What a statement can be found by: a digest from xapi/references.py, each once. Rows are never deleted: every process remembers them.
terms = Table(
    "terms",
    metadata,
    Column("id", Counter, primary_key=True, autoincrement=False),
    Column("digest", LargeBinary(16), nullable=False, unique=True),
)

statement_refs = Table(
    "statement_refs",
    metadata,
    Column("term", Counter, primary_key=True, autoincrement=False),
    Column("seq", Counter, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

# The same statement, come again another way: what first was no evidence may become it.
statement_origins = Table(
    "statement_origins",
    metadata,
    Column("seq", Counter, ForeignKey("statements.seq"), primary_key=True, autoincrement=False),
    Column("origin", String(120), primary_key=True),
    Column("at", Moment, nullable=False),
)

# The bytes of attachments, once for each content; statements name them by `sha2`.
attachments = Table(
    "attachments",
    metadata,
    Column("sha2", String(128), primary_key=True),  # hex digits in lower case, of the length of the algorithm
    Column("body", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
)

# Which statements brought which bytes: another statement that only names the same hash does not give them away.
statement_attachments = Table(
    "statement_attachments",
    metadata,
    Column("statement", Id, primary_key=True),
    Column("sha2", String(128), primary_key=True),
    Index(None, "sha2"),
    sqlite_with_rowid=False,
)

# The definitions that statements gave an activity, each once, in the order of their coming; merged when read.
activity_definitions = Table(
    "activity_definitions",
    metadata,
    Column("activity", LargeBinary(16), primary_key=True),  # digest of the IRI
    Column("definition", LargeBinary(16), primary_key=True),  # digest of the text
    Column("seq", Counter, nullable=False),  # of the statement that gave it first
    Column("text", Text, nullable=False),
    sqlite_with_rowid=False,
)

# Documents of xAPI's State, Activity Profile and Agent Profile resources.
documents = Table(
    "documents",
    metadata,
    Column("context", LargeBinary(16), primary_key=True),  # digest of resource, activity, agent and registration
    Column("name_key", LargeBinary(16), primary_key=True),  # digest of `name`
    Column("resource", String(16), nullable=False),  # state, activity-profile or agent-profile
    Column("activity", Text),
    Column("agent", Text),  # canonical JSON
    Column("agent_key", LargeBinary(16)),
    Column("registration", Id),
    Column("name", Text, nullable=False),
    Column("content_type", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("etag", String(40), nullable=False),  # SHA-1 of the body, hex digits
    Column("updated", Moment, nullable=False),
    Index(None, "agent_key"),
)

# Appended, never updated, so that batches that touch the same registration do not wait for each other.
pending = Table(
    "pending",
    metadata,
    _counted(),
    Column("registration", Id, nullable=False),
    Column("since", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("error", Text),
    Index(None, "registration"),
    Index(None, "not_before"),
)

# --- where it came from -------------------------------------------------------------------------

sites = Table(
    "sites",
    metadata,
    Column("key", String(60), primary_key=True),
    Column("name", Text, nullable=False),
    Column("origins", Text, nullable=False),  # a JSON list
    Column("created", Moment, nullable=False),
)

registrations = Table(
    "registrations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("site", String(60), ForeignKey("sites.key"), nullable=False),
    Column("pseudonym", String(32), nullable=False),
    Column("person", Id, ForeignKey("people.id"), nullable=False),
    Column("activity", Text, nullable=False),
    Column("launch_key", Hash, nullable=False),
    Column("draw_key", String(32), nullable=False),  # what items are drawn with (scorm_packager/activity/draws.py)
    Column("created", Moment, nullable=False),
    Column("linked", Boolean, nullable=False),
    Column("confirmed", Moment),
    Column("known_as", Id, index=True),  # the LMS's own registration, where it names one: its launches' statements carry that
    Column("agent", Hash),  # and a digest of the actor whom it names
    UniqueConstraint("site", "pseudonym", "activity", "launch_key"),
    Index(None, "person", "activity"),
    Index(None, "activity"),
)

launches = Table(
    "launches",
    metadata,
    Column("id", Id, primary_key=True),
    Column("registration", Id, ForeignKey("registrations.id"), nullable=False),
    Column("token", Hash, nullable=False, unique=True),
    Column("created", Moment, nullable=False),
    Column("expires", Moment, nullable=False),
    Column("mode", String(16), nullable=False),  # credit or no-evidence
    Column("definition", String(60), nullable=False),
    Column("build", Text, nullable=False),
    Column("format", String(60), nullable=False),
    Column("origin", Text),
    Index(None, "registration"),
)

diagnostics = Table(
    "diagnostics",
    metadata,
    _counted(),
    Column("at", Moment, nullable=False),
    Column("launch", Id, ForeignKey("launches.id")),
    Column("report", Text, nullable=False),
)

keys = Table(
    "keys",
    metadata,
    Column("id", String(60), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("site", String(60), ForeignKey("sites.key")),
    Column("secret", Hash, nullable=False),
    Column("previous", Hash),  # after a rotation, good until `previous_until`
    Column("previous_until", Moment),
    Column("created", Moment, nullable=False),
    Column("expires", Moment),
    Column("revoked", Moment),
    Column("last_used", Moment),
    Column("note", Text, nullable=False, server_default=""),
)

# --- other record stores ------------------------------------------------------------------------

upstreams = Table(
    "upstreams",
    metadata,
    Column("key", String(60), primary_key=True),
    Column("endpoint", Text, nullable=False),
    Column("version", String(16), nullable=False),
    Column("credentials", LargeBinary, nullable=False),  # encrypted
    Column("site", String(60), ForeignKey("sites.key")),  # whose learners the pulled statements speak of
    Column("forwards", Boolean, nullable=False),
    Column("pulls", Boolean, nullable=False),
    Column("filter", Text, nullable=False),  # a JSON object
    Column("created", Moment, nullable=False),
    Column("paused", Moment),
)

# How far forwarding and pulling have come. What comes after a forwarding cursor is the outbox: the statements themselves.
cursors = Table(
    "cursors",
    metadata,
    Column("upstream", String(60), ForeignKey("upstreams.key"), primary_key=True),
    Column("direction", String(8), primary_key=True),  # forward or pull
    Column("position", Text, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("not_before", Moment, nullable=False),
    Column("error", Text),
    Column("moved", Moment),
)

dead_letters = Table(
    "dead_letters",
    metadata,
    _counted(),
    Column("upstream", String(60), ForeignKey("upstreams.key"), nullable=False),
    Column("direction", String(8), nullable=False),
    Column("statement", Id),
    Column("text", Text),  # of a pulled one, which stands nowhere else
    Column("reason", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("settled", Moment),  # sent again with success, or given up by somebody
    Index(None, "upstream", "direction"),
)

# Who did what to what others rely on: erasures, keys made and revoked, upstreams. Appended.
audit_log = Table(
    "audit_log",
    metadata,
    _counted(),
    Column("at", Moment, nullable=False),
    Column("who", Text, nullable=False),
    Column("action", String(60), nullable=False),
    Column("subject", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("facts", Text, nullable=False),  # a JSON object: counts, never what was erased
    Index(None, "at"),
)

# --- activities ---------------------------------------------------------------------------------

definitions = Table(
    "definitions",
    metadata,
    Column("id", String(60), primary_key=True),
    Column("activity", Text, nullable=False),
    Column("version", String(40), nullable=False),
    Column("text", Text, nullable=False),  # canonical JSON
    Column("received", Moment, nullable=False),
    UniqueConstraint("activity", "version"),
)

# A review of unchanged content moves the dates in force; the last one counts.
reviews = Table(
    "reviews",
    metadata,
    _counted(),
    Column("activity", Text, nullable=False),
    Column("reviewed", String(10), nullable=False),
    Column("terminates", String(10), nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "activity"),
)

# --- people -------------------------------------------------------------------------------------

# `current` is the smallest id of those joined with this one.
people = Table(
    "people",
    metadata,
    Column("id", Id, primary_key=True),
    Column("current", Id, nullable=False),
    Column("created", Moment, nullable=False),
    Index(None, "current"),
)

# Encrypted: name, profession, identifiers. One for each registration, so that who only knows a learner's id cannot change what
# was said in another registration.
profiles = Table(
    "profiles",
    metadata,
    Column("registration", Id, ForeignKey("registrations.id"), primary_key=True),
    Column("profile", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
)

identifiers = Table(
    "identifiers",
    metadata,
    Column("site", String(60), ForeignKey("sites.key"), primary_key=True),
    Column("learner_id", String(255), primary_key=True),
    Column("pseudonym", String(32), nullable=False, unique=True),
    Column("person", Id, ForeignKey("people.id"), nullable=False),
    Column("created", Moment, nullable=False),
    Index(None, "person"),
)

person_links = Table(
    "person_links",
    metadata,
    _counted(),
    Column("first", Id, ForeignKey("people.id"), nullable=False),  # the smaller id of the two
    Column("second", Id, ForeignKey("people.id"), nullable=False),
    Column("action", String(8), nullable=False),  # join or part
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

consents = Table(
    "consents",
    metadata,
    _counted(),
    Column("registration", Id, ForeignKey("registrations.id"), nullable=False),
    Column("key", String(60), nullable=False),
    Column("given", Boolean, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("wording", Hash, nullable=False),  # SHA-256 of the text agreed to, which stands in `definition`
    Column("definition", String(60), nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "registration"),
)

# --- what was decided ---------------------------------------------------------------------------

decisions = Table(
    "decisions",
    metadata,
    Column("registration", Id, ForeignKey("registrations.id"), primary_key=True),
    Column("system", String(60), primary_key=True),
    Column("person", Id, nullable=False),
    Column("activity", Text, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("record", Text, nullable=False),  # canonical JSON; the same evidence gives the same text
    Column("decided", Moment, nullable=False),
    Index(None, "activity"),
    Index(None, "person"),
)

responses = Table(
    "responses",
    metadata,
    Column("registration", Id, ForeignKey("registrations.id"), primary_key=True),
    Column("assessment", String(16), primary_key=True),
    Column("attempt", Integer, primary_key=True, autoincrement=False),
    Column("item", String(60), primary_key=True),
    Column("activity", Text, nullable=False),
    Column("item_version", String(16), nullable=False),
    Column("response", Text, nullable=False),
    Column("correct", Boolean),
    Column("at", Moment, nullable=False),
    Index(None, "activity"),
)

# Appended. `entry` may be erased later: `hash` keeps the proof.
ledger = Table(
    "ledger",
    metadata,
    _counted(),
    Column("hash", Hash, nullable=False, unique=True),
    Column("registration", Id, nullable=False),
    Column("system", String(60), nullable=False),
    Column("entry", Text),
    Column("at", Moment, nullable=False),
    Column("seal", BigInteger().with_variant(Integer, "sqlite")),
    Index(None, "registration", "system"),
    Index(None, "seal"),
)

seals = Table(
    "seals",
    metadata,
    _counted(),
    Column("previous", Hash, nullable=False, unique=True),  # unique: two workers cannot both seal after the same seal
    Column("hash", Hash, nullable=False, unique=True),
    Column("entries", Integer, nullable=False),
    Column("signature", String(128), nullable=False),
    Column("key", Hash, nullable=False),
    Column("at", Moment, nullable=False),
)

overrides = Table(
    "overrides",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("activity", Text, nullable=False),
    Column("person", Id, ForeignKey("people.id")),  # none: for everybody
    Column("item", String(60), nullable=False, server_default=""),
    Column("item_version", String(16), nullable=False, server_default=""),
    Column("system", String(60), nullable=False, server_default=""),
    Column("amount", String(16), nullable=False, server_default=""),
    Column("completed_on", String(10), nullable=False, server_default=""),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "activity"),
)

# --- what must stay the same --------------------------------------------------------------------

kept_files = Table(
    "kept_files",
    metadata,
    Column("hash", Hash, primary_key=True),
    Column("media_type", String(120), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
)

certificates = Table(
    "certificates",
    metadata,
    Column("id", String(32), primary_key=True),  # 128 random bits: the address that opens without signing in
    Column("verify", String(32), nullable=False, unique=True),
    Column("registration", Id, ForeignKey("registrations.id"), nullable=False),
    Column("system", String(60), nullable=False),
    Column("title", Text, nullable=False),
    Column("facts", LargeBinary, nullable=False),  # what the sheet says, encrypted
    Column("facts_hash", Hash, nullable=False),
    Column("file", Hash, ForeignKey("kept_files.hash"), nullable=False),
    Column("made", Moment, nullable=False),
    Column("superseded_by", String(32), ForeignKey("certificates.id")),
    Column("withdrawn", Moment),
    Index(None, "registration", "system"),
)
