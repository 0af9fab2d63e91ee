"""the words of a report beside its figures"""

import sqlalchemy as sa
from alembic import op

revision = "b8f62ac4de57"
down_revision = "e5c3f7091b24"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "report_subscriptions",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("span", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_report_subscriptions_account_id_accounts"),
        ),
        sa.PrimaryKeyConstraint("account_id", "span", name=op.f("pk_report_subscriptions")),
    )
    op.create_table(
        "report_wordings",
        sa.Column("span", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=10), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("examples", sa.Text(), nullable=True),
        sa.Column("problems", sa.Text(), nullable=True),
        sa.Column("demands", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["accounts.id"], name=op.f("fk_report_wordings_changed_by_accounts")
        ),
        sa.PrimaryKeyConstraint("span", "key", name=op.f("pk_report_wordings")),
    )


def downgrade():
    op.drop_table("report_wordings")
    op.drop_table("report_subscriptions")
