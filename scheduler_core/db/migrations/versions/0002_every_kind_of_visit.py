"""Every kind of visit: policies as documents, overrides and blocks, classes, items, series, history, flags, keys."""

import sqlalchemy as sa
from alembic import op

from scheduler_core.db.types import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_POLICIES = (
    "min_notice_minutes",
    "horizon_days",
    "grid_minutes",
    "hold_minutes",
    "free_cancel_hours",
    "late_fee_percent",
    "buffers_beyond_hours",
)


def upgrade() -> None:
    _new_tables()
    _new_columns()
    _policies_become_documents()
    _absences_become_blocks()
    _visits_get_their_items()
    _reservations_of_classes()


def _new_tables() -> None:
    op.create_table(
        "holiday",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["business_id"], ["business.id"], name=op.f("fk_holiday_business_id")),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_holiday_location_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holiday")),
        sa.UniqueConstraint(
            "business_id", "location_id", "day", name=op.f("uq_holiday_business_id_location_id_day")
        ),
    )
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("rrule", sa.String(length=200), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("wall_start", sa.String(length=16), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["business_id"], ["business.id"], name=op.f("fk_series_business_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_series_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
    )
    with op.batch_alter_table("series", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_series_business_id"), ["business_id"], unique=False)

    op.create_table(
        "service_addon",
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("addon_id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["addon_id"], ["service.id"], name=op.f("fk_service_addon_addon_id")),
        sa.ForeignKeyConstraint(["business_id"], ["business.id"], name=op.f("fk_service_addon_business_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_service_addon_service_id")),
        sa.PrimaryKeyConstraint("service_id", "addon_id", name=op.f("pk_service_addon")),
    )
    with op.batch_alter_table("service_addon", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_addon_business_id"), ["business_id"], unique=False)

    op.create_table(
        "block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("start_at", UtcDateTime(), nullable=False),
        sa.Column("end_at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.CheckConstraint("end_at > start_at", name=op.f("ck_block_forward")),
        sa.ForeignKeyConstraint(["business_id"], ["business.id"], name=op.f("fk_block_business_id")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_block_resource_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_block")),
    )
    with op.batch_alter_table("block", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_block_business_id"), ["business_id"], unique=False)
        batch_op.create_index("ix_block_when", ["resource_id", "end_at"], unique=False)

    op.create_table(
        "service_need",
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["business_id"], ["business.id"], name=op.f("fk_service_need_business_id")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_service_need_resource_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_service_need_service_id")),
        sa.PrimaryKeyConstraint("service_id", "position", "resource_id", name=op.f("pk_service_need")),
    )
    with op.batch_alter_table("service_need", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_need_business_id"), ["business_id"], unique=False)

    op.create_table(
        "api_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["business_id"], ["business.id"], name=op.f("fk_api_key_business_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_api_key_customer_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_api_key_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_key_digest")),
    )
    with op.batch_alter_table("api_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_key_business_id"), ["business_id"], unique=False)

    op.create_table(
        "calendar_feed",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["business_id"], ["business.id"], name=op.f("fk_calendar_feed_business_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_calendar_feed_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("digest", name=op.f("uq_calendar_feed_digest")),
    )
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_feed_business_id"), ["business_id"], unique=False)

    op.create_table(
        "class_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("seats_id", sa.Integer(), nullable=False),
        sa.Column("start_at", UtcDateTime(), nullable=False),
        sa.Column("end_at", UtcDateTime(), nullable=False),
        sa.Column("scheduled", sa.Boolean(), nullable=False),
        sa.Column("keeps", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["business_id"], ["business.id"], name=op.f("fk_class_session_business_id")),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_class_session_location_id")),
        sa.ForeignKeyConstraint(["seats_id"], ["resource.id"], name=op.f("fk_class_session_seats_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_class_session_service_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_class_session_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_session")),
    )
    with op.batch_alter_table("class_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_class_session_business_id"), ["business_id"], unique=False)
        batch_op.create_index("ix_class_session_when", ["service_id", "start_at"], unique=False)

    op.create_table(
        "hours_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts_minute", sa.Integer(), nullable=False),
        sa.Column("ends_minute", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "starts_minute >= 0 AND starts_minute <= ends_minute AND starts_minute < 1440 AND ends_minute <= 2880",
            name=op.f("ck_hours_override_minutes"),
        ),
        sa.ForeignKeyConstraint(["business_id"], ["business.id"], name=op.f("fk_hours_override_business_id")),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_hours_override_location_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_hours_override_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours_override")),
    )
    with op.batch_alter_table("hours_override", schema=None) as batch_op:
        batch_op.create_index("ix_hours_override_day", ["business_id", "day"], unique=False)

    op.create_table(
        "staff_break",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("starts_minute", sa.Integer(), nullable=False),
        sa.Column("ends_minute", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "starts_minute >= 0 AND starts_minute < ends_minute AND starts_minute < 1440 AND ends_minute <= 2880",
            name=op.f("ck_staff_break_minutes"),
        ),
        sa.ForeignKeyConstraint(["business_id"], ["business.id"], name=op.f("fk_staff_break_business_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_staff_break_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_break")),
    )
    with op.batch_alter_table("staff_break", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_break_business_id"), ["business_id"], unique=False)

    op.create_table(
        "appointment_change",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("appointment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_appointment_change_appointment_id")
        ),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_appointment_change_business_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment_change")),
        sa.UniqueConstraint(
            "appointment_id", "version", name=op.f("uq_appointment_change_appointment_id_version")
        ),
    )
    op.create_table(
        "appointment_item",
        sa.Column("appointment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("start_at", UtcDateTime(), nullable=False),
        sa.Column("end_at", UtcDateTime(), nullable=False),
        sa.Column("price_minor", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_appointment_item_appointment_id")
        ),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_appointment_item_business_id")
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_appointment_item_service_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_appointment_item_staff_id")),
        sa.PrimaryKeyConstraint("appointment_id", "position", name=op.f("pk_appointment_item")),
    )
    with op.batch_alter_table("appointment_item", schema=None) as batch_op:
        batch_op.create_index("ix_appointment_item_staff", ["staff_id", "start_at"], unique=False)

    op.create_table(
        "visit_flag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("appointment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("facts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("raised_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_visit_flag_appointment_id")
        ),
        sa.ForeignKeyConstraint(["business_id"], ["business.id"], name=op.f("fk_visit_flag_business_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_flag")),
        sa.UniqueConstraint("appointment_id", "kind", name=op.f("uq_visit_flag_appointment_id_kind")),
    )
    with op.batch_alter_table("visit_flag", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_flag_business_id"), ["business_id"], unique=False)

    op.create_table(
        "waitlist_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("location_id", sa.Integer(), nullable=True),
        sa.Column(
            "earlier_appointment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("ranges", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["business_id"], ["business.id"], name=op.f("fk_waitlist_entry_business_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_waitlist_entry_customer_id")),
        sa.ForeignKeyConstraint(
            ["earlier_appointment_id"],
            ["appointment.id"],
            name=op.f("fk_waitlist_entry_earlier_appointment_id"),
        ),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_waitlist_entry_location_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_waitlist_entry_service_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_waitlist_entry_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waitlist_entry")),
    )
    with op.batch_alter_table("waitlist_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_waitlist_entry_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index("ix_waitlist_entry_state", ["business_id", "state", "id"], unique=False)


def _new_columns() -> None:
    for table in ("location", "resource", "service", "staff_member"):
        op.add_column(table, sa.Column("archived_at", UtcDateTime(), nullable=True))
    op.add_column("customer", sa.Column("erased_at", UtcDateTime(), nullable=True))
    op.add_column("closure", sa.Column("reason", sa.String(length=200), nullable=True))
    op.add_column("staff_member", sa.Column("zone", sa.String(length=60), nullable=True))
    op.add_column("resource", sa.Column("name", sa.String(length=80), server_default="", nullable=False))
    op.add_column("resource", sa.Column("revision", sa.Integer(), server_default="0", nullable=False))
    op.add_column("business", sa.Column("rules_revision", sa.Integer(), server_default="0", nullable=False))
    op.add_column("service", sa.Column("capacity", sa.Integer(), server_default="1", nullable=False))
    op.add_column("service", sa.Column("on_demand", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("service", sa.Column("is_addon", sa.Boolean(), server_default=sa.false(), nullable=False))
    for table, column, empty in (
        ("business", "policy", "{}"),
        ("service", "policy", "{}"),
        ("service", "gaps", "[]"),
        ("service", "skills", "[]"),
        ("staff_member", "skills", "[]"),
    ):
        op.add_column(
            table, sa.Column(column, sa.JSON(none_as_null=True), server_default=empty, nullable=False)
        )
    op.add_column("appointment", sa.Column("reschedules", sa.Integer(), server_default="0", nullable=False))
    op.add_column("appointment", sa.Column("attendee", sa.String(length=120), nullable=True))
    for column in ("arrived_at", "started_at", "finished_at"):
        op.add_column("appointment", sa.Column(column, UtcDateTime(), nullable=True))
    _reference("resource", "location_id", "location")
    _reference("appointment", "series_id", "series")
    _reference("appointment", "class_id", "class_session", "ON DELETE SET NULL")
    for table in ("opening_hours", "staff_hours"):
        op.create_index(f"ix_{table}_business_id", table, ["business_id"])
    op.create_index("ix_class_session_seats_id", "class_session", ["seats_id"])
    op.create_index("ix_appointment_series_id", "appointment", ["series_id"])
    op.create_index("ix_appointment_class_id", "appointment", ["class_id"])


def _reference(table: str, column: str, target: str, on_delete: str = "") -> None:
    """A new column with a foreign key, in the one spelling that both databases take without a rebuild."""
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {column} INTEGER"
        f" CONSTRAINT fk_{table}_{column} REFERENCES {target} (id) {on_delete}"
    )


def _policies_become_documents() -> None:
    business = sa.table(
        "business", sa.column("id"), sa.column("policy", sa.JSON()), *map(sa.column, _POLICIES)
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(business)).mappings().all():
        policy = {name: row[name] for name in _POLICIES}
        policy["buffers_beyond_hours"] = bool(policy["buffers_beyond_hours"])
        connection.execute(business.update().where(business.c.id == row["id"]).values(policy=policy))
    for name in _POLICIES:
        op.drop_column("business", name)


def _absences_become_blocks() -> None:
    op.execute(
        "INSERT INTO block (business_id, resource_id, kind, start_at, end_at)"
        " SELECT a.business_id, m.resource_id, 'time_off', a.start_at, a.end_at"
        " FROM absence a JOIN staff_member m ON m.id = a.staff_id"
    )
    op.drop_index("ix_absence_when", "absence")
    op.drop_table("absence")


def _visits_get_their_items() -> None:
    op.execute(
        "INSERT INTO appointment_item"
        " (appointment_id, position, business_id, service_id, staff_id, start_at, end_at, price_minor)"
        " SELECT id, 0, business_id, service_id, staff_id, start_at, end_at, price_minor FROM appointment"
    )


def _reservations_of_classes() -> None:
    """The owner of a reservation may be a class: its check is another, which SQLite can only have in a new table."""
    one_owner = " + ".join(
        f"(CASE WHEN {owner}_id IS NULL THEN 0 ELSE 1 END)" for owner in ("appointment", "hold", "class")
    )
    if op.get_bind().dialect.name != "sqlite":
        _reference("reservation", "class_id", "class_session", "ON DELETE CASCADE")
        op.drop_constraint(op.f("ck_reservation_one_owner"), "reservation", type_="check")
        op.create_check_constraint(op.f("ck_reservation_one_owner"), "reservation", f"{one_owner} = 1")
    else:
        with op.batch_alter_table("reservation", recreate="always") as batch:
            batch.add_column(sa.Column("class_id", sa.Integer(), nullable=True))
            batch.create_foreign_key(
                op.f("fk_reservation_class_id"), "class_session", ["class_id"], ["id"], ondelete="CASCADE"
            )
            batch.drop_constraint(op.f("ck_reservation_one_owner"), type_="check")
            batch.create_check_constraint(op.f("ck_reservation_one_owner"), f"{one_owner} = 1")
    op.create_index("ix_reservation_class_id", "reservation", ["class_id"])
