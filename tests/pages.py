"""`visit()`: fetch a page as a browser would, check what every page owes its readers, parse it.

Forms are sent by `submit()` with the fields and the token they were given.
"""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

PASSWORD = "Lampe-4-Strasse"
VOID = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
        *("source", "track", "wbr", "path", "circle", "line"),
    }
)
CONTROLS = frozenset({"input", "select", "textarea"})


@dataclass
class Element:
    """One element with its attributes, text and children."""

    tag: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    children: list["Element"] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.texts)).strip()

    def all(self, tag: str) -> list["Element"]:
        found = [self] if self.tag == tag else []
        for child in self.children:
            found += child.all(tag)
        return found

    def inside(self, tag: str) -> bool:
        above = self.parent
        while above is not None and above.tag != tag:
            above = above.parent
        return above is not None


class _Tree:
    """The elements of a page as Jinja writes them, read three times as fast as by html.parser."""

    MARK = re.compile(
        r"""<(?:!--.*?-->|!.*?>|/([a-z][^\s>]*)\s*>|([a-z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>)""",
        re.DOTALL | re.IGNORECASE,
    )
    ATTRIBUTE = re.compile(r"""([^\s=/"'>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")

    def __init__(self, text: str) -> None:
        self.root = self.here = Element("root", {})
        place = 0
        while mark := self.MARK.search(text, place):
            self._add_text(unescape(text[place : mark.start()]))
            place = mark.end()
            ended, begun, rest = mark.groups()
            if ended:
                self._end(ended.lower())
            elif begun:
                self._begin(begun.lower(), rest)
            if self.here.tag in ("script", "style"):
                raw, place = place, text.index(f"</{self.here.tag}", place)
                self.here.texts.append(text[raw:place])
        self._add_text(unescape(text[place:]))

    def _begin(self, tag: str, rest: str) -> None:
        found = self.ATTRIBUTE.findall(rest)
        attributes = {name.lower(): unescape(a or b or c) for name, a, b, c in found}
        element = Element(tag, attributes, self.here)
        self.here.children.append(element)
        if tag not in VOID and not rest.endswith("/"):
            self.here = element

    def _end(self, tag: str) -> None:
        element = self.here
        while element.parent is not None and element.tag != tag:
            element = element.parent
        if element.parent is not None:
            self.here = element.parent

    def _add_text(self, words: str) -> None:
        element: Element | None = self.here if words else None
        while element is not None:
            element.texts.append(words)
            element = element.parent


@dataclass
class Page:
    """A page that was fetched, with what it holds."""

    response: TestResponse
    root: Element

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def text(self) -> str:
        return self.root.text

    @property
    def title(self) -> str:
        return self.root.all("title")[0].text

    @property
    def heading(self) -> str:
        return self.root.all("h1")[0].text

    @property
    def links(self) -> dict[str, str]:
        """Address by words of every link."""
        return {link.text: link.get("href") for link in self.root.all("a")}

    @property
    def errors(self) -> list[str]:
        """What the error summary says."""
        boxes = [e for e in self.root.all("div") if "error-summary" in e.get("class")]
        return [line.text for box in boxes for line in box.all("li")]

    @property
    def flashes(self) -> list[str]:
        boxes = [e for e in self.root.all("div") if "flash" in e.get("class").split()]
        return [box.text for box in boxes]

    def form(self, action: str = "") -> Element:
        """The POST form whose address contains `action`."""
        for form in self.root.all("form"):
            if form.get("method").lower() == "post" and action in form.get("action"):
                return form
        raise AssertionError(f"no POST form to {action!r} on {self.title}")


def parse(response: TestResponse) -> Page:
    return Page(response, _Tree(response.get_data(as_text=True)).root)


def visit(client: FlaskClient, url: str, *, status: int = 200, **kwargs: Any) -> Page:
    """Fetch a page and check it; redirects are followed."""
    response = client.get(url, follow_redirects=True, **kwargs)
    page = parse(response)
    assert page.status == status, f"{url} answered {page.status}: {page.text[:300]}"
    check(page)
    return page


def submit(
    client: FlaskClient, page: Page, action: str = "", /, *, follow: bool = True, **fields: Any
) -> Page:
    """Send a form of the page as a browser would, some fields filled anew (`__` is a dot)."""
    form = page.form(action)
    values = fields_of(form)
    for name, value in fields.items():
        values[name.replace("__", ".")] = value
    address = form.get("action") or page.response.request.path
    response = client.post(address, data=values, follow_redirects=follow)
    answer = parse(response)
    if "text/html" in response.content_type and response.status_code not in (302, 303):
        check(answer)
    return answer


def fill_in(client: FlaskClient, url: str, /, **fields: Any) -> Page:
    """Open a page and send the form that goes to its own address, some fields filled anew."""
    return submit(client, visit(client, url), url, **fields)


def fields_of(form: Element) -> dict[str, Any]:
    """What a browser would send: kept values, chosen options, ticked boxes."""
    values: dict[str, Any] = {}
    for control in form.all("input") + form.all("textarea") + form.all("select"):
        name, kind = control.get("name"), control.get("type", "text")
        if not name or kind in ("submit", "button", "file"):
            continue
        if kind in ("checkbox", "radio"):
            if "checked" in control.attributes:
                values.setdefault(name, []).append(control.get("value", "on"))
        elif control.tag == "select":
            chosen = [o for o in control.all("option") if "selected" in o.attributes]
            values[name] = chosen[0].get("value") if chosen else ""
        else:
            values[name] = control.text if control.tag == "textarea" else control.get("value")
    return values


def check(page: Page) -> None:
    """What every page owes its readers."""
    root = page.root
    headings = root.all("h1")
    assert len(headings) == 1, f"{len(headings)} h1 on {page.title}"
    assert page.title.startswith(headings[0].text), (page.title, headings[0].text)
    _check_ids(root)
    _check_labels(root)
    _check_forms(root)
    _check_inline(root)


def _check_ids(root: Element) -> None:
    ids = [e.get("id") for e in _all(root) if e.get("id")]
    doubles = {one for one in ids if ids.count(one) > 1}
    assert not doubles, f"ids twice: {doubles}"
    for element in _all(root):
        for one in element.get("aria-describedby").split():
            assert one in ids, f"aria-describedby names {one}, which is not on the page"


def _check_labels(root: Element) -> None:
    named = {label.get("for") for label in root.all("label")}
    for control in _all(root):
        if control.tag not in CONTROLS or control.get("type") in ("hidden", "submit", "button"):
            continue
        has_words = control.get("aria-label") or control.get("aria-labelledby")
        known = control.get("id") in named or control.inside("label") or has_words
        assert known, f"no label for {control.attributes}"
    for button in root.all("button"):
        assert button.text or button.get("aria-label"), f"a button without words: {button}"


def _check_forms(root: Element) -> None:
    for form in root.all("form"):
        if form.get("method").lower() == "post":
            names = [control.get("name") for control in form.all("input")]
            assert names.count("csrf_token") == 1, f"no token in the form to {form.get('action')}"


def _check_inline(root: Element) -> None:
    for element in _all(root):
        assert element.tag != "style", "an inline sheet"
        if element.tag == "script":
            data = element.get("type") == "application/json"
            assert element.get("src").startswith("/") or data, "an inline script"
        for name in element.attributes:
            assert name != "style", f"an inline style on {element.tag}"
            assert not name.startswith("on"), f"an inline handler on {element.tag}"


def _all(element: Element) -> list[Element]:
    found = [element]
    for child in element.children:
        found += _all(child)
    return found
