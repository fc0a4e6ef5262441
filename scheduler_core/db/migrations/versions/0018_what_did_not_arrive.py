"""What did not arrive, and due work that was given up, are listed for staff until they have seen to it."""

import sqlalchemy as sa
from alembic import op

from scheduler_core.db.types import UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbound_message", sa.Column("settled_at", UtcDateTime(), nullable=True))
    failed, dead = sa.text("state IN ('failed', 'unknown')"), sa.text("state = 'dead'")
    op.create_index(
        "ix_outbound_message_failed",
        "outbound_message",
        ["business_id", "id"],
        sqlite_where=failed,
        postgresql_where=failed,
    )
    op.create_index("ix_job_dead", "job", ["business_id", "id"], sqlite_where=dead, postgresql_where=dead)
