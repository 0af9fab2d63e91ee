"""rules of supervision, what they find, talks, whistles and when a case is looked at"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "a7d20e4b91c6"
down_revision = "d2f7a9c4e618"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
INSTANT = sa.DateTime(timezone=True)


def upgrade():
    op.add_column("cases", sa.Column("watch_at", INSTANT, nullable=True))
    partial("ix_cases_watch", "cases", ["watch_at"], "watch_at IS NOT NULL")
    # Whatever is open is looked at once, from the first tick on.
    op.execute("UPDATE cases SET watch_at = received_at WHERE is_open")
    op.add_column("supervision_orders", sa.Column("plan", sa.Text(), nullable=True))
    op.add_column(
        "supervision_orders",
        sa.Column("sent_back_count", sa.Integer(), nullable=False, server_default="0"),
    )
    with op.batch_alter_table("supervision_orders") as batch:
        batch.alter_column("sent_back_count", server_default=None)
    op.create_index("ix_supervision_orders_issued", "supervision_orders", ["issued_at", "id"])
    partial("ix_supervision_orders_open", "supervision_orders", ["case_id"], "closed_at IS NULL")
    create_rules()
    create_suggestions()
    create_talks()
    create_whistles()
    keep_whistles()


def partial(name, table, columns, where):
    condition = sa.text(where)
    op.create_index(
        name, table, columns, sqlite_where=condition, postgresql_where=condition
    )


def create_rules():
    op.create_table(
        "oversight_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("mode", sa.String(40), nullable=False),
        sa.Column("numbers", JSON, nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oversight_rules")),
        sa.UniqueConstraint(
            "code", "effective_from", name=op.f("uq_oversight_rules_code_effective_from")
        ),
    )


def create_suggestions():
    op.create_table(
        "oversight_suggestions",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("case_id", BIG_ID, nullable=False),
        sa.Column("trigger", sa.String(40), nullable=False),
        sa.Column("episode", sa.String(60), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("mode", sa.String(40), nullable=False),
        sa.Column("found_at", INSTANT, nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("order_id", BIG_ID, nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_oversight_suggestions_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_oversight_suggestions_unit_id_units")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["supervision_orders.id"],
            name=op.f("fk_oversight_suggestions_order_id_supervision_orders"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oversight_suggestions")),
        sa.UniqueConstraint(
            "case_id",
            "trigger",
            "episode",
            name=op.f("uq_oversight_suggestions_case_id_trigger_episode"),
        ),
    )
    partial(
        "ix_oversight_suggestions_pending",
        "oversight_suggestions",
        ["found_at", "id"],
        "status = 'pending'",
    )


def create_talks():
    op.create_table(
        "oversight_talks",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.String(400), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("host", sa.String(80), nullable=False),
        sa.Column("attendees", sa.String(200), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("promise", sa.Text(), nullable=False),
        sa.Column("promise_due_on", sa.Date(), nullable=True),
        sa.Column("follow_up", sa.Text(), nullable=True),
        sa.Column("followed_up_on", sa.Date(), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_oversight_talks_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oversight_talks")),
    )
    op.create_index("ix_oversight_talks_held", "oversight_talks", ["held_on", "id"])
    op.create_index("ix_oversight_talks_unit", "oversight_talks", ["unit_id"])


def create_whistles():
    op.create_table(
        "whistles",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("case_id", BIG_ID, nullable=False),
        sa.Column("topic", sa.String(200), nullable=False),
        sa.Column("place", sa.String(200), nullable=True),
        sa.Column("respond_by", INSTANT, nullable=False),
        sa.Column("blown_by", sa.Integer(), nullable=True),
        sa.Column("blown_at", INSTANT, nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_whistles_case_id_cases")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_whistles")),
    )
    op.create_index("ix_whistles_blown", "whistles", ["blown_at", "id"])
    op.create_index(op.f("ix_whistles_case_id"), "whistles", ["case_id"])
    op.create_table(
        "whistle_calls",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("whistle_id", BIG_ID, nullable=False),
        sa.Column("assignment_id", BIG_ID, nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("arrived_at", INSTANT, nullable=True),
        sa.Column("came", sa.String(200), nullable=True),
        sa.Column("unit_score", sa.Integer(), nullable=True),
        sa.Column("unit_words", sa.Text(), nullable=True),
        sa.Column("unit_scored_by", sa.Integer(), nullable=True),
        sa.Column("unit_scored_at", INSTANT, nullable=True),
        sa.Column("street_score", sa.Integer(), nullable=True),
        sa.Column("street_words", sa.Text(), nullable=True),
        sa.Column("street_scored_by", sa.Integer(), nullable=True),
        sa.Column("street_scored_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "unit_score BETWEEN 1 AND 5", name=op.f("ck_whistle_calls_unit_score_of_five")
        ),
        sa.CheckConstraint(
            "street_score BETWEEN 1 AND 5", name=op.f("ck_whistle_calls_street_score_of_five")
        ),
        sa.ForeignKeyConstraint(
            ["whistle_id"], ["whistles.id"], name=op.f("fk_whistle_calls_whistle_id_whistles")
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignments.id"],
            name=op.f("fk_whistle_calls_assignment_id_assignments"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_whistle_calls_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_whistle_calls")),
        sa.UniqueConstraint("assignment_id", name=op.f("uq_whistle_calls_assignment_id")),
    )
    op.create_index("ix_whistle_calls_unit", "whistle_calls", ["unit_id", "id"])
    op.create_index(op.f("ix_whistle_calls_whistle_id"), "whistle_calls", ["whistle_id"])


def keep_whistles():
    """Departments that were whistled for before stand in the register, each by itself."""
    op.execute(
        "INSERT INTO whistles (case_id, topic, respond_by, blown_by, blown_at, result)"
        " SELECT a.case_id, SUBSTR(COALESCE(a.request, ''), 1, 200),"
        " COALESCE((SELECT MIN(c.due_at) FROM clocks c"
        " WHERE c.limit_code = 'assist' AND c.subject_id = a.id), a.assigned_at),"
        " a.assigned_by, a.assigned_at, 'assignment ' || a.id"
        " FROM assignments a WHERE a.part = 'whistle'"
    )
    op.execute(
        "INSERT INTO whistle_calls (whistle_id, assignment_id, unit_id)"
        " SELECT w.id, a.id, a.unit_id FROM assignments a"
        " JOIN whistles w ON w.case_id = a.case_id AND w.result = 'assignment ' || a.id"
    )
    op.execute("UPDATE whistles SET result = NULL")


def downgrade():
    for table in (
        "whistle_calls",
        "whistles",
        "oversight_talks",
        "oversight_suggestions",
        "oversight_rules",
    ):
        op.drop_table(table)
    op.drop_index("ix_supervision_orders_open", "supervision_orders")
    op.drop_index("ix_supervision_orders_issued", "supervision_orders")
    op.drop_column("supervision_orders", "sent_back_count")
    op.drop_column("supervision_orders", "plan")
    op.drop_index("ix_cases_watch", "cases")
    op.drop_column("cases", "watch_at")
