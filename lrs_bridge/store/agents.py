"""What was said of an agent lately."""

from __future__ import annotations

from sqlalchemy import Connection, select

from lrs_bridge.store.tables import sources, statement_refs, statements, terms
from lrs_bridge.xapi.references import AGENT, term

# So that the answer takes as long for a learner of ten years as for one of today.
_NEWEST = 100


def texts(connection: Connection, key: str, origin: str | None = None) -> list[str]:
    """The newest statements whose actor or object is the agent, newest first, voided ones left out; of one origin when one is named."""
    known = select(terms.c.id).where(terms.c.digest == term(AGENT, key)).scalar_subquery()
    newest = (
        select(statement_refs.c.seq).where(statement_refs.c.term == known).order_by(statement_refs.c.seq.desc()).limit(_NEWEST).subquery()
    )
    query = select(statements.c.text, sources.c.origin).join(newest, newest.c.seq == statements.c.seq)
    rows = connection.execute(
        query.join(sources, sources.c.id == statements.c.source).where(statements.c.voided.is_(False)).order_by(statements.c.seq.desc())
    )
    return [row.text for row in rows if origin in (None, row.origin)]
