"""What a reader, a keyboard or a screen reader meets in the components."""

from html.parser import HTMLParser
from types import SimpleNamespace

import pytest

from casetracker.domain.deadlines import Standing
from casetracker.domain.vocabulary import Action, Channel, State, Urgency
from tests.web.rendering import DESK, NAV, PORTAL, at, environment, render

LATE = {"standing": Standing.OVERDUE, "text": "10月9日(周五)前 · 已超期 1 个工作日"}
SOON = {"standing": Standing.DUE_SOON, "text": "10月12日(周一)前 · 还剩 2 小时"}
EMPTY = {"data": {}, "errors": {}}


class Elements(HTMLParser):
    """All start tags of a piece of markup, with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def all(self, tag, **attributes):
        return [
            attrs
            for name, attrs in self.found
            if name == tag and all(attrs.get(key) == value for key, value in attributes.items())
        ]

    def one(self, tag, **attributes):
        (attrs,) = self.all(tag, **attributes)
        return attrs


FIELDS = [
    'text_field(form, "phone", "联系电话", hint="手机 11 位")',
    'textarea_field(form, "phone", "联系电话", hint="手机 11 位")',
    'select_field(form, "phone", "联系电话", [("1", "甲")], hint="手机 11 位")',
    'date_field(form, "phone", "联系电话", hint="手机 11 位")',
    'file_field(form, "phone", "联系电话", hint="手机 11 位")',
    'checkbox_field(form, "phone", "联系电话", hint="手机 11 位")',
]


@pytest.mark.parametrize("field", FIELDS)
def test_a_wrong_field_is_labelled_and_tied_to_its_hint_and_its_error(field):
    form = {"data": {"phone": "138"}, "errors": {"phone": "联系电话少一位"}}
    html = render("{{ " + field + " }}", form=form)
    elements = Elements(html)
    control = next(attrs for tag, attrs in elements.found if attrs.get("name") == "phone")
    assert control["id"] == "f-phone"
    assert elements.one("label")["for"] == "f-phone"
    assert control["aria-describedby"] == "h-phone e-phone"
    assert control["aria-invalid"] == "true"
    assert "联系电话少一位" in html
    assert elements.one("p", id="e-phone")


def test_a_field_without_error_says_nothing_of_one():
    html = render('{{ text_field(form, "phone", "联系电话") }}', form=EMPTY)
    assert "aria-invalid" not in html
    assert "aria-describedby" not in html


def test_what_was_typed_is_kept_and_harmless():
    form = {"data": {"content": '"><script>x</script>\n第二行'}, "errors": {}}
    one_line = render('{{ text_field(form, "content", "内容") }}', form=form)
    many_lines = render('{{ textarea_field(form, "content", "内容") }}', form=form)
    assert Elements(one_line).one("input")["value"] == form["data"]["content"]
    assert "<script" not in one_line + many_lines
    assert "第二行" in many_lines


def test_a_zero_is_kept_as_typed():
    html = render(
        '{{ text_field(form, "days", "天数") }}', form={"data": {"days": 0}, "errors": {}}
    )
    assert Elements(html).one("input")["value"] == "0"


def test_a_password_never_comes_back():
    form = {"data": {"password": "correct horse"}, "errors": {}}
    assert "correct horse" not in render(
        '{{ text_field(form, "password", "密码", type="password") }}', form=form
    )


def test_choices_keep_what_was_chosen_by_member_or_by_text():
    options = [(Channel.CALL, "来电"), (Channel.LETTER, "来信")]
    for given in (Channel.LETTER, "letter"):
        form = {"data": {"channel": given, "many": [given]}, "errors": {}}
        radios = Elements(
            render(
                '{{ radio_field(form, "channel", "渠道", options) }}', form=form, options=options
            )
        )
        boxes = Elements(
            render(
                '{{ checkboxes_field(form, "many", "渠道", options) }}', form=form, options=options
            )
        )
        select = Elements(
            render(
                '{{ select_field(form, "channel", "渠道", options) }}', form=form, options=options
            )
        )
        assert [one["value"] for one in radios.all("input") if "checked" in one] == ["letter"]
        assert [one["value"] for one in boxes.all("input") if "checked" in one] == ["letter"]
        assert [one["value"] for one in select.all("option") if "selected" in one] == ["letter"]


def test_a_select_takes_groups():
    groups = [("01 市容环境", [("0106", "油烟")])]
    form = {"data": {"category": "0106"}, "errors": {}}
    elements = Elements(
        render('{{ select_field(form, "category", "分类", groups) }}', form=form, groups=groups)
    )
    assert elements.one("optgroup")["label"] == "01 市容环境"
    assert "selected" in elements.one("option", value="0106")


def test_the_error_summary_links_each_error_to_its_field():
    form = {"data": {}, "errors": {"phone": ["少一位", "不能为空"], "": "这件诉求刚刚有人登记过"}}
    html = render("{{ error_summary(form) }}", form=form)
    assert [link["href"] for link in Elements(html).all("a")] == ["#f-phone", "#f-phone"]
    assert "这件诉求刚刚有人登记过" in html
    assert render("{{ error_summary(form) }}", form=EMPTY).strip() == ""


@pytest.mark.parametrize("compact", [True, False])
def test_lateness_has_a_colour_a_shape_and_a_word(compact):
    html = render("{{ deadline_badge(due, compact=compact) }}", due=LATE, compact=compact)
    assert "due--overdue" in html
    assert "shape--overdue" in html
    assert html.count("已超期") == 1


@pytest.mark.parametrize("standing", [one for one in Standing if one is not Standing.ON_TIME])
def test_every_standing_but_the_usual_one_is_said_in_words(standing):
    plain = render("{{ deadline_badge(due) }}", due={"standing": Standing.ON_TIME, "text": "x"})
    said = render("{{ deadline_badge(due) }}", due={"standing": standing, "text": "x"})
    assert "<b>" in said
    assert "<b>" not in plain
    assert "due--open" not in said


def test_due_soon_names_its_standing_where_the_distance_does_not():
    html = render("{{ deadline_badge(due) }}", due=SOON)
    assert "临期" in html
    assert "还剩 2 小时" in html


def test_a_due_without_words_asks_the_filter():
    due = {"standing": Standing.ON_TIME, "words": "10月16日(周五)前"}
    assert "10月16日(周五)前" in render("{{ deadline_badge(due) }}", due=due)


def test_a_provisional_date_says_so_and_no_date_is_a_dash():
    assert "暂定" in render("{{ deadline_badge(due) }}", due={**SOON, "provisional": True})
    assert "没有时限" in render("{{ deadline_badge(none) }}")


@pytest.mark.parametrize("state", list(State))
def test_every_state_shows_its_word_and_a_shape(state):
    html = render("{{ state_tag(state) }}", state=state)
    assert state.value not in html
    assert "<svg" in html


def test_the_explanation_sets_the_days_apart_that_do_not_count():
    steps = [
        SimpleNamespace(text="09-28（周一）起算日，不计"),
        SimpleNamespace(text="09-29（周二）第1个工作日"),
    ]
    html = render("{{ deadline_steps(steps) }}", steps=steps)
    assert html.count("steps__step--skipped") == 1
    assert "第1个工作日" in html


def test_a_rate_carries_its_denominator_and_nothing_to_count_is_a_dash():
    some = {"value": 120 / 130, "numerator": 120, "denominator": 130}
    none = {"value": None, "numerator": 0, "denominator": 0}
    shown = render("{{ stat_tile(tile) }}", tile={"name": "满意率", **some})
    assert "92.3%</b>" in shown
    assert "(120/130)" in shown
    assert "—" in render("{{ stat_tile(tile) }}", tile={"name": "满意率", **none})


ROW = {
    "number": "HX1",
    "url": "/ops/cases/HX1",
    "title": "<b>积水</b>",
    "state": State.TO_SIGN,
    "due": LATE,
}


def test_the_case_list_shows_words_for_codes_and_no_markup_of_others():
    row = {
        **ROW,
        "channel": Channel.PORTAL,
        "urgency": Urgency.URGENT,
        "action": {"text": "签收", "url": "/sign"},
    }
    html = render('{{ case_table("办件", rows) }}', rows=[row])
    assert "<b>积水" not in html
    assert "网上提交" in html
    assert "紧急" in html
    assert Elements(html).one("a", href="/sign")["aria-label"] == "签收 HX1"


def test_tick_boxes_come_only_with_bulk():
    assert not Elements(render('{{ case_table("办件", rows) }}', rows=[ROW])).all("input")
    ticked = Elements(render('{{ case_table("办件", rows, bulk=true) }}', rows=[ROW]))
    assert ticked.one("input", name="numbers")["value"] == "HX1"


def test_an_empty_list_says_why():
    html = render('{{ case_table("办件", [], empty=empty_state("没有办件", "新登记的在这里。")) }}')
    assert "没有办件" in html
    assert "新登记的在这里。" in html
    assert "<table" not in html


def test_a_sorted_head_says_so_to_a_screen_reader():
    heads = [{"text": "受理", "sort_url": "?sort=n", "sorted": "desc"}]
    html = render(
        '{% call(row) table("各单位", heads, [1]) %}<td>{{ row }}</td>{% endcall %}', heads=heads
    )
    assert Elements(html).one("th")["aria-sort"] == "descending"


def test_the_timeline_says_who_did_what_when_in_words():
    event = {
        "at": at("2026-10-10 10:30"),
        "actor": "周丽",
        "action": Action.SIGN_FOR,
        "from_state": State.TO_SIGN,
        "to_state": State.HANDLING,
        "clocks": ["签收时限停止"],
    }
    html = render("{{ timeline(events) }}", events=[event])
    for words in ("周丽", "10-10 10:30", "待签收", "办理中", "签收时限停止"):
        assert words in html
    assert "sign_for" not in html
    undated = render("{{ timeline(events) }}", events=[{**event, "at": None}])
    assert "原系统未记时间" in undated
    assert "<time" not in undated


def test_the_resident_is_revealed_by_a_post_with_a_reason():
    person = {"name": "张**", "phone": "138****8000"}
    html = render('{{ person_card(person, "/reveal", [("contact", "联系群众")]) }}', person=person)
    elements = Elements(html)
    assert elements.one("form")["method"] == "post"
    assert elements.one("input", name="reason")["value"] == "contact"
    assert elements.one("input", name="csrf_token")["value"] == 'to"ken'
    assert not elements.all("a")


def test_a_revealed_phone_can_be_dialled_and_not_be_revealed_again():
    person = {"name": "张建国", "phone": "138 0013 8000", "dial": "13800138000", "revealed": True}
    elements = Elements(render('{{ person_card(person, "/reveal") }}', person=person))
    assert elements.one("a", href="tel:13800138000")
    assert not elements.all("form")


def test_a_queue_counts_what_its_link_opens_and_an_empty_one_says_why():
    full = render(
        "{{ queue_card(queue) }}", queue={"title": "待签收", "url": "/q", "count": 3, "overdue": 1}
    )
    empty = render(
        "{{ queue_card(queue) }}",
        queue={"title": "待签收", "url": "/q", "count": 0, "why_empty": "都签了"},
    )
    assert "已超期 1 件" in full
    assert "都签了" in empty


def test_the_station_one_stands_at_is_marked():
    stations = [
        {"name": "已登记", "status": "done"},
        {"name": "已派单", "status": "now"},
        {"name": "办理中", "status": "ahead"},
    ]
    elements = Elements(render("{{ progress_stations(stations) }}", stations=stations))
    assert [one.get("aria-current") for one in elements.all("li")] == [None, "step", None]


def test_a_figure_carries_its_numbers_as_a_table_and_cannot_break_out_of_its_attribute():
    spec = {"kind": "bar", "unit": "%", "categories": ["'><img src=x>"], "series": []}
    html = render('{% call chart("c", spec, "满意率") %}<p>表</p>{% endcall %}', spec=spec)
    assert "<img" not in html
    assert "<p>表</p>" in html


def test_a_failed_action_is_announced():
    html = render("{{ flash_messages() }}")
    assert Elements(html).one("div")["role"] == "alert"
    assert "派单没有成功" in html


def page(layout: str, **context) -> str:
    blocks = (
        "{% block title %}标题{% endblock %}{% block main %}<p>正文</p>{% endblock %}"
        + context.pop("blocks", "")
    )
    return (
        environment()
        .from_string(f'{{% extends "layouts/{layout}.html" %}}{blocks}')
        .render(**context)
    )


def test_the_desk_shows_where_one_is_and_offers_only_what_one_may():
    html = page("ops", nav=NAV, desk=DESK)
    elements = Elements(html)
    assert {one["aria-current"] for one in elements.all("a", href="/ops/dispatch")} == {"page"}
    assert "+ 登记" not in html
    assert not elements.all("aside")
    assert elements.one("form", action="/out")["method"] == "post"


def test_the_side_is_there_when_a_page_fills_it():
    html = page("ops", nav=NAV, desk=DESK, blocks="{% block side %}<p>旁边</p>{% endblock %}")
    assert len(Elements(html).all("aside")) == 1


@pytest.mark.parametrize("layout", ["ops", "portal", "plain"])
def test_every_layout_has_one_main_a_skip_link_and_says_its_language(layout):
    elements = Elements(page(layout, nav=NAV, desk=DESK, portal=PORTAL))
    assert elements.one("main")["id"] == "main"
    assert elements.all("a", href="#main")
    assert elements.one("html")["lang"] == "zh-CN"


@pytest.mark.parametrize("code", [400, 401, 403, 404, 405, 409, 413, 429, 500, 503])
def test_an_error_page_needs_nothing_and_says_what_to_do(code):
    html = environment().get_template(f"errors/{code}.html").render()
    assert "<h1>" in html
    assert "回到首页" in html


def test_a_conflict_names_who_was_first_and_what_may_be_done_now():
    html = (
        environment()
        .get_template("errors/409.html")
        .render(detail="李强 在 10:42 已退回派单", allowed=["催办", "查看"], request_id="9f3c")
    )
    assert "李强 在 10:42 已退回派单" in html
    assert "催办、查看" in html
    assert "9f3c" in html
