"""Rules of the house for templates, sheets and scripts, held by reading them."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from jinja2 import meta, nodes

from casetracker.resources import templates_folder
from tests.web.rendering import environment

TEMPLATES = templates_folder()
STATIC = Path(__file__).resolve().parents[2] / "casetracker" / "static"
DESIGN = (Path(__file__).resolve().parents[2] / "docs" / "design.md").read_text(encoding="utf-8")
JINJA = environment()

PAGES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
COMPONENTS = [name for name in PAGES if name.startswith("components/")]
MACROS = {Path(name).stem for name in COMPONENTS}
COMPONENT_GLOBALS = {
    "asset", "caller", "csrf_token", "form_token", "get_flashed_messages", "label",
}  # fmt: skip
CODES = {
    "channel", "contact_outcome", "from_state", "kind", "outcome", "result", "role", "satisfaction",
    "source_level", "standing", "state", "to_state", "track", "urgency", "validity", "visibility",
}  # fmt: skip
"""Attributes that hold an enum member wherever they stand."""


@cache
def source(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


@cache
def markup(name: str) -> str:
    """The template without its comments."""
    return re.sub(r"\{#.*?#\}", "", source(name), flags=re.DOTALL)


@cache
def tree(name: str) -> nodes.Template:
    return JINJA.parse(source(name))


def signature(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def macro_signature(name: str) -> str:
    found = re.search(r"\{% macro (.*?) -?%\}", source(name), re.DOTALL)
    assert found, f"{name} defines no macro"
    return signature(found[1])


def called_names(name: str) -> set[str]:
    calls = tree(name).find_all(nodes.Call)
    return {call.node.name for call in calls if isinstance(call.node, nodes.Name)}


@cache
def imported_names(name: str) -> set[str]:
    imports = tree(name).find_all(nodes.FromImport)
    return {item if isinstance(item, str) else item[1] for one in imports for item in one.names}


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_file_holds_the_one_macro_of_its_name(name):
    macros = [macro.name for macro in tree(name).find_all(nodes.Macro)]
    assert macros == [Path(name).stem]


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_opens_with_a_comment_that_gives_its_signature(name):
    comment = signature(source(name).removeprefix("{#"))
    assert source(name).startswith("{#")
    assert comment.startswith(macro_signature(name))


@pytest.mark.parametrize("name", COMPONENTS)
def test_the_design_document_gives_every_component_with_its_signature(name):
    assert f"`{macro_signature(name)}`" in DESIGN


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_needs_nothing_but_its_arguments_and_the_documented_globals(name):
    assigned = {node.name for node in tree(name).find_all(nodes.Name) if node.ctx == "store"}
    assert meta.find_undeclared_variables(tree(name)) - assigned <= COMPONENT_GLOBALS


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_stands_on_some_page(name):
    assert any(Path(name).stem in imported_names(other) for other in PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_a_template_imports_the_components_it_uses_and_uses_those_it_imports(name):
    imported = imported_names(name) & MACROS
    used = {one for one in called_names(name) if one in MACROS}
    own = {Path(name).stem} if name in COMPONENTS else set()
    assert used - own == imported


@pytest.mark.parametrize("name", [name for name in PAGES if not name.startswith("components/")])
def test_a_page_extends_one_layout_and_a_layout_extends_the_base(name):
    parents = [node.template.value for node in tree(name).find_all(nodes.Extends)]
    if name == "base.html" or Path(name).name.startswith("_"):
        assert parents == []
    elif name.startswith("layouts/"):
        assert parents == ["base.html"]
    else:
        assert len(parents) == 1
        above = parents[0]  # a layout, or a page that this one adds to
        if not above.startswith("layouts/"):
            (above,) = [node.template.value for node in tree(above).find_all(nodes.Extends)]
        assert above.startswith("layouts/")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("forbidden", "why"),
    [
        (r"<script(?![^>]*\ssrc=)", "inline script"),
        (r"<style\b", "inline style sheet"),
        (r"\sstyle\s*=", "style attribute"),
        (r"\son[a-z]+\s*=", "event handler attribute"),
        (r"javascript:", "script address"),
        (r"\|\s*safe\b", "markup taken on trust"),
        (r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//""", "address of another site"),
    ],
)
def test_a_template_obeys_the_content_security_policy(name, forbidden, why):
    assert not re.search(forbidden, markup(name), re.IGNORECASE), why


@pytest.mark.parametrize("name", PAGES)
def test_every_post_form_carries_its_token(name):
    for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", markup(name), re.DOTALL):
        assert "csrf_field()" in form or "sent_once(" in form


def raw_codes(name: str) -> Iterator[str]:
    for output in tree(name).find_all(nodes.Output):
        for node in output.nodes:
            shown = node.node if isinstance(node, nodes.Filter) else node
            if isinstance(shown, nodes.Getattr) and shown.attr in CODES:
                yield f"line {shown.lineno}: {shown.attr}"


@pytest.mark.parametrize("name", PAGES)
def test_a_code_is_never_shown_raw(name):
    assert list(raw_codes(name)) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_table_written_by_hand_has_a_caption(name):
    text = markup(name)
    if "paper" in text or name == "layouts/print.html":
        return
    assert text.count("<table") == text.count("<caption")


@pytest.mark.parametrize("name", PAGES)
def test_an_asset_that_is_named_exists(name):
    for path in re.findall(r"asset\(['\"]([^'\"]+)['\"]\)", markup(name)):
        assert path.startswith("vendor/") or (STATIC / path).is_file(), path


@pytest.mark.parametrize(
    "sheet", sorted((STATIC / "css").glob("*.css")), ids=lambda path: path.name
)
def test_colours_are_written_in_the_token_sheet_only(sheet):
    rules = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    if sheet.name != "tokens.css":
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", rules) == []


def tokens(scheme: str) -> dict[str, str]:
    text = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
    light, _, rest = text.partition("@media (prefers-color-scheme: dark)")
    dark = rest.partition("@media")[0]
    values = dict(re.findall(r"(--[\w-]+):\s*(#[0-9a-f]{6});", light))
    if scheme == "dark":
        values |= dict(re.findall(r"(--[\w-]+):\s*(#[0-9a-f]{6});", dark))
    return values


def test_every_token_a_sheet_uses_is_defined():
    text = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
    defined = set(re.findall(r"(--[\w-]+):", text))
    for sheet in (STATIC / "css").glob("*.css"):
        used = set(re.findall(r"var\((--[\w-]+)\)", sheet.read_text(encoding="utf-8")))
        assert used <= defined, sheet.name


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


INKS = ("ink", "ink-2", "ink-3")
MEANINGS = ("overdue", "soon", "done", "paused")
WORDS_ON_GROUNDS = [
    *((ink, ground) for ink in INKS for ground in ("paper", "sheet", "sunken", "hover")),
    *(("action", ground) for ground in ("paper", "sheet", "action-soft")),
    *((tone, ground) for tone in MEANINGS for ground in ("paper", "sheet", f"{tone}-soft")),
    ("on-action", "action-fill"),
    ("on-action", "action-fill-hover"),
    ("on-meaning", "overdue-fill"),
    ("on-meaning", "done-fill"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), WORDS_ON_GROUNDS)
def test_words_stand_out_from_their_ground(scheme, words, ground):
    values = tokens(scheme)
    assert contrast(values[f"--{words}"], values[f"--{ground}"]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("edge", ["line-strong", "focus", "done-fill", "action-fill"])
def test_the_edge_of_a_control_can_be_seen(scheme, edge):
    values = tokens(scheme)
    assert contrast(values[f"--{edge}"], values["--sheet"]) >= 3


@pytest.mark.parametrize("script", sorted((STATIC / "js").glob("*.js")), ids=lambda path: path.name)
def test_a_script_keeps_nothing_in_the_browser_and_evaluates_no_text(script):
    text = script.read_text(encoding="utf-8")
    for forbidden in (
        "localStorage",
        "sessionStorage",
        "indexedDB",
        "eval(",
        "new Function",
        "document.write",
    ):
        assert forbidden not in text
