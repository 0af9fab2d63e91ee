"""The access log on the auditor's desk: every act of administration, found again, taken out."""

import csv
import io

import pytest
from sqlalchemy import select

from casetracker.domain.access import Access
from casetracker.persistence.account import AccessRecord
from casetracker.services.access_log import note_access
from casetracker.services.commands.accounts import CreateAccount, SetRoles
from casetracker.services.office import auditing
from casetracker.services.people.accounts import create_account, disable_account, set_roles
from tests.pages import submit, visit

HERE = "/ops/admin/audit"


def rows(page):
    return [row.text for row in page.root.all("tr") if "data-row" in row.attributes]


@pytest.fixture
def acts(street):
    """What two administrators did."""
    made = create_account(
        street.ctx("admin"), CreateAccount(username="wangwu", name="王五", unit="东风社区")
    )
    set_roles(street.ctx("security"), made.id, SetRoles(roles=("handler",)))
    disable_account(street.ctx("admin"), made.id)


@pytest.mark.parametrize("who", ["admin", "security", "operator", "leader", "discipline"])
def test_the_log_is_the_auditors_alone(sign_in_as, who):
    browser = sign_in_as(who)
    assert browser.get(HERE).status_code == 403
    assert HERE not in visit(browser, "/ops/").links.values()


def test_acts_of_administration_stand_there_newest_first(sign_in_as, acts):
    lines = rows(visit(sign_in_as("auditor"), HERE))
    found = [next(i for i, line in enumerate(lines) if words in line) for words in (
        "停用账号", "设置岗位", "新建账号",
    )]  # fmt: skip
    assert found == sorted(found)
    assert "security先生" in lines[found[1]]
    assert "wangwu：承办人" in lines[found[1]]


def test_a_failed_sign_in_is_marked_and_can_be_looked_for(sign_in_as, new_client, street):
    stranger = new_client()
    submit(stranger, visit(stranger, "/ops/sign-in"), username="nobody", password="wrong")
    browser = sign_in_as("auditor")
    page = visit(browser, HERE)
    (failed,) = [line for line in rows(page) if "失败" in line]
    assert "未知用户名" in failed
    assert rows(visit(browser, page.links["登录失败"])) == [failed]


def test_the_log_is_narrowed_by_person_kind_case_and_day(sign_in_as, street, acts, clock):
    number = street.register().number
    ctx = street.ctx("caller")
    note_access(ctx, street.session, Access.PERSON_REVEALED, "回访", case_number=number)
    street.session.commit()
    clock.shift(3 * 24 * 3600)
    browser = sign_in_as("auditor")
    for asked in ("person=caller", "person=caller先生", f"number={number}", "what=person_revealed"):
        (line,) = rows(visit(browser, f"{HERE}?{asked}"))
        assert number in line
        assert "查看完整个人信息" in line
    assert "新建账号" in " ".join(rows(visit(browser, f"{HERE}?until=2026-03-02")))
    assert rows(visit(browser, f"{HERE}?since=2026-03-03&what=account_created")) == []
    assert rows(visit(browser, f"{HERE}?person=%25")) == []


def test_no_text_of_a_case_stands_in_the_log(sign_in_as, street):
    street.register(
        content="东风小区的路灯不亮", petitioner={"name": "张三", "phone": "13812345678"}
    )
    page = visit(sign_in_as("auditor"), HERE)
    assert "路灯" not in page.text
    assert "张三" not in page.text


def test_nonsense_in_the_address_is_named(sign_in_as):
    browser = sign_in_as("auditor")
    for asked in (
        "since=yesterday", "until=9999-12-31", "since=0001-01-01", "what=nothing", "result=x",
    ):  # fmt: skip
        assert visit(browser, f"{HERE}?{asked}", status=400).errors, asked
    for harmless in ("page=x", "page=-1", "page=99999999999999999999"):
        visit(browser, f"{HERE}?{harmless}")


def test_a_long_log_comes_in_pages_without_a_line_twice(sign_in_as, street, session):
    for i in range(auditing.PAGE + 10):
        note_access(street.ctx("head"), session, Access.FILE_OPENED, f"第{i}号")
    session.commit()
    browser = sign_in_as("auditor")
    first = visit(browser, f"{HERE}?person=head")
    second = visit(browser, first.links["下一页"])
    assert len(rows(first)) == auditing.PAGE
    assert len(set(rows(first) + rows(second))) == auditing.PAGE + 10
    assert "下一页" not in second.links


def exported(browser, query=""):
    answer = submit(browser, visit(browser, f"{HERE}{query}"), "/export").response
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def test_what_was_filtered_is_taken_out_and_that_is_noted(sign_in_as, acts, session):
    browser = sign_in_as("auditor")
    head, *lines = exported(browser, "?person=admin&what=account_disabled")
    assert head[:4] == ["时间", "用户名", "姓名", "事项"]
    assert [line[1:4] for line in lines] == [["admin", "admin先生", "停用账号"]]
    noted = session.scalar(select(AccessRecord).where(AccessRecord.what == Access.AUDIT_READ))
    assert noted.username == "auditor"
    assert noted.detail == "导出 1 条；人员：admin，事项：停用账号"


def test_a_cell_of_the_export_cannot_become_a_formula(sign_in_as, street, session):
    note_access(street.ctx("head"), session, Access.PERSON_REVEALED, "=HYPERLINK(1)")
    session.commit()
    (line,) = exported(sign_in_as("auditor"), "?person=head")[1:]
    assert line[6] == "'=HYPERLINK(1)"


def test_an_export_goes_on_beyond_one_read_and_has_an_end(sign_in_as, street, session, monkeypatch):
    monkeypatch.setattr(auditing, "AT_ONCE", 2)
    monkeypatch.setattr(auditing, "MOST_LINES", 6)
    for i in range(6):
        note_access(street.ctx("head"), session, Access.FILE_OPENED, f"第{i}号")
    session.commit()
    browser = sign_in_as("auditor")
    assert [line[6] for line in exported(browser, "?person=head")[1:]] == [
        f"第{i}号" for i in range(5, -1, -1)
    ]
    page = submit(browser, visit(browser, HERE), "/export")
    assert "请缩小日期范围" in page.flashes[0]
