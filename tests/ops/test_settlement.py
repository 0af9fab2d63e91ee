"""社区化解 on the desk: each count opens a list of as many cases."""

from tests.factories.street import Street
from tests.pages import visit

HERE = {"address": "东风社区三栋", "unit": "东风社区"}


def test_every_count_opens_as_many_cases(sign_in_as, street: Street) -> None:
    street.worked("closed", location=HERE)
    street.worked("handling", location=HERE)
    street.register()
    supervisor = sign_in_as("supervisor")
    for by in ("area", "month"):
        page = visit(supervisor, f"/ops/settlement?by={by}")
        links = page.root.all("table")[0].all("a")
        assert len(links) > 5
        for link in links:
            listed = visit(supervisor, link.get("href"))
            rows = [row for row in listed.root.all("tr") if "data-row" in row.attributes]
            assert len(rows) == int(link.text), link.get("href")
    assert "100.0%(1/1)" in page.text.replace(" ", "")


def test_odd_days_are_refused_beside_their_field(sign_in_as) -> None:
    supervisor = sign_in_as("supervisor")
    page = visit(supervisor, "/ops/settlement?since=2026-03-31&until=2026-03-01", status=400)
    assert page.errors == ["日期至：结束日期不能早于开始日期"]
    assert visit(sign_in_as("handler"), "/ops/settlement", status=403)
