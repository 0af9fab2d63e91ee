"""rules that supervise by themselves"""

revision = "c9a73bd5ef68"
down_revision = "b8f62ac4de57"
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    pass
