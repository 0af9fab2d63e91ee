"""reminders of the deadlines of hazards, and when the scan looks at each again"""

import sqlalchemy as sa
from alembic import op

revision = "3e7b5d90c4f6"
down_revision = "d9c41e7a5b38"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.create_table(
        "hazard_reminders",
        sa.Column("id", BIG, nullable=False),
        sa.Column("hazard_id", BIG, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("digest_id", BIG, nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_hazard_reminders_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["digest_id"],
            ["inbox_messages.id"],
            name=op.f("fk_hazard_reminders_digest_id_inbox_messages"),
        ),
        sa.ForeignKeyConstraint(
            ["hazard_id"], ["hazards.id"], name=op.f("fk_hazard_reminders_hazard_id_hazards")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hazard_reminders")),
        sa.UniqueConstraint(
            *("hazard_id", "round", "due_on", "step", "occurrence", "account_id"),
            name=op.f("uq_hazard_reminders_once"),
        ),
    )
    undigested = sa.text("digest_id IS NULL")
    op.create_index(
        "ix_hazard_reminders_undigested",
        "hazard_reminders",
        ["account_id"],
        postgresql_where=undigested,
        sqlite_where=undigested,
    )
    op.add_column("hazards", sa.Column("next_reminder_at", sa.DateTime(timezone=True)))
    op.add_column("hazards", sa.Column("reminded_step", sa.String(length=20)))
    given = sa.text("next_reminder_at IS NOT NULL")
    op.create_index(
        "ix_hazards_next_reminder",
        "hazards",
        ["next_reminder_at"],
        postgresql_where=given,
        sqlite_where=given,
    )
    op.execute(
        "UPDATE hazards SET next_reminder_at = CURRENT_TIMESTAMP "
        "WHERE state IN ('found', 'notified', 'handed_over', 'in_case')"
    )


def downgrade():
    op.drop_index("ix_hazards_next_reminder", "hazards")
    op.drop_column("hazards", "reminded_step")
    op.drop_column("hazards", "next_reminder_at")
    op.drop_index("ix_hazard_reminders_undigested", "hazard_reminders")
    op.drop_table("hazard_reminders")
