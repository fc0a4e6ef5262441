"""Who was not reached is told again or elsewhere: what says a message once more, and where nothing arrives."""

import sqlalchemy as sa
from alembic import op

from scheduler_core.db.types import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbound_message", sa.Column("again_of", sa.BigInteger(), nullable=True))
    op.add_column("outbound_message", sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("outbound_message", sa.Column("appointment_id", sa.Integer(), nullable=True))
    op.add_column("outbound_message", sa.Column("appointment_version", sa.Integer(), nullable=True))
    for name, column in (("again", "again_of"), ("visit", "appointment_id")):
        known = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            f"ix_outbound_message_{name}",
            "outbound_message",
            [column],
            sqlite_where=known,
            postgresql_where=known,
        )
    op.create_table(
        "shut_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=160), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("business_id", "channel", "address"),
    )
    op.add_column("notice", sa.Column("also_in_id", sa.Integer(), nullable=True))
    op.create_index("ix_notice_also_in_id", "notice", ["also_in_id"])
