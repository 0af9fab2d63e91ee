"""Signing in, being locked out, and sessions that die on the server."""

import pyotp
import pytest
from sqlalchemy import select

from casetracker.domain.vocabulary import Role
from casetracker.persistence.account import AccessRecord, Account, SignInSession
from casetracker.services.commands.accounts import SetRoles
from casetracker.services.people.accounts import disable_account, reset_password, set_roles
from tests.factories.desk import enter, give_password
from tests.pages import PASSWORD, submit, visit

UNIFORM = [
    "登录没有成功：用户名、密码或动态验证码不正确，请核对后重试；连续五次错误将锁定三十分钟。"
]


def try_to_enter(client, **fields):
    return submit(client, visit(client, "/ops/sign-in"), **fields)


def test_a_right_password_opens_the_desk_with_ones_name_and_unit(client, street):
    page = enter(client, street, "dispatcher")
    assert page.heading == "我的待办"
    assert "dispatcher先生" in page.text
    assert "民呼我应指挥中心" in page.text


def test_wrong_password_unknown_name_and_disabled_account_get_the_same_answer(
    client, street, session
):
    give_password(session, "handler")
    give_password(session, "head")
    disable_account(street.ctx("admin"), street.people["head"].account_id)
    answers = [
        try_to_enter(client, username=name, password=word)
        for name, word in (
            ("handler", "not the password"),
            ("nobody-of-that-name", PASSWORD),
            ("head", PASSWORD),
        )
    ]
    assert [page.errors for page in answers] == [UNIFORM] * 3
    assert {page.status for page in answers} == {401}


@pytest.mark.parametrize("name", ["handler", "nobody-of-that-name"])
def test_five_failures_lock_a_name_for_half_an_hour_even_for_the_right_password(
    client, street, session, clock, name
):
    give_password(session, "handler")
    for _ in range(5):
        assert try_to_enter(client, username=name, password="wrong").status == 401
    locked = try_to_enter(client, username=name, password=PASSWORD)
    assert locked.status == 429
    assert "30 分钟" in locked.errors[0]
    clock.shift(30 * 60)
    expected = "我的待办" if name == "handler" else "登录"
    assert try_to_enter(client, username=name, password=PASSWORD).heading == expected


def test_many_good_sign_ins_from_one_address_lock_nobody_out(new_client, street):
    for _ in range(3):
        for who in ("handler", "head", "caller", "leader"):
            assert enter(new_client(), street, who).heading == "我的待办"


def test_guessing_at_many_names_from_one_address_is_stopped(client, street, session):
    for i in range(60):
        page = try_to_enter(client, username=f"guess{i}", password="wrong")
    assert page.status == 401
    assert try_to_enter(client, username="guess60", password="wrong").status == 429


def test_the_cookie_is_kept_only_as_a_hash_and_shut_to_scripts(client, street, session):
    give_password(session, "handler")
    answer = submit(
        client, visit(client, "/ops/sign-in"), follow=False, username="handler", password=PASSWORD
    )
    cookies = answer.response.headers.getlist("Set-Cookie")
    (cookie,) = [c for c in cookies if c.startswith("casetracker=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    value = cookie.split(";")[0].partition("=")[2]
    assert len(value) >= 43
    assert all(value not in seat.id_hash for seat in session.scalars(select(SignInSession)))


def test_every_sign_in_starts_a_session_under_a_new_id(client, street):
    enter(client, street, "handler")
    first = client.get_cookie("casetracker").value
    client.post("/ops/sign-out", data={"csrf_token": token_of(client)})
    enter(client, street, "handler")
    assert client.get_cookie("casetracker").value != first


def token_of(client):
    page = visit(client, "/ops/me")
    return next(e.get("value") for e in page.root.all("input") if e.get("name") == "csrf_token")


def test_an_old_cookie_is_worth_nothing_after_signing_out(client, new_client, street):
    enter(client, street, "handler")
    cookie = client.get_cookie("casetracker").value
    page = visit(client, "/ops/")
    answer = submit(client, page, "/ops/sign-out", follow=False)
    assert "Clear-Site-Data" in answer.response.headers
    thief = new_client()
    thief.set_cookie("casetracker", cookie)
    assert visit(thief, "/ops/").heading == "登录"


END_OF_SESSION = {
    "roles are set": lambda street, who: set_roles(
        street.ctx("security"), who, SetRoles(roles=(Role.UNIT_HEAD,))
    ),
    "the account is disabled": lambda street, who: disable_account(street.ctx("admin"), who),
    "the password is reset": lambda street, who: reset_password(street.ctx("admin"), who),
}


@pytest.mark.parametrize("change", END_OF_SESSION)
def test_a_session_ends_at_once_when(sign_in_as, street, change):
    browser = sign_in_as("handler")
    assert browser.get("/ops/").status_code == 200
    END_OF_SESSION[change](street, street.people["handler"].account_id)
    answer = browser.get("/ops/")
    assert answer.status_code == 302
    assert answer.location == "/ops/sign-in?next=/ops/"


def test_changing_ones_password_ends_the_other_browsers_and_keeps_this_one(sign_in_as, street):
    here, elsewhere = sign_in_as("handler"), sign_in_as("handler")
    new = "Neue-Lampe-77x"
    page = submit(here, visit(here, "/ops/me/password"), present=PASSWORD, new=new, again=new)
    assert page.flashes == ["密码已修改，其他地方的登录已全部退出。"]
    assert here.get("/ops/").status_code == 200
    assert elsewhere.get("/ops/").status_code == 302


def test_a_session_ends_after_half_an_hour_of_idleness_but_not_before(sign_in_as, clock):
    browser = sign_in_as("handler")
    for _ in range(3):
        clock.shift(29 * 60)
        assert browser.get("/ops/").status_code == 200
    clock.shift(30 * 60 + 1)
    assert browser.get("/ops/").status_code == 302


def test_a_session_ends_after_twelve_hours_however_busy(sign_in_as, clock):
    browser = sign_in_as("handler")
    for _ in range(12 * 3 - 1):
        clock.shift(20 * 60)
        assert browser.get("/ops/me").status_code == 200
    clock.shift(20 * 60)
    assert browser.get("/ops/me").status_code == 302


def test_the_sixth_browser_pushes_the_first_one_out(sign_in_as, clock):
    browsers = []
    for _ in range(6):
        clock.shift(1)
        browsers.append(sign_in_as("handler"))
    assert [b.get("/ops/me").status_code for b in browsers] == [302, 200, 200, 200, 200, 200]


def test_one_can_end_a_session_elsewhere_but_nobody_elses(sign_in_as, clock):
    here = sign_in_as("handler")
    clock.shift(60)
    there = sign_in_as("handler")
    stranger = sign_in_as("head")
    page = visit(here, "/ops/me")
    address = page.form("/sessions/").get("action")
    token = token_of(stranger)
    assert stranger.post(address, data={"csrf_token": token}).status_code == 404
    assert there.get("/ops/").status_code == 200
    assert submit(here, page, "/sessions/").flashes == ["已结束该处登录。"]
    assert there.get("/ops/").status_code == 302


def test_a_one_time_password_must_be_changed_before_anything_else(client, street, session):
    made = reset_password(street.ctx("admin"), street.people["handler"].account_id)
    page = try_to_enter(client, username="handler", password=made.password)
    assert page.heading == "修改密码"
    assert visit(client, "/ops/inbox").heading == "修改密码"
    new = "Neue-Lampe-77x"
    page = submit(client, page, present=made.password, new=new, again=new)
    assert page.heading == "我的待办"


def test_a_password_grows_old_after_ninety_days(client, street, session, clock):
    clock.shift(91 * 24 * 3600)
    assert enter(client, street, "handler").heading == "修改密码"


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("Short-1", "至少 10 位"),
        ("onlysmallletters", "至少三类"),
        ("Password-2026", "过于常见"),
        ("Abcdef-12 345 6", "过于常见"),
        ("handler-Lampe-7", "不能包含单位名称、姓名"),
        ("Xingou-Lampe-7", "不能包含单位名称、姓名"),
        (PASSWORD, "不能与原密码相同"),
    ],
)
def test_a_weak_new_password_is_refused_with_the_reason(sign_in_as, new, said):
    browser = sign_in_as("handler")
    page = submit(browser, visit(browser, "/ops/me/password"), present=PASSWORD, new=new, again=new)
    assert page.status == 400
    assert said in page.errors[0]
    assert page.errors[0].startswith("新密码：")


def test_guessing_the_present_password_is_limited(sign_in_as):
    browser = sign_in_as("handler")
    page = visit(browser, "/ops/me/password")
    new = "Neue-Lampe-77x"
    for _ in range(5):
        answer = submit(browser, page, present="guess", new=new, again=new)
        assert answer.errors == ["原密码：原密码不正确"]
    assert submit(browser, page, present=PASSWORD, new=new, again=new).status == 429


def bind_app(browser):
    page = visit(browser, "/ops/me/second-factor")
    secret = page.root.all("code")[0].text.replace(" ", "")
    return page, pyotp.TOTP(secret)


def test_with_a_second_factor_the_password_alone_does_not_open_the_desk(
    sign_in_as, new_client, street, clock
):
    browser = sign_in_as("admin")
    page, app = bind_app(browser)
    submit(browser, page, code=app.now())
    clock.shift(60)
    stranger = new_client()
    answer = try_to_enter(stranger, username="admin", password=PASSWORD)
    assert answer.errors == UNIFORM
    right = try_to_enter(stranger, username="admin", password=PASSWORD, code=app.now())
    assert right.heading == "我的待办"


def test_a_code_is_good_once_however_it_is_typed(sign_in_as, new_client, clock):
    browser = sign_in_as("admin")
    page, app = bind_app(browser)
    submit(browser, page, code=app.now())
    clock.shift(60)
    code = app.now()
    first = try_to_enter(new_client(), username="admin", password=PASSWORD, code=code)
    assert first.heading == "我的待办"
    for replay in (code, f"{code[:3]} {code[3:]}", f" {code} ", code.translate(FULL_WIDTH)):
        again = try_to_enter(new_client(), username="admin", password=PASSWORD, code=replay)
        assert again.errors == UNIFORM


FULL_WIDTH = {ord("0") + i: ord("０") + i for i in range(10)}


def test_a_wrong_first_code_does_not_bind_the_app(sign_in_as, session):
    browser = sign_in_as("admin")
    page, app = bind_app(browser)
    wrong = f"{(int(app.now()) + 1) % 1_000_000:06}"
    assert submit(browser, page, code=wrong).errors == [
        "动态验证码：动态验证码不正确或已使用过，请等下一个验证码"
    ]
    account = session.scalar(select(Account).where(Account.username == "admin"))
    assert account.totp_secret is None


def test_sign_ins_good_and_bad_stand_in_the_access_log(client, street, session):
    give_password(session, "handler")
    try_to_enter(client, username="handler", password="wrong")
    try_to_enter(client, username="somebody", password="their password")
    try_to_enter(client, username="handler", password=PASSWORD)
    lines = session.execute(
        select(AccessRecord.username, AccessRecord.success)
        .where(AccessRecord.what == "sign_in")
        .order_by(AccessRecord.id)
    ).all()
    assert [tuple(line) for line in lines] == [("handler", False), (None, False), ("handler", True)]
