"""petitions (信访) beside hotline cases"""

import sqlalchemy as sa
from alembic import op

revision = "c3a1d5e7f902"
down_revision = "7d4e21c05a93"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "confidential_matters",
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("title", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("accused", sa.LargeBinary(), nullable=True),
        sa.Column("accused_unit_id", sa.Integer(), nullable=True),
        sa.Column("notes", sa.LargeBinary(), nullable=True),
        sa.Column("key_index", sa.String(length=32), nullable=True),
        sa.Column("sealed_by", sa.Integer(), nullable=True),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_from", sa.String(length=40), nullable=False),
        sa.Column("organ", sa.String(length=80), nullable=True),
        sa.Column("handed_on_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["accused_unit_id"],
            ["units.id"],
            name=op.f("fk_confidential_matters_accused_unit_id_units"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_confidential_matters_case_id_cases")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_confidential_matters")),
    )
    with op.batch_alter_table("confidential_matters", schema=None) as batch_op:
        batch_op.create_index("ix_confidential_matters_accused", ["accused_unit_id"], unique=False)
        batch_op.create_index(
            "ix_confidential_matters_key_index",
            ["key_index"],
            unique=False,
            postgresql_where=sa.text("key_index IS NOT NULL"),
            sqlite_where=sa.text("key_index IS NOT NULL"),
        )

    op.create_table(
        "opinions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("draft_no", sa.Integer(), nullable=False),
        sa.Column("is_reply", sa.Boolean(), nullable=False),
        sa.Column("request", sa.LargeBinary(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("opinion", sa.LargeBinary(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "supported",
                "explained",
                "not_supported",
                "partly",
                name="opinionoutcome",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "advice",
            sa.Enum(
                "adopted",
                "partly_adopted",
                "not_adopted",
                name="adviceoutcome",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("execute_by", sa.Date(), nullable=True),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("drafted_by", sa.Integer(), nullable=True),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_by", sa.Integer(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("check_passed", sa.Boolean(), nullable=True),
        sa.Column("check_note", sa.Text(), nullable=True),
        sa.Column("signed_by", sa.Integer(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sign_note", sa.Text(), nullable=True),
        sa.Column("is_signed", sa.Boolean(), nullable=True),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("served_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_opinions_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinions")),
        sa.UniqueConstraint(
            "case_id", "round", "draft_no", name=op.f("uq_opinions_case_id_round_draft_no")
        ),
        sa.UniqueConstraint("number", name=op.f("uq_opinions_number")),
    )
    with op.batch_alter_table("opinions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opinions_case_id"), ["case_id"], unique=False)

    op.create_table(
        "petition_evaluations",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "party",
            sa.Enum("office", "unit", name="evaluatedparty", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "satisfaction",
            sa.Enum(
                "satisfied",
                "basically",
                "fair",
                "dissatisfied",
                name="satisfaction",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_petition_evaluations_case_id_cases")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_evaluations")),
        sa.UniqueConstraint("case_id", "party", name=op.f("uq_petition_evaluations_case_id_party")),
    )
    op.create_table(
        "petition_persons",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("name_index", sa.String(length=32), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.String(length=32), nullable=True),
        sa.Column("id_number", sa.LargeBinary(), nullable=True),
        sa.Column("id_index", sa.String(length=32), nullable=True),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("is_representative", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_petition_persons_case_id_cases")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_persons")),
    )
    with op.batch_alter_table("petition_persons", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_petition_persons_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "ix_petition_persons_id_index",
            ["id_index"],
            unique=False,
            postgresql_where=sa.text("id_index IS NOT NULL"),
            sqlite_where=sa.text("id_index IS NOT NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_petition_persons_name_index"), ["name_index"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_petition_persons_phone_index"), ["phone_index"], unique=False
        )

    op.create_table(
        "petition_records",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "note",
                "interview",
                "site_visit",
                "evidence",
                "hearing",
                "mediation",
                "settlement",
                name="recordkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("place", sa.String(length=120), nullable=True),
        sa.Column("participants", sa.LargeBinary(), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("conclusion", sa.Text(), nullable=True),
        sa.Column("is_signed", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_petition_records_case_id_cases")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_records")),
    )
    with op.batch_alter_table("petition_records", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_petition_records_case_id"), ["case_id"], unique=False)

    op.create_table(
        "petition_reviews",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "stage",
            sa.Enum("review", "final_review", name="reviewstage", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("organ", sa.String(length=80), nullable=False),
        sa.Column("requested_by_petitioner", sa.Boolean(), nullable=False),
        sa.Column("hearing_from", sa.Date(), nullable=True),
        sa.Column("hearing_to", sa.Date(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "upheld", "changed", "rehandle", name="reviewoutcome", native_enum=False, length=40
            ),
            nullable=True,
        ),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("served_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_petition_reviews_case_id_cases")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_reviews")),
    )
    with op.batch_alter_table("petition_reviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_petition_reviews_case_id"), ["case_id"], unique=False)

    op.create_table(
        "petitions",
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column(
            "purpose",
            sa.Enum(
                "appeal",
                "demand",
                "accusation",
                "suggestion",
                "other",
                name="purpose",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("is_collective", sa.Boolean(), nullable=False),
        sa.Column("is_joint", sa.Boolean(), nullable=False),
        sa.Column("is_oral", sa.Boolean(), nullable=False),
        sa.Column("against_unit_id", sa.Integer(), nullable=True),
        sa.Column("against", sa.LargeBinary(), nullable=True),
        sa.Column("sender", sa.String(length=80), nullable=True),
        sa.Column("sent_number", sa.String(length=80), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("report_due_on", sa.Date(), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("objected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "petition_class",
            sa.Enum(
                "suggestion",
                "accusation",
                "appeal",
                name="petitionclass",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "subroute",
            sa.Enum("1", "2", "3", "4", "5", "6", name="subroute", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("classified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("class_reason", sa.Text(), nullable=True),
        sa.Column("law", sa.String(length=200), nullable=True),
        sa.Column(
            "disposal",
            sa.Enum(
                "forwarded",
                "assigned_down",
                "redirected",
                "refused",
                "refused_again",
                "accepted",
                "accepted_simple",
                "direct",
                "returned",
                "moved_to_lane",
                name="disposal",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "refusal_reason",
            sa.Enum(
                "emergency_line",
                "statutory_channel",
                "in_petition",
                "settled_nothing_new",
                "secret_or_private",
                "beyond_powers",
                "unlawful",
                "malicious",
                "other_district",
                "unreachable",
                "not_ours",
                name="declinereason",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("organ", sa.String(length=80), nullable=True),
        sa.Column("disposal_words", sa.Text(), nullable=True),
        sa.Column("notified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notify_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_simple", sa.Boolean(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("served_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opinion_number", sa.String(length=60), nullable=True),
        sa.Column("execute_by", sa.Date(), nullable=True),
        sa.Column("executed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("concluded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "conclude_ground",
            sa.Enum(
                "final_review",
                "window_lapsed",
                "withdrawn",
                "mediated",
                "death",
                "lane_finished",
                name="concludeground",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("notice_limit_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("take_limit_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("office_judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "office_satisfaction",
            sa.Enum(
                "satisfied",
                "basically",
                "fair",
                "dissatisfied",
                name="satisfaction",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "from_hotline_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["against_unit_id"], ["units.id"], name=op.f("fk_petitions_against_unit_id_units")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_petitions_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["from_hotline_id"], ["cases.id"], name=op.f("fk_petitions_from_hotline_id_cases")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_petitions")),
    )
    with op.batch_alter_table("petitions", schema=None) as batch_op:
        batch_op.create_index(
            "ix_petitions_accepted",
            ["accepted_at"],
            unique=False,
            postgresql_where=sa.text("accepted_at IS NOT NULL"),
            sqlite_where=sa.text("accepted_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_petitions_against_unit_id",
            ["against_unit_id"],
            unique=False,
            postgresql_where=sa.text("against_unit_id IS NOT NULL"),
            sqlite_where=sa.text("against_unit_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_petitions_from_hotline_id",
            ["from_hotline_id"],
            unique=False,
            postgresql_where=sa.text("from_hotline_id IS NOT NULL"),
            sqlite_where=sa.text("from_hotline_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_petitions_notified",
            ["notified_at"],
            unique=False,
            postgresql_where=sa.text("notified_at IS NOT NULL"),
            sqlite_where=sa.text("notified_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_petitions_served",
            ["served_at"],
            unique=False,
            postgresql_where=sa.text("served_at IS NOT NULL"),
            sqlite_where=sa.text("served_at IS NOT NULL"),
        )

    op.create_table(
        "recusals",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("declared_by", sa.Integer(), nullable=True),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_recusals_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_recusals_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusals")),
        sa.UniqueConstraint("case_id", "account_id", name=op.f("uq_recusals_case_id_account_id")),
    )
    with op.batch_alter_table("recusals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recusals_case_id"), ["case_id"], unique=False)


def downgrade():
    with op.batch_alter_table("recusals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recusals_case_id"))

    op.drop_table("recusals")
    with op.batch_alter_table("petitions", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_petitions_served",
            postgresql_where=sa.text("served_at IS NOT NULL"),
            sqlite_where=sa.text("served_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_petitions_notified",
            postgresql_where=sa.text("notified_at IS NOT NULL"),
            sqlite_where=sa.text("notified_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_petitions_against_unit_id",
            postgresql_where=sa.text("against_unit_id IS NOT NULL"),
            sqlite_where=sa.text("against_unit_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_petitions_from_hotline_id",
            postgresql_where=sa.text("from_hotline_id IS NOT NULL"),
            sqlite_where=sa.text("from_hotline_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_petitions_accepted",
            postgresql_where=sa.text("accepted_at IS NOT NULL"),
            sqlite_where=sa.text("accepted_at IS NOT NULL"),
        )

    op.drop_table("petitions")
    with op.batch_alter_table("petition_reviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_petition_reviews_case_id"))

    op.drop_table("petition_reviews")
    with op.batch_alter_table("petition_records", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_petition_records_case_id"))

    op.drop_table("petition_records")
    with op.batch_alter_table("petition_persons", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_petition_persons_phone_index"))
        batch_op.drop_index(batch_op.f("ix_petition_persons_name_index"))
        batch_op.drop_index(
            "ix_petition_persons_id_index",
            postgresql_where=sa.text("id_index IS NOT NULL"),
            sqlite_where=sa.text("id_index IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_petition_persons_case_id"))

    op.drop_table("petition_persons")
    op.drop_table("petition_evaluations")
    with op.batch_alter_table("opinions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_opinions_case_id"))

    op.drop_table("opinions")
    with op.batch_alter_table("confidential_matters", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_confidential_matters_key_index",
            postgresql_where=sa.text("key_index IS NOT NULL"),
            sqlite_where=sa.text("key_index IS NOT NULL"),
        )
        batch_op.drop_index("ix_confidential_matters_accused")

    op.drop_table("confidential_matters")
