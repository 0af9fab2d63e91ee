"""exclusions with an end and a document, judgements by lay evaluators"""

import sqlalchemy as sa
from alembic import op

revision = "a7d3c5e91f02"
down_revision = "a7d20e4b91c6"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.add_column("cases", sa.Column("excluded_until", sa.Date(), nullable=True))
    given = sa.text("excluded_until IS NOT NULL")
    op.create_index(
        "ix_cases_excluded_until",
        "cases",
        ["excluded_until"],
        postgresql_where=given,
        sqlite_where=given,
    )
    op.add_column(
        "decision_requests", sa.Column("document_number", sa.String(length=200), nullable=True)
    )
    op.add_column("decision_requests", sa.Column("until", sa.Date(), nullable=True))
    op.create_table(
        "judgements",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("request_id", BIG, nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("demand_reasonable", sa.Boolean(), nullable=False),
        sa.Column("duty_done", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_judgements_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["decision_requests.id"],
            name=op.f("fk_judgements_request_id_decision_requests"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgements")),
        sa.UniqueConstraint("request_id", name=op.f("uq_judgements_request_id")),
    )
    op.create_index(op.f("ix_judgements_case_id"), "judgements", ["case_id"])
    op.create_index(op.f("ix_judgements_held_on"), "judgements", ["held_on"])
    op.create_table(
        "judgement_votes",
        sa.Column("judgement_id", BIG, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("evaluator", sa.LargeBinary(), nullable=False),
        sa.Column("demand_reasonable", sa.Boolean(), nullable=False),
        sa.Column("duty_done", sa.Boolean(), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.CheckConstraint("place >= 1", name=op.f("ck_judgement_votes_in_order")),
        sa.ForeignKeyConstraint(
            ["judgement_id"], ["judgements.id"], name=op.f("fk_judgement_votes_judgement_id_judgements")
        ),
        sa.PrimaryKeyConstraint("judgement_id", "place", name=op.f("pk_judgement_votes")),
    )


def downgrade():
    op.drop_table("judgement_votes")
    op.drop_table("judgements")
    op.drop_column("decision_requests", "until")
    op.drop_column("decision_requests", "document_number")
    op.drop_index("ix_cases_excluded_until", "cases")
    op.drop_column("cases", "excluded_until")
