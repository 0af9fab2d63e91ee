"""search index, and a history that the database itself refuses to change"""

import sqlalchemy as sa
from alembic import op

revision = "b1c0f3a7d201"
down_revision = "475de9c92ba1"
branch_labels = None
depends_on = None

GUARDED = ("timeline_entries", "access_records")
REFUSAL = "history is append-only"


def upgrade():
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE case_search USING fts5(grams, tokenize='unicode61')")
        for table in GUARDED:
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
                )
        return
    op.execute(
        "CREATE TABLE case_search (case_id BIGINT PRIMARY KEY "
        "REFERENCES cases(id), grams TSVECTOR NOT NULL)"
    )
    op.execute("CREATE INDEX case_search_grams ON case_search USING GIN (grams)")
    op.execute(
        "CREATE FUNCTION refuse_history_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    for table in GUARDED:
        op.execute(
            f"CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_history_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_truncate_guard BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change()"
        )


def downgrade():
    if op.get_bind().dialect.name == "sqlite":
        for table in GUARDED:
            for verb in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_no_{verb}")
        op.execute("DROP TABLE case_search")
        return
    for table in GUARDED:
        op.execute(f"DROP TRIGGER {table}_guard ON {table}")
        op.execute(f"DROP TRIGGER {table}_truncate_guard ON {table}")
    op.execute("DROP FUNCTION refuse_history_change()")
    op.execute(sa.text("DROP TABLE case_search"))
