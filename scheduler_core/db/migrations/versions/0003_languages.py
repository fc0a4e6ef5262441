"""Customers are answered in the language they write in; staff take a conversation over and hand it back."""

import sqlalchemy as sa
from alembic import op

from scheduler_core.db.types import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("customer", sa.Column("language", sa.String(length=35), nullable=True))
    op.add_column("conversation", sa.Column("waiting_since", UtcDateTime(), nullable=True))
    op.add_column("conversation", sa.Column("silent_until", UtcDateTime(), nullable=True))
    op.drop_column("conversation", "handed_over")
    op.add_column("draft", sa.Column("summary", sa.Text(), nullable=True))
