"""papers that were issued, and how they were served"""

revision = "e5c3f7091b24"
down_revision = "d4b2e6f80a13"
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    pass
