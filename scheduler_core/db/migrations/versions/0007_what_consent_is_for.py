"""Who wants no more offers may still be written to about their own visits."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("consent", sa.Column("purpose", sa.String(length=20), nullable=True))
