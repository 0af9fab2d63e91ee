"""Migrations and tables say the same on both engines, forwards and backwards, and lose nothing."""

import shutil

import pytest
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import inspect, text

from casetracker import create_app
from casetracker.persistence.database import db
from casetracker.resources import migrations_folder
from tests.databases import settings_for


@pytest.fixture
def empty_app(databases, engine_name, tmp_path):
    """The product on a database without tables, inside an app context."""
    url = databases.empty(engine_name)
    product = create_app(settings_for(url, tmp_path))
    with product.app_context():
        yield product
        db.session.remove()
        db.engine.dispose()
    databases.drop(url)


def table_names():
    return set(inspect(db.engine).get_table_names())


def test_migrations_lead_to_the_tables_of_the_models(empty_app):
    upgrade()
    assert set(db.metadata.tables) <= table_names()
    check()  # exits with an error when autogenerate would still write something


def test_migrations_can_be_undone_and_done_again(empty_app):
    upgrade()
    there = table_names()
    downgrade(revision="base")
    assert table_names() <= {"alembic_version"}
    upgrade()
    assert table_names() == there


def with_one_more(folder, body):
    """A copy of the migrations with one more version on top, doing `body`."""
    shutil.copytree(migrations_folder(), folder)
    head = (folder / "head.txt").read_text(encoding="utf-8").strip()
    lines = ["import sqlalchemy as sa", "from alembic import op"]
    lines += ["revision = 'one_more'", f"down_revision = '{head}'", "def upgrade():"]
    lines += [f"    {line}" for line in body]
    (folder / "versions" / "one_more.py").write_text("\n".join(lines), encoding="utf-8")
    return str(folder)


def test_rebuilding_a_parent_table_keeps_the_rows_that_point_at_it(empty_app, tmp_path):
    upgrade()
    prepare = [
        "op.create_table('mother', sa.Column('id', sa.Integer, primary_key=True))",
        "op.create_table('child', sa.Column('id', sa.Integer, primary_key=True),",
        "    sa.Column('mother_id', sa.Integer, sa.ForeignKey('mother.id', ondelete='CASCADE')))",
        "op.execute('INSERT INTO mother VALUES (1)')",
        "op.execute('INSERT INTO child VALUES (1, 1), (2, 1)')",
        "with op.batch_alter_table('mother', recreate='always') as batch:",
        "    batch.add_column(sa.Column('name', sa.String(20)))",
    ]
    if db.engine.dialect.name == "postgresql":
        prepare[-2] = "with op.batch_alter_table('mother') as batch:"
    upgrade(directory=with_one_more(tmp_path / "more", prepare))
    assert db.session.execute(text("SELECT count(*) FROM child")).scalar() == 2


def test_a_migration_that_fails_half_way_leaves_nothing_behind(empty_app, tmp_path):
    upgrade()
    before = table_names()
    body = [
        "op.create_table('half', sa.Column('id', sa.Integer))",
        "raise ZeroDivisionError('power cut')",
    ]
    with pytest.raises(ZeroDivisionError, match="power cut"):
        upgrade(directory=with_one_more(tmp_path / "more", body))
    assert table_names() == before
