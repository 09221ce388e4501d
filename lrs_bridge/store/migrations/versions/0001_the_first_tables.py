"""The first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "activity_definitions",
        sa.Column("activity", sa.LargeBinary(length=16), nullable=False),
        sa.Column("definition", sa.LargeBinary(length=16), nullable=False),
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("activity", "definition", name=op.f("pk_activity_definitions")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "attachments",
        sa.Column("sha2", sa.String(length=128), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("sha2", name=op.f("pk_attachments")),
    )
    op.create_table(
        "audit_log",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_log")),
    )
    with op.batch_alter_table("audit_log", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_log_at"), ["at"], unique=False)

    op.create_table(
        "definitions",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("received", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_definitions")),
        sa.UniqueConstraint("activity", "version", name=op.f("uq_definitions_activity_version")),
    )
    op.create_table(
        "documents",
        sa.Column("context", sa.LargeBinary(length=16), nullable=False),
        sa.Column("name_key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("resource", sa.String(length=16), nullable=False),
        sa.Column("activity", sa.Text(), nullable=True),
        sa.Column("agent", sa.Text(), nullable=True),
        sa.Column("agent_key", sa.LargeBinary(length=16), nullable=True),
        sa.Column("registration", sa.String(length=36), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("etag", sa.String(length=40), nullable=False),
        sa.Column("updated", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("context", "name_key", name=op.f("pk_documents")),
    )
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_documents_agent_key"), ["agent_key"], unique=False)

    op.create_table(
        "kept_files",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_kept_files")),
    )
    op.create_table(
        "ledger",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("registration", sa.String(length=36), nullable=False),
        sa.Column("system", sa.String(length=60), nullable=False),
        sa.Column("entry", sa.Text(), nullable=True),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("seal", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_ledger")),
        sa.UniqueConstraint("hash", name=op.f("uq_ledger_hash")),
    )
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ledger_registration_system"), ["registration", "system"], unique=False)
        batch_op.create_index(batch_op.f("ix_ledger_seal"), ["seal"], unique=False)

    op.create_table(
        "pending",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("registration", sa.String(length=36), nullable=False),
        sa.Column("since", sa.String(length=24), nullable=False),
        sa.Column("not_before", sa.String(length=24), nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_pending")),
    )
    with op.batch_alter_table("pending", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pending_not_before"), ["not_before"], unique=False)
        batch_op.create_index(batch_op.f("ix_pending_registration"), ["registration"], unique=False)

    op.create_table(
        "people",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("current", sa.String(length=36), nullable=False),
        sa.Column("created", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_people_current"), ["current"], unique=False)

    op.create_table(
        "reviews",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("reviewed", sa.String(length=10), nullable=False),
        sa.Column("terminates", sa.String(length=10), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_reviews")),
    )
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reviews_activity"), ["activity"], unique=False)

    op.create_table(
        "seals",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_seals")),
        sa.UniqueConstraint("hash", name=op.f("uq_seals_hash")),
        sa.UniqueConstraint("previous", name=op.f("uq_seals_previous")),
    )
    op.create_table(
        "sites",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("origins", sa.Text(), nullable=False),
        sa.Column("created", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sites")),
    )
    op.create_table(
        "sources",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.LargeBinary(length=16), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sa.UniqueConstraint("digest", name=op.f("uq_sources_digest")),
    )
    op.create_table(
        "statement_attachments",
        sa.Column("statement", sa.String(length=36), nullable=False),
        sa.Column("sha2", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("statement", "sha2", name=op.f("pk_statement_attachments")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("statement_attachments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statement_attachments_sha2"), ["sha2"], unique=False)

    op.create_table(
        "statement_refs",
        sa.Column("term", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("term", "seq", name=op.f("pk_statement_refs")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "statements",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("stored", sa.String(length=24), nullable=False),
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("source", sa.Integer(), nullable=False),
        sa.Column("registration", sa.String(length=36), nullable=True),
        sa.Column("target", sa.String(length=36), nullable=True),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("erased", sa.String(length=24), nullable=True),
        sa.Column("erased_hash", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_statements")),
        sa.UniqueConstraint("id", name=op.f("uq_statements_id")),
    )
    with op.batch_alter_table("statements", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_statements_registration_seq"),
            ["registration", "seq"],
            unique=False,
            sqlite_where=sa.text("registration IS NOT NULL"),
            postgresql_where=sa.text("registration IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_statements_stored"), ["stored"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_statements_target"),
            ["target"],
            unique=False,
            sqlite_where=sa.text("target IS NOT NULL"),
            postgresql_where=sa.text("target IS NOT NULL"),
        )

    op.create_table(
        "terms",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("digest", sa.LargeBinary(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terms")),
        sa.UniqueConstraint("digest", name=op.f("uq_terms_digest")),
    )
    op.create_table(
        "identifiers",
        sa.Column("site", sa.String(length=60), nullable=False),
        sa.Column("learner_id", sa.String(length=255), nullable=False),
        sa.Column("pseudonym", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("created", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_identifiers_person")),
        sa.ForeignKeyConstraint(["site"], ["sites.key"], name=op.f("fk_identifiers_site")),
        sa.PrimaryKeyConstraint("site", "learner_id", name=op.f("pk_identifiers")),
        sa.UniqueConstraint("pseudonym", name=op.f("uq_identifiers_pseudonym")),
    )
    with op.batch_alter_table("identifiers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_identifiers_person"), ["person"], unique=False)

    op.create_table(
        "keys",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("site", sa.String(length=60), nullable=True),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=True),
        sa.Column("previous_until", sa.String(length=24), nullable=True),
        sa.Column("created", sa.String(length=24), nullable=False),
        sa.Column("expires", sa.String(length=24), nullable=True),
        sa.Column("revoked", sa.String(length=24), nullable=True),
        sa.Column("last_used", sa.String(length=24), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["site"], ["sites.key"], name=op.f("fk_keys_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keys")),
    )
    op.create_table(
        "overrides",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=True),
        sa.Column("item", sa.String(length=60), server_default="", nullable=False),
        sa.Column("item_version", sa.String(length=16), server_default="", nullable=False),
        sa.Column("system", sa.String(length=60), server_default="", nullable=False),
        sa.Column("amount", sa.String(length=16), server_default="", nullable=False),
        sa.Column("completed_on", sa.String(length=10), server_default="", nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_overrides_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overrides")),
    )
    with op.batch_alter_table("overrides", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_overrides_activity"), ["activity"], unique=False)

    op.create_table(
        "person_links",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("first", sa.String(length=36), nullable=False),
        sa.Column("second", sa.String(length=36), nullable=False),
        sa.Column("action", sa.String(length=8), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["first"], ["people.id"], name=op.f("fk_person_links_first")),
        sa.ForeignKeyConstraint(["second"], ["people.id"], name=op.f("fk_person_links_second")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_person_links")),
    )
    op.create_table(
        "registrations",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=60), nullable=False),
        sa.Column("pseudonym", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("launch_key", sa.String(length=64), nullable=False),
        sa.Column("draw_key", sa.String(length=32), nullable=False),
        sa.Column("created", sa.String(length=24), nullable=False),
        sa.Column("linked", sa.Boolean(), nullable=False),
        sa.Column("confirmed", sa.String(length=24), nullable=True),
        sa.Column("known_as", sa.String(length=36), nullable=True),
        sa.Column("agent", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_registrations_person")),
        sa.ForeignKeyConstraint(["site"], ["sites.key"], name=op.f("fk_registrations_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrations")),
        sa.UniqueConstraint(
            "site", "pseudonym", "activity", "launch_key", name=op.f("uq_registrations_site_pseudonym_activity_launch_key")
        ),
    )
    with op.batch_alter_table("registrations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registrations_activity"), ["activity"], unique=False)
        batch_op.create_index(batch_op.f("ix_registrations_known_as"), ["known_as"], unique=False)
        batch_op.create_index(batch_op.f("ix_registrations_person_activity"), ["person", "activity"], unique=False)

    op.create_table(
        "statement_origins",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("origin", sa.String(length=120), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["statements.seq"], name=op.f("fk_statement_origins_seq")),
        sa.PrimaryKeyConstraint("seq", "origin", name=op.f("pk_statement_origins")),
    )
    op.create_table(
        "upstreams",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("credentials", sa.LargeBinary(), nullable=False),
        sa.Column("site", sa.String(length=60), nullable=True),
        sa.Column("forwards", sa.Boolean(), nullable=False),
        sa.Column("pulls", sa.Boolean(), nullable=False),
        sa.Column("filter", sa.Text(), nullable=False),
        sa.Column("created", sa.String(length=24), nullable=False),
        sa.Column("paused", sa.String(length=24), nullable=True),
        sa.ForeignKeyConstraint(["site"], ["sites.key"], name=op.f("fk_upstreams_site")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_upstreams")),
    )
    op.create_table(
        "certificates",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("verify", sa.String(length=32), nullable=False),
        sa.Column("registration", sa.String(length=36), nullable=False),
        sa.Column("system", sa.String(length=60), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("facts_hash", sa.String(length=64), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("made", sa.String(length=24), nullable=False),
        sa.Column("superseded_by", sa.String(length=32), nullable=True),
        sa.Column("withdrawn", sa.String(length=24), nullable=True),
        sa.ForeignKeyConstraint(["file"], ["kept_files.hash"], name=op.f("fk_certificates_file")),
        sa.ForeignKeyConstraint(["registration"], ["registrations.id"], name=op.f("fk_certificates_registration")),
        sa.ForeignKeyConstraint(["superseded_by"], ["certificates.id"], name=op.f("fk_certificates_superseded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificates")),
        sa.UniqueConstraint("verify", name=op.f("uq_certificates_verify")),
    )
    with op.batch_alter_table("certificates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificates_registration_system"), ["registration", "system"], unique=False)

    op.create_table(
        "consents",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("registration", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("wording", sa.String(length=64), nullable=False),
        sa.Column("definition", sa.String(length=60), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["registration"], ["registrations.id"], name=op.f("fk_consents_registration")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_consents")),
    )
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consents_registration"), ["registration"], unique=False)

    op.create_table(
        "cursors",
        sa.Column("upstream", sa.String(length=60), nullable=False),
        sa.Column("direction", sa.String(length=8), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_before", sa.String(length=24), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("moved", sa.String(length=24), nullable=True),
        sa.ForeignKeyConstraint(["upstream"], ["upstreams.key"], name=op.f("fk_cursors_upstream")),
        sa.PrimaryKeyConstraint("upstream", "direction", name=op.f("pk_cursors")),
    )
    op.create_table(
        "dead_letters",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("upstream", sa.String(length=60), nullable=False),
        sa.Column("direction", sa.String(length=8), nullable=False),
        sa.Column("statement", sa.String(length=36), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("settled", sa.String(length=24), nullable=True),
        sa.ForeignKeyConstraint(["upstream"], ["upstreams.key"], name=op.f("fk_dead_letters_upstream")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_dead_letters")),
    )
    with op.batch_alter_table("dead_letters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dead_letters_upstream_direction"), ["upstream", "direction"], unique=False)

    op.create_table(
        "decisions",
        sa.Column("registration", sa.String(length=36), nullable=False),
        sa.Column("system", sa.String(length=60), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("decided", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["registration"], ["registrations.id"], name=op.f("fk_decisions_registration")),
        sa.PrimaryKeyConstraint("registration", "system", name=op.f("pk_decisions")),
    )
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decisions_activity"), ["activity"], unique=False)
        batch_op.create_index(batch_op.f("ix_decisions_person"), ["person"], unique=False)

    op.create_table(
        "launches",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("registration", sa.String(length=36), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("created", sa.String(length=24), nullable=False),
        sa.Column("expires", sa.String(length=24), nullable=False),
        sa.Column("mode", sa.String(length=16), nullable=False),
        sa.Column("definition", sa.String(length=60), nullable=False),
        sa.Column("build", sa.Text(), nullable=False),
        sa.Column("format", sa.String(length=60), nullable=False),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["registration"], ["registrations.id"], name=op.f("fk_launches_registration")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_launches")),
        sa.UniqueConstraint("token", name=op.f("uq_launches_token")),
    )
    with op.batch_alter_table("launches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_launches_registration"), ["registration"], unique=False)

    op.create_table(
        "profiles",
        sa.Column("registration", sa.String(length=36), nullable=False),
        sa.Column("profile", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["registration"], ["registrations.id"], name=op.f("fk_profiles_registration")),
        sa.PrimaryKeyConstraint("registration", name=op.f("pk_profiles")),
    )
    op.create_table(
        "responses",
        sa.Column("registration", sa.String(length=36), nullable=False),
        sa.Column("assessment", sa.String(length=16), nullable=False),
        sa.Column("attempt", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("item_version", sa.String(length=16), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("correct", sa.Boolean(), nullable=True),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["registration"], ["registrations.id"], name=op.f("fk_responses_registration")),
        sa.PrimaryKeyConstraint("registration", "assessment", "attempt", "item", name=op.f("pk_responses")),
    )
    with op.batch_alter_table("responses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_responses_activity"), ["activity"], unique=False)

    op.create_table(
        "diagnostics",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("launch", sa.String(length=36), nullable=True),
        sa.Column("report", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["launch"], ["launches.id"], name=op.f("fk_diagnostics_launch")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_diagnostics")),
    )


def downgrade() -> None:
    op.drop_table("diagnostics")
    with op.batch_alter_table("responses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_responses_activity"))

    op.drop_table("responses")
    op.drop_table("profiles")
    with op.batch_alter_table("launches", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_launches_registration"))

    op.drop_table("launches")
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decisions_person"))
        batch_op.drop_index(batch_op.f("ix_decisions_activity"))

    op.drop_table("decisions")
    with op.batch_alter_table("dead_letters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dead_letters_upstream_direction"))

    op.drop_table("dead_letters")
    op.drop_table("cursors")
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consents_registration"))

    op.drop_table("consents")
    with op.batch_alter_table("certificates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificates_registration_system"))

    op.drop_table("certificates")
    op.drop_table("upstreams")
    op.drop_table("statement_origins")
    with op.batch_alter_table("registrations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registrations_person_activity"))
        batch_op.drop_index(batch_op.f("ix_registrations_known_as"))
        batch_op.drop_index(batch_op.f("ix_registrations_activity"))

    op.drop_table("registrations")
    op.drop_table("person_links")
    with op.batch_alter_table("overrides", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_overrides_activity"))

    op.drop_table("overrides")
    op.drop_table("keys")
    with op.batch_alter_table("identifiers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_identifiers_person"))

    op.drop_table("identifiers")
    op.drop_table("terms")
    with op.batch_alter_table("statements", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_statements_target"), sqlite_where=sa.text("target IS NOT NULL"), postgresql_where=sa.text("target IS NOT NULL")
        )
        batch_op.drop_index(batch_op.f("ix_statements_stored"))
        batch_op.drop_index(
            batch_op.f("ix_statements_registration_seq"),
            sqlite_where=sa.text("registration IS NOT NULL"),
            postgresql_where=sa.text("registration IS NOT NULL"),
        )

    op.drop_table("statements")
    op.drop_table("statement_refs")
    with op.batch_alter_table("statement_attachments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statement_attachments_sha2"))

    op.drop_table("statement_attachments")
    op.drop_table("sources")
    op.drop_table("sites")
    op.drop_table("seals")
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reviews_activity"))

    op.drop_table("reviews")
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_people_current"))

    op.drop_table("people")
    with op.batch_alter_table("pending", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pending_registration"))
        batch_op.drop_index(batch_op.f("ix_pending_not_before"))

    op.drop_table("pending")
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ledger_seal"))
        batch_op.drop_index(batch_op.f("ix_ledger_registration_system"))

    op.drop_table("ledger")
    op.drop_table("kept_files")
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_documents_agent_key"))

    op.drop_table("documents")
    op.drop_table("definitions")
    with op.batch_alter_table("audit_log", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_log_at"))

    op.drop_table("audit_log")
    op.drop_table("attachments")
    op.drop_table("activity_definitions")
