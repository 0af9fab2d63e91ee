"""inspections and hazards"""

import sqlalchemy as sa
from alembic import op


revision = "2030bbcf187c"
down_revision = "613f3e17cc0f"
branch_labels = None
depends_on = None

REFUSAL = "history is append-only"


def upgrade():
    op.create_table(
        "inspections",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("inspected_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=True),
        sa.Column(
            "place_kind",
            sa.Enum(
                "factory",
                "shop",
                "catering",
                "warehouse",
                "dwelling",
                "rental",
                "construction",
                "school",
                "gathering",
                "farm",
                "public",
                "other",
                name="placekind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("area_unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("inspectors", sa.String(length=200), nullable=False),
        sa.Column("checked", sa.String(length=400), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("found_hazards", sa.Boolean(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_unit_id"], ["units.id"], name=op.f("fk_inspections_area_unit_id_units")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_inspections_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspections")),
        sa.UniqueConstraint("number", name=op.f("uq_inspections_number")),
    )
    with op.batch_alter_table("inspections", schema=None) as batch_op:
        batch_op.create_index(
            "ix_inspections_area_day", ["area_unit_id", "inspected_on"], unique=False
        )
        batch_op.create_index("ix_inspections_day", ["inspected_on", "id"], unique=False)
        batch_op.create_index("ix_inspections_unit_day", ["unit_id", "inspected_on"], unique=False)

    op.create_table(
        "hazards",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "inspection",
                "grid",
                "resident",
                "self_report",
                "from_above",
                name="hazardsource",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "inspection_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "fire",
                "electricity",
                "gas",
                "building",
                "special_equipment",
                "hazardous_goods",
                "traffic",
                "workplace",
                "water",
                "other",
                name="hazardkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "level",
            sa.Enum("ordinary", "major", name="hazardlevel", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=True),
        sa.Column("area_unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("demand", sa.Text(), nullable=True),
        sa.Column("plan", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "found",
                "notified",
                "reported",
                "handed_over",
                "in_case",
                "rectified",
                "dismissed",
                name="hazardstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("found_by", sa.Integer(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("reported_by", sa.Integer(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("verified_by", sa.Integer(), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("handed_to", sa.String(length=120), nullable=True),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_hazards_version_positive")),
        sa.ForeignKeyConstraint(
            ["area_unit_id"], ["units.id"], name=op.f("fk_hazards_area_unit_id_units")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_hazards_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_hazards_inspection_id_inspections")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_hazards_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hazards")),
        sa.UniqueConstraint("number", name=op.f("uq_hazards_number")),
    )
    with op.batch_alter_table("hazards", schema=None) as batch_op:
        batch_op.create_index("ix_hazards_area_found", ["area_unit_id", "found_on"], unique=False)
        batch_op.create_index(
            "ix_hazards_case_id",
            ["case_id"],
            unique=False,
            postgresql_where=sa.text("case_id IS NOT NULL"),
            sqlite_where=sa.text("case_id IS NOT NULL"),
        )
        batch_op.create_index("ix_hazards_found", ["found_on", "id"], unique=False)
        batch_op.create_index(
            "ix_hazards_inspection_id",
            ["inspection_id"],
            unique=False,
            postgresql_where=sa.text("inspection_id IS NOT NULL"),
            sqlite_where=sa.text("inspection_id IS NOT NULL"),
        )
        batch_op.create_index("ix_hazards_state_due", ["state", "due_on"], unique=False)
        batch_op.create_index("ix_hazards_unit_found", ["unit_id", "found_on"], unique=False)

    op.create_table(
        "hazard_entries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "hazard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column(
            "step",
            sa.Enum(
                "find",
                "notify",
                "report",
                "pass",
                "fail",
                "hand_over",
                "make_case",
                "take_back",
                "dismiss",
                "note",
                name="hazardstep",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "to_state",
            sa.Enum(
                "found",
                "notified",
                "reported",
                "handed_over",
                "in_case",
                "rectified",
                "dismissed",
                name="hazardstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["hazard_id"], ["hazards.id"], name=op.f("fk_hazard_entries_hazard_id_hazards")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hazard_entries")),
        sa.UniqueConstraint("hazard_id", "seq", name=op.f("uq_hazard_entries_hazard_id_seq")),
    )
    op.create_table(
        "patrol_files",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "inspection_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("hazard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "shows",
            sa.Enum("found", "rectified", name="patrolphoto", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("mime", sa.String(length=80), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_name", sa.String(length=80), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(inspection_id IS NULL) <> (hazard_id IS NULL)",
            name=op.f("ck_patrol_files_of_one_or_the_other"),
        ),
        sa.ForeignKeyConstraint(
            ["hazard_id"], ["hazards.id"], name=op.f("fk_patrol_files_hazard_id_hazards")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("fk_patrol_files_inspection_id_inspections"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_files")),
        sa.UniqueConstraint("storage_name", name=op.f("uq_patrol_files_storage_name")),
    )
    with op.batch_alter_table("patrol_files", schema=None) as batch_op:
        batch_op.create_index(
            "ix_patrol_files_hazard_id",
            ["hazard_id"],
            unique=False,
            postgresql_where=sa.text("hazard_id IS NOT NULL"),
            sqlite_where=sa.text("hazard_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_patrol_files_inspection_id",
            ["inspection_id"],
            unique=False,
            postgresql_where=sa.text("inspection_id IS NOT NULL"),
            sqlite_where=sa.text("inspection_id IS NOT NULL"),
        )

    _guard()


def _guard():
    """The steps of hazards are only ever added, as the histories of cases are."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER hazard_entries_no_{verb.lower()} BEFORE {verb} ON hazard_entries "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER hazard_entries_guard BEFORE UPDATE OR DELETE ON hazard_entries "
        "FOR EACH ROW EXECUTE FUNCTION refuse_history_change()"
    )
    op.execute(
        "CREATE TRIGGER hazard_entries_truncate_guard BEFORE TRUNCATE ON hazard_entries "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change()"
    )


def downgrade():
    with op.batch_alter_table("patrol_files", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_patrol_files_inspection_id",
            postgresql_where=sa.text("inspection_id IS NOT NULL"),
            sqlite_where=sa.text("inspection_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_patrol_files_hazard_id",
            postgresql_where=sa.text("hazard_id IS NOT NULL"),
            sqlite_where=sa.text("hazard_id IS NOT NULL"),
        )

    op.drop_table("patrol_files")
    op.drop_table("hazard_entries")
    with op.batch_alter_table("hazards", schema=None) as batch_op:
        batch_op.drop_index("ix_hazards_unit_found")
        batch_op.drop_index("ix_hazards_state_due")
        batch_op.drop_index(
            "ix_hazards_inspection_id",
            postgresql_where=sa.text("inspection_id IS NOT NULL"),
            sqlite_where=sa.text("inspection_id IS NOT NULL"),
        )
        batch_op.drop_index("ix_hazards_found")
        batch_op.drop_index(
            "ix_hazards_case_id",
            postgresql_where=sa.text("case_id IS NOT NULL"),
            sqlite_where=sa.text("case_id IS NOT NULL"),
        )
        batch_op.drop_index("ix_hazards_area_found")

    op.drop_table("hazards")
    with op.batch_alter_table("inspections", schema=None) as batch_op:
        batch_op.drop_index("ix_inspections_unit_day")
        batch_op.drop_index("ix_inspections_day")
        batch_op.drop_index("ix_inspections_area_day")

    op.drop_table("inspections")
