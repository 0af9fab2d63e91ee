"""ledgers of visits, receptions, letters and old cases"""

revision = "d4b2e6f80a13"
down_revision = "c3a1d5e7f902"
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    pass
