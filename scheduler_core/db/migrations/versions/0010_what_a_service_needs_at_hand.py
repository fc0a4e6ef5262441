"""What a service needs at hand is told on the morning of the day."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "service", sa.Column("materials", sa.JSON(none_as_null=True), server_default="[]", nullable=False)
    )
