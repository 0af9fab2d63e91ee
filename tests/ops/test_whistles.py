"""The page of whistles: from a figure to its calls, and to the case where both scores stand."""

from tests.pages import submit, visit


def test_from_the_figures_to_the_calls_to_the_case(sign_in_as, street):
    number = street.worked("handling", title="排水不畅")
    street.act("head", number, "whistle", units=["新河社区"], request="请到场会商排水")
    browser = sign_in_as("other_head")
    form = visit(browser, f"/ops/cases/{number}/actions/arrive")
    submit(browser, form, "arrive", came="王科长")
    scoring = visit(browser, f"/ops/cases/{number}/actions/score_street")
    assert "4 分 · 好" in scoring.text
    submit(browser, scoring, "score_street", score="4", words="事由清楚")
    supervisor = sign_in_as("supervisor")
    page = visit(supervisor, "/ops/whistles")
    assert "100.0%" in page.text
    assert "4.0 分" in page.text
    listed = visit(supervisor, "/ops/whistles?part=street_scored&unit=xinhe")
    assert "部门评街道 4 分：事由清楚" in listed.text
    assert "部门评街道 4 分：事由清楚" in visit(supervisor, f"/ops/cases/{number}").text
