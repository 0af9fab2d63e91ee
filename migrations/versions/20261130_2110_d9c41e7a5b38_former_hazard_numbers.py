"""numbers that hazards had before the year in which they were found was corrected"""

import sqlalchemy as sa
from alembic import op

revision = "d9c41e7a5b38"
down_revision = "f1a7c93b5e20"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.create_table(
        "former_hazard_numbers",
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("hazard_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["hazard_id"], ["hazards.id"], name=op.f("fk_former_hazard_numbers_hazard_id_hazards")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_former_hazard_numbers")),
    )
    op.create_index(
        op.f("ix_former_hazard_numbers_hazard_id"), "former_hazard_numbers", ["hazard_id"]
    )


def downgrade():
    op.drop_index(op.f("ix_former_hazard_numbers_hazard_id"), "former_hazard_numbers")
    op.drop_table("former_hazard_numbers")
