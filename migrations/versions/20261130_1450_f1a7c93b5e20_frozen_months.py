"""frozen months and their corrections, which the database itself refuses to change"""

import sqlalchemy as sa
from alembic import op

revision = "f1a7c93b5e20"
down_revision = "b4e8f2d6a013"
branch_labels = None
depends_on = None

GUARDED = ("frozen_months", "frozen_figures", "month_corrections", "frozen_files")
REFUSAL = "a frozen month never changes"


def upgrade():
    op.create_table(
        "frozen_months",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_by", sa.Integer(), nullable=False),
        sa.Column("frozen_by_name", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["frozen_by"], ["accounts.id"], name=op.f("fk_frozen_months_frozen_by_accounts")
        ),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_frozen_months")),
    )
    op.create_table(
        "frozen_figures",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "track",
            sa.Enum("hotline", "petition", name="track", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("profile", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("definition", sa.LargeBinary(), nullable=False),
        sa.Column("tables", sa.LargeBinary(), nullable=False),
        sa.Column("roll", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["month"], ["frozen_months.month"], name=op.f("fk_frozen_figures_month_frozen_months")
        ),
        sa.PrimaryKeyConstraint("month", "number", "track", name=op.f("pk_frozen_figures")),
    )
    op.create_table(
        "month_corrections",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=False),
        sa.Column("issued_by_name", sa.String(length=40), nullable=False),
        sa.Column("document_number", sa.String(length=60), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changes", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["issued_by"], ["accounts.id"], name=op.f("fk_month_corrections_issued_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["month"],
            ["frozen_months.month"],
            name=op.f("fk_month_corrections_month_frozen_months"),
        ),
        sa.PrimaryKeyConstraint("month", "number", name=op.f("pk_month_corrections")),
    )
    op.create_table(
        "frozen_files",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file_format", sa.String(length=8), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["month"], ["frozen_months.month"], name=op.f("fk_frozen_files_month_frozen_months")
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_frozen_files")),
        sa.UniqueConstraint(
            "month", "number", "file_format", name=op.f("uq_frozen_files_month_number_file_format")
        ),
    )
    _guard()


def _guard():
    if op.get_bind().dialect.name == "sqlite":
        for table in GUARDED:
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION refuse_frozen_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    for table in GUARDED:
        op.execute(
            f"CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_frozen_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_truncate_guard BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_frozen_change()"
        )


def downgrade():
    for table in reversed(GUARDED):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION refuse_frozen_change()")
