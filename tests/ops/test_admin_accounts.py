"""Accounts and roles: two administrators, each with a half, and a password that is seen once."""

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import func, select

from casetracker.domain.vocabulary import Role
from casetracker.ops.role_duties import DUTIES
from casetracker.persistence.account import AccessRecord, Account
from casetracker.persistence.outbox import IdempotencyKey
from casetracker.services.commands.accounts import STAFF, ChangeAccount
from casetracker.services.people.accounts import change_account
from tests.factories.desk import enter
from tests.pages import PASSWORD, fields_of, submit, visit

HERE = "/ops/admin/accounts"
NEW = {"username": "wangwu", "name": "王五", "unit": "dongfeng", "email": "wangwu@example.cn"}
OWN_WORDS = "Regen-7-Schirm"


def address(street, who, deed=""):
    return f"{HERE}/{street.people[who].account_id}{deed and '/'}{deed}"


def created(browser, **fields):
    """The answer to the form of a new account."""
    return submit(browser, visit(browser, f"{HERE}/new"), "/new", **{**NEW, **fields})


def password_on(page):
    shown = [one for one in page.root.all("input") if one.get("id") == "one-time-password"]
    return shown[0].get("value") if shown else None


def account_of(session, username):
    session.expire_all()
    return session.scalar(select(Account).where(Account.username == username))


def logged(session, what):
    return session.scalar(select(func.count(AccessRecord.id)).where(AccessRecord.what == what))


# who may


@pytest.mark.parametrize("who", ["operator", "head", "leader", "auditor", "discipline"])
def test_nobody_but_two_administrators_opens_the_pages(sign_in_as, street, who):
    browser = sign_in_as(who)
    for url in (HERE, f"{HERE}/new", address(street, "handler")):
        assert browser.get(url).status_code == 403
    assert HERE not in visit(browser, "/ops/").links.values()


def test_each_administrator_finds_the_entry_once_under_their_own_name(sign_in_as):
    for who, words in (("admin", "账号"), ("security", "账号与岗位")):
        browser = sign_in_as(who)
        assert visit(browser, "/ops/").links[words] == HERE
        assert visit(browser, HERE).heading == words


@pytest.mark.parametrize(
    ("who", "deeds"),
    [
        ("security", ["", "disable", "enable", "reset-password"]),
        ("admin", ["roles", "drop-second-factor"]),
        ("auditor", ["", "disable", "enable", "reset-password", "roles", "drop-second-factor"]),
    ],
)
def test_a_form_of_the_other_administrator_is_refused(sign_in_as, street, session, who, deeds):
    browser = sign_in_as(who)
    token = fields_of(visit(browser, "/ops/").form("sign-out"))["csrf_token"]
    for deed in deeds:
        sent = {"csrf_token": token, "name": "x", "unit": "xinhe", "roles": "leader"}
        assert browser.post(address(street, "handler", deed), data=sent).status_code == 403
    assert account_of(session, "handler").rights_version == 1


def test_the_security_administrator_makes_no_accounts(sign_in_as):
    browser = sign_in_as("security")
    assert "新建账号" not in visit(browser, HERE).links
    assert browser.get(f"{HERE}/new").status_code == 403


def test_the_system_administrator_sees_roles_and_cannot_set_them(sign_in_as, street):
    page = visit(sign_in_as("admin"), address(street, "handler"))
    assert "承办人" in page.text
    assert not [box for box in page.root.all("input") if box.get("type") == "checkbox"]


def test_an_account_that_does_not_exist_is_not_found(sign_in_as):
    assert sign_in_as("admin").get(f"{HERE}/999999").status_code == 404


# the list


def test_the_list_is_searched_by_name_username_and_unit(sign_in_as):
    browser = sign_in_as("admin")
    for words in ("second_handler", "second_handler先生"):
        page = visit(browser, f"{HERE}?q={words}")
        assert "second_handler先生" in page.text
        assert "other_handler先生" not in page.text
    page = visit(browser, f"{HERE}?q=新河")
    assert "other_handler先生" in page.text
    assert "second_handler先生" not in page.text


def test_the_list_says_who_is_disabled_has_no_role_or_never_came(sign_in_as, street):
    browser = sign_in_as("admin")
    created(browser)
    page = visit(browser, address(street, "handler"))
    submit(browser, page, "/disable")
    assert "handler先生" in visit(browser, f"{HERE}?state=disabled").text
    without_roles = visit(browser, f"{HERE}?state=no_roles")
    assert "王五" in without_roles.text
    assert "从未登录" in without_roles.text
    assert "caller先生" not in without_roles.text


def test_whoever_has_not_come_for_ninety_days_is_listed(sign_in_as, street, session):
    for who, came, days in (("caller", True, 91), ("leader", False, 91), ("head", True, 89)):
        account = account_of(session, who)
        day = street.now - timedelta(days=days)
        account.created_at, account.last_signed_in_at = day, day if came else None
        session.commit()
    page = visit(sign_in_as("admin"), f"{HERE}?state=unused")
    names = [row.all("a")[0].text for row in page.root.all("tr") if "data-row" in row.attributes]
    assert names == ["caller先生", "leader先生"]


def test_a_long_list_comes_in_pages(sign_in_as, session, street):
    for i in range(60):
        session.add(
            Account(
                username=f"many{i:02}", name=f"众人{i:02}", unit_id=street.units["xinhe"].id,
                roles=frozenset(), password_hash="x", password_changed_at=street.now,
                created_at=street.now,
            )
        )  # fmt: skip
    session.commit()
    browser = sign_in_as("admin")
    first = visit(browser, f"{HERE}?q=众人")
    assert "众人49" in first.text
    assert "众人50" not in first.text
    second = visit(browser, first.links["下一页"])
    assert "众人59" in second.text
    assert "众人49" not in second.text
    for nonsense in ("0", "-1", "99999", "²", "x"):
        visit(browser, f"{HERE}?page={nonsense}")


# a new account


def test_a_new_account_signs_in_with_its_password_and_must_change_it(
    sign_in_as, new_client, session
):
    page = created(sign_in_as("admin"))
    assert page.heading == "账号已建立"
    password = password_on(page)
    keeper = sign_in_as("security")
    account = account_of(session, "wangwu")
    own = f"{HERE}/{account.id}"
    submit(keeper, visit(keeper, own), f"{own}/roles", roles=["handler"])
    person = new_client()
    page = submit(person, visit(person, "/ops/sign-in"), username="wangwu", password=password)
    assert page.heading == "修改密码"
    assert visit(person, "/ops/cases").heading == "修改密码"
    page = submit(person, page, present=password, new=OWN_WORDS, again=OWN_WORDS)
    assert page.heading == "我的待办"
    assert "王五" in page.text


def test_the_password_stands_in_the_answer_and_nowhere_else(sign_in_as, session, caplog, capfd):
    browser = sign_in_as("admin")
    with caplog.at_level(0):
        page = created(browser)
    password = password_on(page)
    assert page.response.headers["Cache-Control"] == "no-store"
    assert page.response.history == (), "the password travelled over a redirect"
    account = account_of(session, "wangwu")
    for url in (HERE, f"{HERE}/{account.id}", "/ops/"):
        assert password not in visit(browser, url).response.get_data(as_text=True)
    assert password not in str(page.response.headers)
    kept = [
        *session.scalars(select(AccessRecord.detail)),
        *(str(result) for result in session.scalars(select(IdempotencyKey.result))),
        account.password_hash,
        caplog.text,
        *capfd.readouterr(),
    ]
    assert not any(password in (text or "") for text in kept)


def test_a_form_sent_twice_makes_one_account_and_shows_the_password_once(sign_in_as, session):
    browser = sign_in_as("admin")
    form = visit(browser, f"{HERE}/new")
    first = submit(browser, form, "/new", **NEW)
    kept = account_of(session, "wangwu").password_hash
    second = submit(browser, form, "/new", **NEW)
    assert password_on(first)
    assert second.status == 200
    assert password_on(second) is None
    assert "重置密码" in second.text
    assert f"{HERE}/{account_of(session, 'wangwu').id}" in second.links.values()
    assert account_of(session, "wangwu").password_hash == kept
    assert logged(session, "account_created") == 1


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(sign_in_as, session):
    browser = sign_in_as("admin")
    page = created(browser, username="王五", unit="", email="nobody")
    assert page.status == 400
    assert {line.partition("：")[0] for line in page.errors} == {"用户名", "单位", "电子邮箱"}
    assert fields_of(page.form("/new"))["name"] == "王五"
    assert created(browser, username="handler").errors == ["用户名：该用户名已有人使用，请换一个"]
    assert account_of(session, "王五") is None


def test_neither_roles_nor_a_password_of_ones_choice_can_be_slipped_in(sign_in_as, session):
    page = created(sign_in_as("admin"), roles="leader", password=OWN_WORDS)
    assert password_on(page) != OWN_WORDS
    assert account_of(session, "wangwu").roles == frozenset()


# an account is changed


def test_name_unit_and_mail_are_changed_and_logged(sign_in_as, street, session):
    browser = sign_in_as("admin")
    own = address(street, "handler")
    page = submit(browser, visit(browser, own), own, name="赵六", unit="xinhe", email="")
    assert page.flashes == ["账号资料已保存。"]
    account = account_of(session, "handler")
    assert (account.name, account.unit_id) == ("赵六", street.units["xinhe"].id)
    changed = select(AccessRecord.detail).where(AccessRecord.what == "account_changed")
    assert session.scalars(changed).all() == ["handler，新河社区：姓名、单位"]
    submit(browser, visit(browser, own), own)
    assert logged(session, "account_changed") == 1, "nothing was changed and yet it was logged"


def test_what_another_administrator_has_just_changed_is_not_overwritten(
    sign_in_as, street, session
):
    browser = sign_in_as("admin")
    own = address(street, "handler")
    page = visit(browser, own)
    other = ChangeAccount(name="赵六", unit="dongfeng")
    change_account(street.ctx("admin"), street.people["handler"].account_id, other)
    page = submit(browser, page, own, name="钱七")
    assert page.status == 409
    assert "账号刚被他人修改" in page.errors[0]
    assert account_of(session, "handler").name == "赵六"
    assert submit(browser, page, own).flashes == ["账号资料已保存。"]
    assert account_of(session, "handler").name == "钱七"


def test_a_disabled_account_is_out_at_once_and_in_again_when_enabled(
    sign_in_as, new_client, street, session
):
    person = sign_in_as("handler")
    browser = sign_in_as("admin")
    page = submit(browser, visit(browser, address(street, "handler")), "/disable")
    assert "停用" in page.text
    assert visit(person, "/ops/").heading == "登录"
    stranger = new_client()
    assert enter(stranger, street, "handler").status == 401
    submit(browser, page, "/enable")
    assert enter(stranger, street, "handler").heading == "我的待办"
    assert (logged(session, "account_disabled"), logged(session, "account_enabled")) == (1, 1)


def test_the_last_keeper_of_a_kind_stays_and_nobody_disables_themselves(
    sign_in_as, street, session
):
    browser = sign_in_as("admin")
    page = submit(browser, visit(browser, address(street, "auditor")), "/disable")
    assert page.status == 409
    assert "审计员" in page.errors[0]
    assert fields_of(page.form(address(street, "auditor")))["name"] == "auditor先生"
    own = visit(browser, address(street, "admin"))
    assert "确认停用" not in own.text
    token = fields_of(own.form("sign-out"))["csrf_token"]
    forced = browser.post(address(street, "admin", "disable"), data={"csrf_token": token})
    assert forced.status_code == 409
    assert account_of(session, "auditor").is_active
    assert account_of(session, "admin").is_active


def test_a_reset_password_ends_the_sessions_and_is_shown_once(
    sign_in_as, new_client, street, session
):
    person, browser = sign_in_as("handler"), sign_in_as("admin")
    form = visit(browser, address(street, "handler"))
    page = submit(browser, form, "/reset-password")
    again = submit(browser, form, "/reset-password")
    assert page.heading == again.heading == "密码已重置"
    assert password_on(again) is None
    assert logged(session, "password_reset") == 1
    assert visit(person, "/ops/").heading == "登录"
    stranger = new_client()
    old = submit(stranger, visit(stranger, "/ops/sign-in"), username="handler", password=PASSWORD)
    assert old.status == 401
    sign_in = visit(stranger, "/ops/sign-in")
    new = submit(stranger, sign_in, username="handler", password=password_on(page))
    assert new.heading == "修改密码"


# roles


def test_every_role_that_can_be_given_says_what_it_may_do(sign_in_as, street):
    assert set(DUTIES) == set(STAFF)
    page = visit(sign_in_as("security"), address(street, "handler"))
    assert all(words in page.text for words in DUTIES.values())


def test_roles_count_from_the_next_request_and_an_old_cookie_is_worth_nothing(
    sign_in_as, street, session
):
    person, keeper = sign_in_as("operator"), sign_in_as("security")
    assert visit(person, "/ops/cases/new").status == 200
    own = address(street, "operator")
    page = submit(keeper, visit(keeper, own), f"{own}/roles", roles=["leader", "supervisor"])
    assert page.flashes == ["岗位已设置，该账号须重新登录。"]
    assert visit(person, "/ops/cases/new").heading == "登录"
    enter(person, street, "operator")
    assert person.get("/ops/cases/new").status_code == 403
    assert account_of(session, "operator").roles == {Role.LEADER, Role.SUPERVISOR}
    detail = session.scalar(select(AccessRecord.detail).where(AccessRecord.what == "roles_set"))
    assert detail == "operator：主要领导、督办员（原为受理员）"


def test_roles_sent_twice_are_set_and_logged_once(sign_in_as, street, session):
    keeper, own = sign_in_as("security"), address(street, "operator")
    form = visit(keeper, own)
    for _ in range(2):
        page = submit(keeper, form, f"{own}/roles", roles=["leader"])
        assert page.flashes == ["岗位已设置，该账号须重新登录。"]
    assert logged(session, "roles_set") == 1


def test_the_three_keepers_hold_nothing_else(sign_in_as, street, session):
    keeper, own = sign_in_as("security"), address(street, "operator")
    page = submit(keeper, visit(keeper, own), f"{own}/roles", roles=["operator", "auditor"])
    assert page.status == 400
    assert "三员分立" in page.errors[0]
    ticked = fields_of(page.form(f"{own}/roles"))["roles"]
    assert ticked == ["operator", "auditor"], "what was ticked is lost"
    assert account_of(session, "operator").roles == {Role.OPERATOR}


def test_a_role_nobody_has_is_refused(sign_in_as, street, session):
    keeper, own = sign_in_as("security"), address(street, "operator")
    for role in ("system", "resident", "emperor"):
        page = submit(keeper, visit(keeper, own), f"{own}/roles", roles=[role])
        assert page.status == 400
        assert page.errors
    assert account_of(session, "operator").roles == {Role.OPERATOR}


def test_nobody_sets_their_own_roles(sign_in_as, street, session):
    keeper, own = sign_in_as("security"), address(street, "security")
    page = visit(keeper, own)
    assert "不能设置自己的岗位" in page.text
    token = fields_of(page.form("sign-out"))["csrf_token"]
    sent = {"csrf_token": token, "roles": ["leader"]}
    assert keeper.post(f"{own}/roles", data=sent).status_code == 409
    assert account_of(session, "security").roles == {Role.SECURITY_ADMIN}


def test_the_last_auditor_keeps_the_role(sign_in_as, street, session):
    keeper, own = sign_in_as("security"), address(street, "auditor")
    page = submit(keeper, visit(keeper, own), f"{own}/roles", roles=["operator"])
    assert page.status == 409
    assert "审计员" in page.errors[0]
    assert account_of(session, "auditor").roles == {Role.AUDITOR}


def test_a_lost_second_factor_is_dropped_and_the_sessions_end(
    sign_in_as, new_client, street, session
):
    person = sign_in_as("handler")
    page = visit(person, "/ops/me/second-factor")
    app = pyotp.TOTP(page.root.all("code")[0].text.replace(" ", ""))
    submit(person, page, code=app.now())
    keeper, own = sign_in_as("security"), address(street, "handler")
    page = submit(keeper, visit(keeper, own), "/drop-second-factor")
    assert "未启用" in page.text
    assert visit(person, "/ops/").heading == "登录"
    assert enter(new_client(), street, "handler").heading == "我的待办"
    assert logged(session, "second_factor_off") == 1


def test_the_entry_stays_lit_on_the_pages_below_it(sign_in_as, street):
    page = visit(sign_in_as("admin"), f"/ops/admin/accounts/{street.people['operator'].account_id}")
    lit = [link.text for link in page.root.all("a") if link.attributes.get("aria-current")]
    assert any("账号" in text for text in lit), lit
