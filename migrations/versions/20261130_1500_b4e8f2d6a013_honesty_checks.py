"""signs in the figures that somebody looked at, and which replies say the same"""

import sqlalchemy as sa
from alembic import op

revision = "b4e8f2d6a013"
down_revision = "5b9e0c7d2a41"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.create_table(
        "honesty_checks",
        sa.Column("id", BIG, nullable=False),
        sa.Column("indicator", sa.String(length=40), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("in_report", sa.Boolean(), nullable=False),
        sa.Column("checked_by", sa.Integer(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["checked_by"], ["accounts.id"], name=op.f("fk_honesty_checks_checked_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_honesty_checks_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_honesty_checks")),
    )
    op.create_index(
        "ix_honesty_checks_month", "honesty_checks", ["month", "indicator", "unit_id"]
    )
    op.add_column("replies", sa.Column("likeness", sa.String(length=64), nullable=True))
    given = sa.text("likeness IS NOT NULL")
    op.create_index(
        "ix_replies_likeness", "replies", ["likeness"], postgresql_where=given, sqlite_where=given
    )


def downgrade():
    op.drop_index("ix_replies_likeness", "replies")
    op.drop_column("replies", "likeness")
    op.drop_table("honesty_checks")
