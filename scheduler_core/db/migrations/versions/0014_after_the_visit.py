"""After a visit customers say how it was, hear what to mind, and are asked back when the next one is due."""

import sqlalchemy as sa
from alembic import op

from scheduler_core.db.types import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("business", sa.Column("review_url", sa.String(length=500), nullable=True))
    tips = sa.Column("aftercare", sa.JSON(none_as_null=True), server_default="{}", nullable=False)
    op.add_column("service", tips)
    op.add_column("service", sa.Column("rebook_after_days", sa.Integer(), nullable=True))
    _feedback()
    _follow_up()


def _feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        *_whose(),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("scale", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=True),
        sa.Column("reply_by", UtcDateTime(), nullable=True),
        sa.Column("told_at", UtcDateTime(), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        *_references("feedback"),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_feedback_service_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_feedback_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
        sa.UniqueConstraint("appointment_id", "kind", name=op.f("uq_feedback_appointment_id_kind")),
    )
    op.create_index("ix_feedback_given", "feedback", ["business_id", "given_at"])
    op.create_index(op.f("ix_feedback_customer_id"), "feedback", ["customer_id"])


def _follow_up() -> None:
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        *_whose(),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        *_references("follow_up"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("appointment_id", "what", name=op.f("uq_follow_up_appointment_id_what")),
    )
    op.create_index(op.f("ix_follow_up_business_id"), "follow_up", ["business_id"])
    op.create_index("ix_follow_up_customer", "follow_up", ["customer_id", "what", "at"])


def _whose() -> list[sa.Column[int]]:
    return [
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("appointment_id", _KEY, nullable=False),
    ]


def _references(table: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([f"{other}_id"], [f"{other}.id"], name=op.f(f"fk_{table}_{other}_id"))
        for other in ("business", "customer", "appointment")
    ]
