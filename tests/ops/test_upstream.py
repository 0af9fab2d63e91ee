"""Replies for upstream platforms: the platform's own form, carried over once and nothing typed."""

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update

from casetracker.persistence.account import AccessRecord
from casetracker.persistence.exchange import ReplyTemplate
from casetracker.persistence.working import Reply
from casetracker.services.desks.upstream_copying import HEADER
from casetracker.services.desks.upstream_replies import upstream_replies
from tests.pages import parse, submit, visit

HERE = "/ops/upstream"
BODY = "工单 {external_number}（{number}）：“{title}”\n{result}：{reply}\n{unit} {replied_at}"
TODAY = date(2026, 3, 2)


def template(street, name="市长专线回告", body=BODY, **more):
    given = {"use": "upstream", "channel": "mayor_line", "changed_at": street.now, **more}
    street.session.add(
        ReplyTemplate(
            name=name,
            body=body,
            is_active=more.pop("is_active", True),
            **{k: v for k, v in given.items() if k != "is_active"},
        )
    )
    street.session.commit()  # fmt: skip


def ticket(street, external="SZ-1", until="to_follow_up", **body):
    return street.worked(until, external_number=external, **body)


def shown_text(page):
    (area,) = [one for one in page.root.all("textarea") if "copy__text" in one.get("class")]
    return "".join(area.texts).strip("\n")


def listed(page):
    return [row.all("span")[0].text for row in page.root.all("tr") if "data-row" in row.attributes]


def copied(street, number):
    street.session.expire_all()
    case = street.case(number)
    query = select(Reply).where(Reply.case_id == case.id).order_by(Reply.id.desc())
    return street.session.scalars(query).first().copied_upstream_at


def notes(street, what="upstream_copied"):
    query = select(AccessRecord).where(AccessRecord.what == what).order_by(AccessRecord.id)
    return street.session.scalars(query).all()


def exported(browser, page, form="xlsx", **more):
    token = next(i.get("value") for i in page.root.all("input") if i.get("name") == "csrf_token")
    fields = {"csrf_token": token, "day": TODAY.isoformat(), "form": form, **more}
    return browser.post(f"{HERE}/export", data=fields)


def rows_of(answer):
    """The lines of a file below its header, as a spreadsheet shows them."""
    if "csv" in answer.content_type:
        lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    else:
        sheet = load_workbook(io.BytesIO(answer.data)).active
        lines = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert tuple(lines[0]) == HEADER
    return lines[1:]


def test_the_text_is_the_platforms_template_with_the_tickets_values(sign_in_as, street):
    template(street)
    number = ticket(street, title="路灯不亮")
    page = visit(sign_in_as("dispatcher"), HERE)
    reply = upstream_replies(street.ctx("dispatcher"), TODAY)[0]
    expected = (
        f"工单 SZ-1（{number}）：“路灯不亮”\n实际解决：已修好(第3次)。\n东风社区 2026年3月2日09:30"
    )
    assert shown_text(page) == reply.wording == expected
    assert "模板：市长专线回告" in page.text


def test_what_a_reply_says_is_never_read_as_a_template(sign_in_as, street):
    template(street, body="{reply}|{external_number}")
    number = street.worked("handling", external_number="SZ-{unit}")
    street.add_evidence(number)
    street.act("handler", number, "submit", result="resolved", text="{unit} <b>{number}</b> {0}")
    street.act("head", number, "approve", via="phone")
    page = visit(sign_in_as("dispatcher"), f"{HERE}/{number}")
    assert shown_text(page) == "{unit} <b>{number}</b> {0}|SZ-{unit}"


def test_each_channel_has_its_own_form_and_the_rest_the_general_one(sign_in_as, street):
    template(street, "停用的", "旧格式", is_active=False)
    template(street, "答复用", "不是回告", use="reply", channel=None)
    template(street, "12345 回告", "12345：{reply}", channel="hotline_12345")
    plain, own = ticket(street, "A"), ticket(street, "B", channel="hotline_12345")
    browser = sign_in_as("operator")
    page = visit(browser, f"{HERE}/{plain}")
    assert "上级平台单号：A" in shown_text(page)
    assert "没有专用模板" in page.text
    assert shown_text(visit(browser, f"{HERE}/{own}")).startswith("12345：已修好")
    template(street, "通用回告", "各渠道：{external_number}", channel=None)
    assert shown_text(visit(browser, f"{HERE}/{plain}")) == "各渠道：A"


def test_only_tickets_of_another_platform_that_were_answered_stand_there(sign_in_as, street):
    answered = ticket(street, "A")
    ticket(street, "B", until="to_review")
    street.worked("to_follow_up")
    page = visit(sign_in_as("dispatcher"), HERE)
    assert listed(page) == ["A"]
    assert "已答复 1 件 · 未回填 1 件" in page.text
    assert page.links["打开工单"].endswith(answered)


def test_an_imported_reply_is_no_work_but_can_be_looked_up(sign_in_as, street, clock):
    number = ticket(street)
    street.session.execute(update(Reply).values(submitted_by=None))
    street.session.commit()
    browser = sign_in_as("dispatcher")
    assert listed(visit(browser, HERE)) == []
    assert "SZ-1" in shown_text(visit(browser, f"{HERE}/{number}"))
    clock.shift(86400)
    assert "此前还有" not in visit(sign_in_as("dispatcher"), HERE).text


def test_a_day_holds_what_was_answered_on_it(sign_in_as, street, clock):
    ticket(street, "A")
    street.wait(hours=14, minutes=29)  # 23:59 in Shanghai
    ticket(street, "B")
    street.wait(minutes=1)
    ticket(street, "C")
    clock.move_to(street.now)
    browser = sign_in_as("dispatcher")
    assert listed(visit(browser, HERE)) == ["C"]
    assert listed(visit(browser, f"{HERE}?day=2026-03-02")) == ["A", "B"]
    assert "这一天没有答复" in visit(browser, f"{HERE}?day=2026-03-04").text


@pytest.mark.parametrize("day", ["gestern", "2026-02-30", "0001-01-01", "9999-12-31"])
def test_a_day_that_is_none_means_today(sign_in_as, street, day):
    ticket(street)
    assert listed(visit(sign_in_as("dispatcher"), f"{HERE}?day={day}")) == ["SZ-1"]


def test_what_the_days_before_left_behind_is_said(sign_in_as, street, clock):
    number = ticket(street)
    street.wait(days=3)
    clock.move_to(street.now)
    browser = sign_in_as("dispatcher")
    page = visit(browser, HERE)
    assert "此前还有 1 件未回填" in page.text
    before = visit(browser, page.links["查看 3月2日(周一)"])
    submit(browser, before, number)
    assert "此前还有" not in visit(browser, HERE).text


def test_the_limit_of_the_platform_is_shown_and_judged(sign_in_as, street):
    ticket(street, "A", external_due_at="2026-03-02 10:00")
    ticket(street, "B", external_due_at="2026-03-20 18:00")
    page = visit(sign_in_as("dispatcher"), HERE)
    assert "临期" in page.text
    assert "3月20日(周五) 18:00" in page.text
    assert listed(page) == ["A", "B"]


def test_what_was_carried_over_is_noted_once_with_when_and_by_whom(sign_in_as, street, clock):
    first, second = ticket(street, "A"), ticket(street, "B")
    browser = sign_in_as("dispatcher")
    page = visit(browser, HERE)
    after = submit(browser, page, first)
    assert copied(street, first) == street.now
    assert listed(after) == ["B", "A"]
    assert after.form(second)
    assert "dispatcher先生 回填" in after.text
    clock.shift(60)
    submit(browser, page, first)
    assert copied(street, first) == street.now
    (note,) = notes(street)
    assert (note.username, note.case_number) == ("dispatcher", first)


def test_a_page_of_its_own_says_that_it_is_done(sign_in_as, street):
    number = ticket(street)
    browser = sign_in_as("operator")
    page = visit(browser, f"/ops/cases/{number}")
    page = visit(browser, page.links["复制上级平台答复"])
    done = submit(browser, page, number)
    assert "已回填上级平台" in done.text
    assert "operator先生" in done.text
    assert not [f for f in done.root.all("form") if f.get("action").startswith(HERE)]


def test_a_newer_reply_is_not_taken_for_the_one_that_was_copied(sign_in_as, street):
    number = ticket(street)
    browser = sign_in_as("dispatcher")
    page = visit(browser, f"{HERE}/{number}")
    street.act("caller", number, "follow_up", validity="valid", resolved=False, satisfaction="fair")
    street.act("supervisor", number, "redo", note="到场核实")
    street.add_evidence(number)
    street.act("handler", number, "submit", result="resolved", text="已到场更换灯具")
    street.act("head", number, "approve", via="visit")
    late = submit(browser, page, number)
    assert late.status == 409
    assert "答复已更新" in late.text
    assert "已到场更换灯具" in shown_text(late)
    assert notes(street) == []


def test_a_resident_whose_case_was_grouped_is_answered_to_the_platform_too(sign_in_as, street):
    parent = street.worked("handling")
    child = street.register(external_number="SZ-9").number
    street.act("operator", child, "group", into=parent, reason="同一路灯")
    street.add_evidence(parent)
    street.act("handler", parent, "submit", result="resolved", text="路灯已更换")
    street.act("head", parent, "approve", via="phone")
    page = visit(sign_in_as("dispatcher"), HERE)
    assert listed(page) == ["SZ-9"]
    assert "承办单位：东风社区" in shown_text(page)
    assert "路灯已更换" in shown_text(page)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_batch_holds_exactly_the_day_and_marks_it(sign_in_as, street, clock, form):
    template(street)
    today = [ticket(street, "A"), ticket(street, "B")]
    street.worked("to_follow_up")
    street.wait(days=1)
    other = ticket(street, "C")
    clock.move_to(street.now)
    browser = sign_in_as("dispatcher")
    answer = exported(browser, visit(browser, HERE), form)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    rows = rows_of(answer)
    assert [row[0] for row in rows] == ["A", "B"]
    assert [row[2] for row in rows] == today
    assert rows[0][-1].startswith(f"工单 A（{today[0]}）")
    assert [copied(street, number) for number in today] == [street.now] * 2
    assert copied(street, other) is None
    assert [note.case_number for note in notes(street)] == today
    (export,) = notes(street, "cases_exported")
    assert "2 件" in export.detail
    assert "2026-03-02" in export.detail


def test_what_was_exported_comes_again_only_when_asked_for(sign_in_as, street):
    ticket(street, "A")
    browser = sign_in_as("dispatcher")
    page = visit(browser, HERE)
    exported(browser, page)
    ticket(street, "B")
    assert [row[0] for row in rows_of(exported(browser, page))] == ["B"]
    empty = exported(browser, page)
    assert empty.status_code == 303
    assert "没有未回填的答复" in visit(browser, empty.location).text
    again = rows_of(exported(browser, page, with_copied="true"))
    assert [row[0] for row in again] == ["A", "B"]
    assert len(notes(street)) == 2


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_looks_like_a_formula_stays_text(sign_in_as, street, form):
    template(street, body="{reply}")
    number = street.worked("handling", external_number="=1+1", title="@SUM(A1)")
    street.add_evidence(number)
    street.act("handler", number, "submit", result="resolved", text='=HYPERLINK("http://x")')
    street.act("head", number, "approve", via="phone")
    browser = sign_in_as("dispatcher")
    (row,) = rows_of(exported(browser, visit(browser, HERE), form))
    mark = "'" if form == "csv" else ""
    assert (row[0], row[3]) == (f"{mark}=1+1", f"{mark}@SUM(A1)")
    assert row[-1] == f'{mark}=HYPERLINK("http://x")'


def test_looking_takes_nothing_out(sign_in_as, street):
    number = ticket(street)
    browser = sign_in_as("dispatcher")
    assert browser.get(f"{HERE}/export").status_code == 404
    visit(browser, f"{HERE}/{number}")
    assert copied(street, number) is None
    assert notes(street) == []


@pytest.mark.parametrize("form", ["", "pdf", "../x"])
def test_a_file_of_another_kind_is_refused(sign_in_as, street, form):
    ticket(street)
    browser = sign_in_as("dispatcher")
    answer = exported(browser, visit(browser, HERE), form)
    assert answer.status_code == 400
    assert parse(answer).errors


def test_without_number_above_or_without_reply_there_is_nothing_to_carry(sign_in_as, street):
    numbers = [street.worked("closed"), ticket(street, until="to_review"), "RX2026-999999"]
    shown = ticket(street, "A")
    browser = sign_in_as("dispatcher")
    page = visit(browser, f"{HERE}/{shown}")
    token = next(i.get("value") for i in page.root.all("input") if i.get("name") == "csrf_token")
    for number in numbers:
        assert browser.get(f"{HERE}/{number}").status_code == 404
        sent = {"csrf_token": token, "reply": "1"}
        assert browser.post(f"{HERE}/{number}", data=sent).status_code == 404
    assert notes(street) == []


@pytest.mark.parametrize("who", ["handler", "head", "supervisor", "caller", "leader", "admin"])
def test_it_is_for_operators_and_dispatchers(sign_in_as, street, who):
    number = ticket(street)
    browser = sign_in_as(who)
    assert browser.get(HERE).status_code == 403
    assert browser.get(f"{HERE}/{number}").status_code == 403


def test_more_replies_cost_no_more_statements(sign_in_as, street, count_queries):
    browser = sign_in_as("dispatcher")
    ticket(street, "A")
    browser.get(HERE)
    with count_queries() as few:
        browser.get(HERE)
    for one in "BCD":
        ticket(street, one)
    with count_queries() as many:
        browser.get(HERE)
    assert len(many) == len(few)


def test_the_platforms_answer_is_asked_for_only_once_it_was_asked(sign_in_as, street):
    number = ticket(street, until="to_dispatch")
    browser = sign_in_as("dispatcher")
    address = f"/ops/cases/{number}/actions/return_upstream"
    page = visit(browser, address)
    assert "上级是否同意" not in page.text
    submit(browser, page, "return_upstream", text="事发地不在本辖区")
    page = visit(browser, address)
    assert "上级是否同意" in page.text
    submit(browser, page, "return_upstream", text="上级同意退回", granted="true")
    assert street.case(number).state == "referred"
