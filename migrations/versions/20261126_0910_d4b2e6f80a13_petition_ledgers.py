"""ledgers of visits, receptions, letters and old cases"""

import sqlalchemy as sa
from alembic import op

revision = "d4b2e6f80a13"
down_revision = "c3a1d5e7f902"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "sensitive_periods",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_sensitive_periods_in_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sensitive_periods")),
    )
    with op.batch_alter_table("sensitive_periods", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sensitive_periods_ends_on"), ["ends_on"], unique=False)

    op.create_table(
        "reception_sessions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(length=80), nullable=False),
        sa.Column("duty", sa.String(length=200), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "on_site",
                "going_down",
                "by_appointment",
                name="receptionkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("accompanying", sa.String(length=200), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "planned",
                "published",
                "held",
                "cancelled",
                name="sessionstatus",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.String(length=200), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["leader_id"], ["accounts.id"], name=op.f("fk_reception_sessions_leader_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reception_sessions")),
    )
    with op.batch_alter_table("reception_sessions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reception_sessions_leader_id"), ["leader_id"], unique=False
        )
        batch_op.create_index("ix_reception_sessions_starts", ["starts_at", "id"], unique=False)

    op.create_table(
        "undertakings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(length=80), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=False),
        sa.Column("next_action_on", sa.Date(), nullable=True),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column(
            "result",
            sa.Enum(
                "settled",
                "partly",
                "not_settled",
                "in_court",
                name="undertakingresult",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("result_words", sa.Text(), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("progress BETWEEN 0 AND 100", name=op.f("ck_undertakings_percent")),
        sa.ForeignKeyConstraint(
            ["leader_id"], ["accounts.id"], name=op.f("fk_undertakings_leader_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_undertakings_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undertakings")),
    )
    with op.batch_alter_table("undertakings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_undertakings_leader_id"), ["leader_id"], unique=False)
        batch_op.create_index(
            "ix_undertakings_running",
            ["next_action_on"],
            unique=False,
            postgresql_where=sa.text("finished_on IS NULL"),
            sqlite_where=sa.text("finished_on IS NULL"),
        )

    op.create_table(
        "letter_readings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_letter_readings_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["leader_id"], ["accounts.id"], name=op.f("fk_letter_readings_leader_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_letter_readings_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_readings")),
    )
    with op.batch_alter_table("letter_readings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_readings_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_letter_readings_leader_id"), ["leader_id"], unique=False
        )
        batch_op.create_index("ix_letter_readings_read", ["read_on", "id"], unique=False)

    op.create_table(
        "old_cases",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("source_list", sa.String(length=120), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("plan", sa.Text(), nullable=True),
        sa.Column("next_action_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("strike_asked_by", sa.Integer(), nullable=True),
        sa.Column("strike_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("strike_note", sa.Text(), nullable=True),
        sa.Column("struck_off_by", sa.Integer(), nullable=True),
        sa.Column("struck_off_on", sa.Date(), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_old_cases_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["category_id"], ["categories.id"], name=op.f("fk_old_cases_category_id_categories")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_old_cases_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_old_cases")),
    )
    with op.batch_alter_table("old_cases", schema=None) as batch_op:
        batch_op.create_index(
            "ix_old_cases_case_id",
            ["case_id"],
            unique=False,
            postgresql_where=sa.text("case_id IS NOT NULL"),
            sqlite_where=sa.text("case_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_old_cases_open",
            ["next_action_on"],
            unique=False,
            postgresql_where=sa.text("struck_off_on IS NULL"),
            sqlite_where=sa.text("struck_off_on IS NULL"),
        )

    op.create_table(
        "reception_entries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("name_index", sa.String(length=32), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.String(length=32), nullable=True),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=True),
        sa.Column("matter_place", sa.String(length=200), nullable=True),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("instruction", sa.Text(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column(
            "satisfaction",
            sa.Enum(
                "satisfied",
                "basically",
                "fair",
                "dissatisfied",
                name="satisfaction",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("persons >= 1", name=op.f("ck_reception_entries_somebody_came")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_reception_entries_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["reception_sessions.id"],
            name=op.f("fk_reception_entries_session_id_reception_sessions"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_reception_entries_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reception_entries")),
    )
    with op.batch_alter_table("reception_entries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_reception_entries_case_id",
            ["case_id"],
            unique=False,
            postgresql_where=sa.text("case_id IS NOT NULL"),
            sqlite_where=sa.text("case_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_reception_entries_due",
            ["due_on"],
            unique=False,
            postgresql_where=sa.text("due_on IS NOT NULL AND report IS NULL"),
            sqlite_where=sa.text("due_on IS NOT NULL AND report IS NULL"),
        )
        batch_op.create_index(
            "ix_reception_entries_name_index",
            ["name_index"],
            unique=False,
            postgresql_where=sa.text("name_index IS NOT NULL"),
            sqlite_where=sa.text("name_index IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_reception_entries_phone_index",
            ["phone_index"],
            unique=False,
            postgresql_where=sa.text("phone_index IS NOT NULL"),
            sqlite_where=sa.text("phone_index IS NOT NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_reception_entries_session_id"), ["session_id"], unique=False
        )

    op.create_table(
        "undertaking_cases",
        sa.Column(
            "undertaking_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_undertaking_cases_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["undertaking_id"],
            ["undertakings.id"],
            name=op.f("fk_undertaking_cases_undertaking_id_undertakings"),
        ),
        sa.PrimaryKeyConstraint("undertaking_id", "case_id", name=op.f("pk_undertaking_cases")),
    )
    with op.batch_alter_table("undertaking_cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_undertaking_cases_case_id"), ["case_id"], unique=False)

    op.create_table(
        "undertaking_milestones",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "undertaking_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["undertaking_id"],
            ["undertakings.id"],
            name=op.f("fk_undertaking_milestones_undertaking_id_undertakings"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undertaking_milestones")),
    )
    with op.batch_alter_table("undertaking_milestones", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_undertaking_milestones_undertaking_id"), ["undertaking_id"], unique=False
        )

    op.create_table(
        "visits",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("visited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("received_by", sa.Integer(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("is_collective", sa.Boolean(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=True),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column(
            "result",
            sa.Enum(
                "answered",
                "directed",
                "handed_over",
                "registered",
                name="visitresult",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("persons >= 1", name=op.f("ck_visits_somebody_came")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_visits_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["received_by"], ["accounts.id"], name=op.f("fk_visits_received_by_accounts")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_visits_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visits")),
        sa.UniqueConstraint("number", name=op.f("uq_visits_number")),
    )
    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.create_index(
            "ix_visits_case_id",
            ["case_id"],
            unique=False,
            postgresql_where=sa.text("case_id IS NOT NULL"),
            sqlite_where=sa.text("case_id IS NOT NULL"),
        )
        batch_op.create_index("ix_visits_visited", ["visited_at", "id"], unique=False)

    op.create_table(
        "visit_persons",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("visit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("name_index", sa.String(length=32), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.String(length=32), nullable=True),
        sa.Column("id_number", sa.LargeBinary(), nullable=True),
        sa.Column("id_index", sa.String(length=32), nullable=True),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("is_representative", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visits.id"], name=op.f("fk_visit_persons_visit_id_visits")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_persons")),
    )
    with op.batch_alter_table("visit_persons", schema=None) as batch_op:
        batch_op.create_index(
            "ix_visit_persons_id_index",
            ["id_index"],
            unique=False,
            postgresql_where=sa.text("id_index IS NOT NULL"),
            sqlite_where=sa.text("id_index IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_visit_persons_name_index",
            ["name_index"],
            unique=False,
            postgresql_where=sa.text("name_index IS NOT NULL"),
            sqlite_where=sa.text("name_index IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_visit_persons_phone_index",
            ["phone_index"],
            unique=False,
            postgresql_where=sa.text("phone_index IS NOT NULL"),
            sqlite_where=sa.text("phone_index IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_visit_persons_visit_id"), ["visit_id"], unique=False)


def downgrade():
    with op.batch_alter_table("visit_persons", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visit_persons_visit_id"))
        batch_op.drop_index(
            "ix_visit_persons_phone_index",
            postgresql_where=sa.text("phone_index IS NOT NULL"),
            sqlite_where=sa.text("phone_index IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_visit_persons_name_index",
            postgresql_where=sa.text("name_index IS NOT NULL"),
            sqlite_where=sa.text("name_index IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_visit_persons_id_index",
            postgresql_where=sa.text("id_index IS NOT NULL"),
            sqlite_where=sa.text("id_index IS NOT NULL"),
        )

    op.drop_table("visit_persons")
    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.drop_index("ix_visits_visited")
        batch_op.drop_index(
            "ix_visits_case_id",
            postgresql_where=sa.text("case_id IS NOT NULL"),
            sqlite_where=sa.text("case_id IS NOT NULL"),
        )

    op.drop_table("visits")
    with op.batch_alter_table("undertaking_milestones", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_undertaking_milestones_undertaking_id"))

    op.drop_table("undertaking_milestones")
    with op.batch_alter_table("undertaking_cases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_undertaking_cases_case_id"))

    op.drop_table("undertaking_cases")
    with op.batch_alter_table("reception_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reception_entries_session_id"))
        batch_op.drop_index(
            "ix_reception_entries_phone_index",
            postgresql_where=sa.text("phone_index IS NOT NULL"),
            sqlite_where=sa.text("phone_index IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_reception_entries_name_index",
            postgresql_where=sa.text("name_index IS NOT NULL"),
            sqlite_where=sa.text("name_index IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_reception_entries_due",
            postgresql_where=sa.text("due_on IS NOT NULL AND report IS NULL"),
            sqlite_where=sa.text("due_on IS NOT NULL AND report IS NULL"),
        )
        batch_op.drop_index(
            "ix_reception_entries_case_id",
            postgresql_where=sa.text("case_id IS NOT NULL"),
            sqlite_where=sa.text("case_id IS NOT NULL"),
        )

    op.drop_table("reception_entries")
    with op.batch_alter_table("old_cases", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_old_cases_open",
            postgresql_where=sa.text("struck_off_on IS NULL"),
            sqlite_where=sa.text("struck_off_on IS NULL"),
        )
        batch_op.drop_index(
            "ix_old_cases_case_id",
            postgresql_where=sa.text("case_id IS NOT NULL"),
            sqlite_where=sa.text("case_id IS NOT NULL"),
        )

    op.drop_table("old_cases")
    with op.batch_alter_table("letter_readings", schema=None) as batch_op:
        batch_op.drop_index("ix_letter_readings_read")
        batch_op.drop_index(batch_op.f("ix_letter_readings_leader_id"))
        batch_op.drop_index(batch_op.f("ix_letter_readings_case_id"))

    op.drop_table("letter_readings")
    with op.batch_alter_table("undertakings", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_undertakings_running",
            postgresql_where=sa.text("finished_on IS NULL"),
            sqlite_where=sa.text("finished_on IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_undertakings_leader_id"))

    op.drop_table("undertakings")
    with op.batch_alter_table("reception_sessions", schema=None) as batch_op:
        batch_op.drop_index("ix_reception_sessions_starts")
        batch_op.drop_index(batch_op.f("ix_reception_sessions_leader_id"))

    op.drop_table("reception_sessions")
    with op.batch_alter_table("sensitive_periods", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sensitive_periods_ends_on"))

    op.drop_table("sensitive_periods")
