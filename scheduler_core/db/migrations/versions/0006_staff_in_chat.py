"""Staff are written to, and write to us, in chats of their own, which a code has linked."""

import sqlalchemy as sa
from alembic import op

from scheduler_core.db.types import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chat_code",
        *_of_staff("chat_code"),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.UniqueConstraint("staff_id", name=op.f("uq_chat_code_staff_id")),
        sa.UniqueConstraint("digest", name=op.f("uq_chat_code_digest")),
    )
    op.create_table(
        "staff_chat",
        *_of_staff("staff_chat"),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=160), nullable=False),
        sa.Column("linked_at", UtcDateTime(), nullable=False),
        sa.UniqueConstraint("business_id", "channel", "address", name=op.f("uq_staff_chat_business_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_chat_code_business_id"), "chat_code", ["business_id"])
    op.create_index(op.f("ix_staff_chat_staff_id"), "staff_chat", ["staff_id"])


def _of_staff(table: str) -> list[sa.schema.SchemaItem]:
    """What both have: whose, and in which role."""
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["business_id"], ["business.id"], name=op.f(f"fk_{table}_business_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f(f"fk_{table}_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]
