"""Staff say that they run late, and customers are told once how much later their visit starts."""

import sqlalchemy as sa
from alembic import op

from scheduler_core.db.types import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_delay",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("since_at", UtcDateTime(), nullable=False),
        sa.Column("until_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("until_at > since_at", name=op.f("ck_staff_delay_forward")),
        sa.ForeignKeyConstraint(["business_id"], ["business.id"], name=op.f("fk_staff_delay_business_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_staff_delay_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_staff_delay")),
    )
    op.create_index(op.f("ix_staff_delay_business_id"), "staff_delay", ["business_id"])
    op.create_table(
        "late_told",
        sa.Column("appointment_id", sa.BigInteger(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_late_told_appointment_id")
        ),
        sa.ForeignKeyConstraint(["business_id"], ["business.id"], name=op.f("fk_late_told_business_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_late_told_staff_id")),
        sa.PrimaryKeyConstraint("appointment_id", name=op.f("pk_late_told")),
    )
    op.create_index(op.f("ix_late_told_business_id"), "late_told", ["business_id"])
