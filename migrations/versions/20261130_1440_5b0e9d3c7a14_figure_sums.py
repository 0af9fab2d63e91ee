"""sums behind the figures, and the cases that changed since"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "5b0e9d3c7a14"
down_revision = "e7c1b3d95f20"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON_DOC = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
COMPARED = (("cases", "replied_at"), ("petitions", "judged_at"), ("petitions", "office_judged_at"))


def upgrade():
    op.create_table(
        "figure_sets",
        sa.Column("definition_hash", sa.String(length=64), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stamp", sa.String(length=32), nullable=False),
        sa.Column("reach", BIG_ID, nullable=True),
        sa.PrimaryKeyConstraint("definition_hash", name=op.f("pk_figure_sets")),
    )
    op.create_table(
        "figure_sums",
        sa.Column("definition_hash", sa.String(length=64), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("dimension", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("counts", JSON_DOC, nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_hash"],
            ["figure_sets.definition_hash"],
            name=op.f("fk_figure_sums_definition_hash_figure_sets"),
        ),
        sa.PrimaryKeyConstraint(
            "definition_hash", "month", "dimension", "key", name=op.f("pk_figure_sums")
        ),
    )
    op.create_table(
        "changed_cases",
        sa.Column("case_id", BIG_ID, nullable=False, autoincrement=False),
        sa.Column("was_known", sa.Boolean(), nullable=False),
        sa.Column("touched", sa.Integer(), nullable=False),
        sa.Column("callback_contacted", sa.Boolean(), nullable=True),
        sa.Column("callback_valid", sa.Boolean(), nullable=True),
        sa.Column("category_id", BIG_ID, nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contact_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contacted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dispatched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("evaluated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("excluded", sa.String(length=40), nullable=True),
        sa.Column("grouped_into_id", BIG_ID, nullable=True),
        sa.Column("handle_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("lead_unit_id", BIG_ID, nullable=True),
        sa.Column("notice_limit_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("office_judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("office_satisfaction", sa.String(length=40), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("redo_count", sa.Integer(), nullable=True),
        sa.Column("repeat_of_id", BIG_ID, nullable=True),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved", sa.Boolean(), nullable=True),
        sa.Column("result", sa.String(length=40), nullable=True),
        sa.Column("return_count", sa.Integer(), nullable=True),
        sa.Column("return_granted_count", sa.Integer(), nullable=True),
        sa.Column("satisfaction", sa.String(length=40), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sign_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("surveyable", sa.Boolean(), nullable=True),
        sa.Column("take_limit_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("track", sa.String(length=40), nullable=True),
        sa.Column("urgency", sa.String(length=40), nullable=True),
        sa.Column("is_sealed", sa.Boolean(), nullable=True),
        sa.Column("source_level", sa.String(length=40), nullable=True),
        sa.CheckConstraint("touched >= 1", name=op.f("ck_changed_cases_touched_positive")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_changed_cases")),
    )
    for table, column in COMPARED:
        given = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            f"ix_{table}_{column.removesuffix('_at')}",
            table,
            [column],
            postgresql_where=given,
            sqlite_where=given,
        )


def downgrade():
    for table, column in reversed(COMPARED):
        op.drop_index(f"ix_{table}_{column.removesuffix('_at')}", table_name=table)
    op.drop_table("changed_cases")
    op.drop_table("figure_sums")
    op.drop_table("figure_sets")
