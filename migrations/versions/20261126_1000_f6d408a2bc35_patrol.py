"""patrols and the hazards they find"""

revision = "f6d408a2bc35"
down_revision = "e5c3f7091b24"
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    pass
