"""screens on the wall, and dispatches by their time"""

import sqlalchemy as sa
from alembic import op

revision = "5b9e0c7d2a41"
down_revision = "5b0e9d3c7a14"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "wall_screens",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("placed_by", sa.Integer(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["placed_by"], ["accounts.id"], name=op.f("fk_wall_screens_placed_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wall_screens")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_wall_screens_secret_hash")),
    )
    op.create_index(
        "ix_assignments_dispatched",
        "assignments",
        ["assigned_at", "case_id"],
        sqlite_where=sa.text("part = 'lead'"),
        postgresql_where=sa.text("part = 'lead'"),
    )


def downgrade():
    op.drop_index("ix_assignments_dispatched", table_name="assignments")
    op.drop_table("wall_screens")
