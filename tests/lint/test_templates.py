"""Every template compiles with the filters and tests the product has, and finds what it names."""

from pathlib import Path

import pytest
from jinja2 import UndefinedError, meta

from casetracker import create_app
from casetracker.resources import templates_folder
from tests.databases import settings_for

TEMPLATES = sorted(
    path.relative_to(templates_folder()).as_posix()
    for path in templates_folder().rglob("*")
    if path.suffix in {".html", ".txt", ".xml", ".md"}
)


@pytest.fixture(scope="module")
def jinja(tmp_path_factory):
    folder: Path = tmp_path_factory.mktemp("templates")
    return create_app(settings_for(f"sqlite:///{folder}/none.db", folder)).jinja_env


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_compiles_and_names_only_what_exists(jinja, name):
    source = jinja.loader.get_source(jinja, name)[0]
    jinja.compile(source, name)
    named = {other for other in meta.find_referenced_templates(jinja.parse(source)) if other}
    assert named <= set(TEMPLATES)


def test_a_name_that_a_page_was_not_given_is_a_fault_not_a_blank(jinja):
    with pytest.raises(UndefinedError):
        jinja.from_string("{{ forgotten }}").render()
