"""The time that a delay takes up, besides what is reserved."""

import sqlalchemy as sa
from alembic import op

from scheduler_core.db.types import UtcDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "overrun",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=True),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Integer(), nullable=False),
        sa.Column("start_at", UtcDateTime(), nullable=False),
        sa.Column("end_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("end_at > start_at", name=op.f("ck_overrun_forward")),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_overrun_appointment_id")
        ),
        sa.ForeignKeyConstraint(["business_id"], ["business.id"], name=op.f("fk_overrun_business_id")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_overrun_resource_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overrun")),
    )
    op.create_index(op.f("ix_overrun_appointment_id"), "overrun", ["appointment_id"])
    op.create_index(op.f("ix_overrun_business_id"), "overrun", ["business_id"])
    op.create_index("ix_overrun_when", "overrun", ["resource_id", "end_at"])
