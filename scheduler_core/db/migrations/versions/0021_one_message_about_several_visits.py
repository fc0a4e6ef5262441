"""One message may ask about several visits: each has a notice of its own beside the one that was said."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("notice", sa.Column("beside_id", sa.BigInteger(), nullable=True))
    op.create_index(op.f("ix_notice_beside_id"), "notice", ["beside_id"])
