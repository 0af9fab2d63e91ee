"""One newest migration, named in head.txt: two branches that both add one conflict in git."""

from alembic.config import Config
from alembic.script import ScriptDirectory

from casetracker.resources import migrations_folder


def test_there_is_one_head_and_head_txt_names_it():
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()))
    config.set_main_option("path_separator", "os")
    heads = ScriptDirectory.from_config(config).get_heads()
    assert heads == [(migrations_folder() / "head.txt").read_text(encoding="utf-8").strip()]
