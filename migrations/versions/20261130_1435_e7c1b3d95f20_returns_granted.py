"""how many of a case's requests to return were granted, told from its history"""

import sqlalchemy as sa
from alembic import op

revision = "e7c1b3d95f20"
down_revision = "2030bbcf187c"
branch_labels = None
depends_on = None


def upgrade():
    # The default stays: taking it away would rebuild the largest table on SQLite.
    op.add_column(
        "cases",
        sa.Column("return_granted_count", sa.Integer(), nullable=False, server_default="0"),
    )
    op.execute(
        "UPDATE cases SET return_granted_count = ("
        "SELECT count(*) FROM timeline_entries WHERE timeline_entries.case_id = cases.id"
        " AND action = 'decide_return' AND outcome = 'granted')"
        " WHERE return_count > 0"
    )


def downgrade():
    op.drop_column("cases", "return_granted_count")
