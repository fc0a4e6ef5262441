"""A time that became free is kept for one who waits for it, and they are told.

On SQLite a table whose columns change is written anew, and what refers to its rows goes with the old one: what is held
for a moment is given up before, and booked all the same when it is still free.
"""

import sqlalchemy as sa
from alembic import op

from scheduler_core.db.types import UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OPEN = sa.text("state = 'open'")
_REFERENCES = {
    "business_id": ("business", None),
    "entry_id": ("waitlist_entry", None),
    "customer_id": ("customer", None),
    "staff_id": ("staff_member", None),
    "location_id": ("location", None),
    "hold_id": ("hold", "SET NULL"),
    "appointment_id": ("appointment", None),
}


def upgrade() -> None:
    op.execute("DELETE FROM hold")
    with op.batch_alter_table("hold", table_kwargs={"sqlite_autoincrement": True}) as hold:
        hold.alter_column("conversation_id", existing_type=sa.Integer(), nullable=True)
    with op.batch_alter_table("notice", table_kwargs={"sqlite_autoincrement": True}) as notice:
        notice.alter_column("appointment_id", existing_type=_KEY, nullable=True)
        notice.alter_column("appointment_version", existing_type=sa.Integer(), nullable=True)
        notice.add_column(sa.Column("offer", sa.JSON(none_as_null=True), nullable=True))
    op.create_table(
        "waitlist_offer",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("location_id", sa.Integer(), nullable=True),
        sa.Column("start_at", UtcDateTime(), nullable=False),
        sa.Column("end_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("hold_id", _KEY, nullable=True),
        sa.Column("meanwhile", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("said_at", UtcDateTime(), nullable=True),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("appointment_id", _KEY, nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_waitlist_offer_{column}"), ondelete=gone
            )
            for column, (table, gone) in _REFERENCES.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waitlist_offer")),
        sqlite_autoincrement=True,
    )
    for column in ("entry_id", "customer_id", "hold_id"):
        op.create_index(op.f(f"ix_waitlist_offer_{column}"), "waitlist_offer", [column])
    op.create_index("ix_waitlist_offer_state", "waitlist_offer", ["business_id", "state", "id"])
    op.create_index(
        "ix_waitlist_offer_open",
        "waitlist_offer",
        ["customer_id"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
