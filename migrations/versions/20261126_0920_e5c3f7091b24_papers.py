"""papers that were issued, and how they were served"""

import sqlalchemy as sa
from alembic import op

revision = "e5c3f7091b24"
down_revision = "d4b2e6f80a13"
branch_labels = None
depends_on = None

GUARDED = ("papers", "paper_services")
REFUSAL = "issued papers never change"


def upgrade():
    op.create_table(
        "papers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "registration_form",
                "receipt",
                "acceptance_notice",
                "reception_notice",
                "forward_notice",
                "forward_slip",
                "assignment_letter",
                "objection_letter",
                "redirect_notice",
                "refusal_notice",
                "refused_again_notice",
                "transfer_slip",
                "handling_slip",
                "extension_approval",
                "extension_notice",
                "interview_record",
                "hearing_record",
                "hearing_notice",
                "mediation_agreement",
                "settlement_agreement",
                "opinion",
                "reply",
                "service_receipt",
                "execution_record",
                "review_request",
                "review_opinion",
                "final_review_opinion",
                "conclusion_record",
                "settled_record",
                "supervision_order",
                "urging_notice",
                "reception_record",
                "instruction_copy",
                "undertaking_form",
                "dispatch_slip",
                "extension_request",
                "return_request",
                "hotline_reply",
                "contents_list",
                name="paperkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("series", sa.String(length=40), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("fields", sa.LargeBinary(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column(
            "replaces_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("docx_name", sa.String(length=80), nullable=False),
        sa.Column("docx_sha256", sa.String(length=64), nullable=False),
        sa.Column("docx_size", sa.Integer(), nullable=False),
        sa.Column("pdf_name", sa.String(length=80), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf_size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_papers_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["papers.id"], name=op.f("fk_papers_replaces_id_papers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers")),
        sa.UniqueConstraint("docx_name", name=op.f("uq_papers_docx_name")),
        sa.UniqueConstraint("pdf_name", name=op.f("uq_papers_pdf_name")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_papers_replaces_id")),
        sa.UniqueConstraint("series", "sequence", name=op.f("uq_papers_series_sequence")),
    )
    with op.batch_alter_table("papers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_papers_case_id"), ["case_id"], unique=False)

    op.create_table(
        "paper_services",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "in_person",
                "left",
                "post",
                "entrusted",
                "electronic",
                "announcement",
                name="servicemethod",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("receiver", sa.LargeBinary(), nullable=False),
        sa.Column("served_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("witness", sa.LargeBinary(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["papers.id"], name=op.f("fk_paper_services_paper_id_papers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_services")),
    )
    with op.batch_alter_table("paper_services", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_services_paper_id"), ["paper_id"], unique=False)

    _guard()


def _guard():
    if op.get_bind().dialect.name == "sqlite":
        for table in GUARDED:
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION refuse_paper_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    for table in GUARDED:
        op.execute(
            f"CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_paper_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_truncate_guard BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_paper_change()"
        )


def downgrade():
    with op.batch_alter_table("paper_services", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_services_paper_id"))

    op.drop_table("paper_services")
    with op.batch_alter_table("papers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_papers_case_id"))

    op.drop_table("papers")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION refuse_paper_change()")
