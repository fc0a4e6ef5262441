"""Customers and staff send each other files: rows for them, and what a message carries."""

import sqlalchemy as sa
from alembic import op

from scheduler_core.db.types import UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_JSON = sa.JSON(none_as_null=True)
_OWNERS = {"business": None, "customer": None, "conversation": "SET NULL", "appointment": None}


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=True),
        sa.Column("appointment_id", _KEY, nullable=True),
        sa.Column("inbound_id", _KEY, nullable=True),
        sa.Column("idem_key", sa.String(length=64), nullable=False),
        sa.Column("sent_by", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("kept_at", UtcDateTime(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [f"{each}_id"], [f"{each}.id"], name=op.f(f"fk_attachment_{each}_id"), ondelete=then
            )
            for each, then in _OWNERS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("idem_key", name=op.f("uq_attachment_idem_key")),
        sqlite_autoincrement=True,
    )
    for name in ("business_id", "customer_id", "appointment_id"):
        op.create_index(op.f(f"ix_attachment_{name}"), "attachment", [name])
    op.create_index("ix_attachment_conversation", "attachment", ["conversation_id", "id"])
    op.create_table(
        "forgotten_file",
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("forgotten_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_forgotten_file")),
    )
    for table, name in (("inbound_message", "media"), ("outbound_message", "files")):
        op.add_column(table, sa.Column(name, _JSON, server_default="[]", nullable=False))
