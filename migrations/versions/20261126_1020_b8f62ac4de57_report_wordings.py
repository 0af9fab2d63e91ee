"""the words of a report beside its figures"""

revision = "b8f62ac4de57"
down_revision = "a7e519b3cd46"
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    pass
