"""What customers are told by itself is kept with their conversation, so that a reply is understood by it."""

import sqlalchemy as sa
from alembic import op

from scheduler_core.db.types import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("appointment_id", _KEY, nullable=False),
        sa.Column("appointment_version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("idem_key", sa.String(length=200), nullable=False),
        sa.Column("choices", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("said_at", UtcDateTime(), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["business_id"], ["business.id"], name=op.f("fk_notice_business_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_notice_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_notice_appointment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("idem_key", name=op.f("uq_notice_idem_key")),
        sqlite_autoincrement=True,
    )
    for columns in (["business_id"], ["appointment_id"]):
        op.create_index(op.f(f"ix_notice_{columns[0]}"), "notice", columns)
    op.create_index("ix_notice_conversation", "notice", ["conversation_id", "id"])
