"""Of a conversation that a person has taken over it is known who did, and in which chat."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversation", sa.Column("taken_by_staff_id", sa.Integer(), nullable=True))
    op.add_column("conversation", sa.Column("taken_in_chat_id", sa.Integer(), nullable=True))
    op.add_column(
        "conversation", sa.Column("is_chosen", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
