"""A pause that a provider has asked for is kept beside what was sent."""

import sqlalchemy as sa
from alembic import op

from scheduler_core.db.types import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("rate", sa.Column("held_until", UtcDateTime(), nullable=True))
