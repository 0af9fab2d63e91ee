"""tables taken out of the house"""

import sqlalchemy as sa
from alembic import op

revision = "613f3e17cc0f"
down_revision = "a7d3c5e91f02"
branch_labels = None
depends_on = None

STATES = ("to_consent", "waiting", "making", "ready", "refused", "failed", "expired")
PARTIAL = {
    "ix_export_jobs_kept": ("expires_at", "storage_name IS NOT NULL"),
    "ix_export_jobs_to_consent": ("id", "state = 'to_consent'"),
    "ix_export_jobs_unmade": ("id", "state IN ('waiting', 'making')"),
}


def upgrade():
    op.create_table(
        "export_jobs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("file_format", sa.String(length=10), nullable=False),
        sa.Column("question", sa.LargeBinary(), nullable=False),
        sa.Column("about", sa.String(length=400), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                *STATES, name="exportstate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("rows_expected", sa.Integer(), nullable=False),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=True),
        sa.Column("attempt", sa.String(length=40), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.String(length=40), nullable=True),
        sa.Column("reach", sa.String(length=64), nullable=True),
        sa.Column("storage_name", sa.String(length=80), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["accounts.id"], name=op.f("fk_export_jobs_asked_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_export_jobs_decided_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_jobs")),
        sa.UniqueConstraint("number", name=op.f("uq_export_jobs_number")),
        sa.UniqueConstraint("storage_name", name=op.f("uq_export_jobs_storage_name")),
    )
    op.create_index("ix_export_jobs_asked_by", "export_jobs", ["asked_by", "id"])
    for name, (column, where) in PARTIAL.items():
        condition = sa.text(where)
        op.create_index(
            name,
            "export_jobs",
            [column],
            postgresql_where=condition,
            sqlite_where=condition,
        )


def downgrade():
    op.drop_table("export_jobs")
