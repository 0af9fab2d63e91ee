"""reminders told after an outage, and an index of what was not delivered"""

import sqlalchemy as sa
from alembic import op

revision = "7d4e21c05a93"
down_revision = "b1c0f3a7d201"
branch_labels = None
depends_on = None

TROUBLED = sa.text("state IN ('unknown', 'dead')")


def upgrade():
    op.add_column(
        "reminders", sa.Column("is_late", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_index(
        "ix_outbox_troubled",
        "outbox",
        ["next_at", "id"],
        sqlite_where=TROUBLED,
        postgresql_where=TROUBLED,
    )


def downgrade():
    op.drop_index("ix_outbox_troubled", "outbox")
    op.drop_column("reminders", "is_late")
