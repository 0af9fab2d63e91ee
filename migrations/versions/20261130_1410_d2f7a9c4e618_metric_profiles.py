"""profiles of metrics that the office makes by copying"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "d2f7a9c4e618"
down_revision = "b8f62ac4de57"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "metric_profiles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("track", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "definition",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column("copied_from", sa.String(length=80), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("effective_month", sa.String(length=7), nullable=True),
        sa.Column("becomes_default", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("put_in_force_by", sa.Integer(), nullable=True),
        sa.Column("put_in_force_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status <> 'in_force' OR effective_month IS NOT NULL",
            name=op.f("ck_metric_profiles_in_force_has_month"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["accounts.id"], name=op.f("fk_metric_profiles_made_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["put_in_force_by"],
            ["accounts.id"],
            name=op.f("fk_metric_profiles_put_in_force_by_accounts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_metric_profiles")),
        sa.UniqueConstraint("code", "version", name=op.f("uq_metric_profiles_code_version")),
    )
    op.create_index(
        "uq_metric_profiles_month",
        "metric_profiles",
        ["code", "effective_month"],
        unique=True,
        sqlite_where=sa.text("status = 'in_force'"),
        postgresql_where=sa.text("status = 'in_force'"),
    )


def downgrade():
    op.drop_table("metric_profiles")
