"""months as they were published"""

revision = "a7e519b3cd46"
down_revision = "f6d408a2bc35"
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    pass
