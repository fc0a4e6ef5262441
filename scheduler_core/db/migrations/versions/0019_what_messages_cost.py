"""For how many messages the provider bills each of ours."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbound_message", sa.Column("parts", sa.Integer(), nullable=True))
    paid = sa.text("parts IS NOT NULL")
    op.create_index(
        "ix_outbound_message_paid",
        "outbound_message",
        ["business_id", "created_at"],
        sqlite_where=paid,
        postgresql_where=paid,
    )
