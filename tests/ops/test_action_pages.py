"""The form of an action on a phone in the street: photos along, the number at hand, drafts kept."""

import io
from collections.abc import Callable

from flask.testing import FlaskClient
from PIL import Image

from casetracker.domain.vocabulary import State
from tests.factories.street import Street
from tests.pages import fields_of, parse, submit, visit

SignIn = Callable[[str], FlaskClient]
REPLY = {"result": "resolved", "text": "路灯已修好，请您查看。"}


def photo() -> tuple[io.BytesIO, str]:
    kept = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(kept, "JPEG")
    kept.seek(0)
    return kept, "现场.jpg"


def form_of(number: str, action: str) -> str:
    return f"/ops/cases/{number}/actions/{action}"


def test_a_photo_goes_along_with_the_reply(street: Street, sign_in_as: SignIn) -> None:
    number = street.worked("handling")
    handler = sign_in_as("handler")
    page = visit(handler, form_of(number, "submit"))
    assert "暂不能办理" not in page.text
    done = submit(handler, page, "/submit", **REPLY, files=photo())
    assert "现场.jpg 已上传" in done.text
    assert street.case(number).state is State.TO_REVIEW


def test_a_refused_reply_keeps_its_photo(street: Street, sign_in_as: SignIn) -> None:
    number = street.worked("handling")
    handler = sign_in_as("handler")
    page = visit(handler, form_of(number, "submit"))
    wrong = submit(handler, page, "/submit", text=REPLY["text"], files=photo())
    assert wrong.status == 400
    assert "现场.jpg" in wrong.links
    assert "已提交" not in wrong.text
    submit(handler, wrong, "/submit", **REPLY)
    assert street.case(number).state is State.TO_REVIEW


def test_a_photo_for_an_overtaken_page_is_not_kept(street: Street, sign_in_as: SignIn) -> None:
    number = street.worked("handling")
    handler = sign_in_as("handler")
    page = visit(handler, form_of(number, "submit"))
    street.act("head", number, "log", text="我先去看过了。")
    late = submit(handler, page, "/submit", **REPLY, files=photo())
    assert late.status == 409
    assert REPLY["text"] in late.text
    assert "现场.jpg" not in late.links


def test_whoever_calls_sees_the_number_after_one_press(street: Street, sign_in_as: SignIn) -> None:
    number = street.worked("signed")
    handler = sign_in_as("handler")
    page = visit(handler, form_of(number, "contact"))
    shown = submit(handler, page, "/reveal")
    assert any(link.startswith("tel:") for link in shown.links.values())


def test_what_was_typed_comes_back_and_goes_when_it_is_sent(
    street: Street, sign_in_as: SignIn
) -> None:
    number = street.worked("handling")
    handler = sign_in_as("handler")
    page = visit(handler, form_of(number, "log"))
    address = page.form("/log").get("data-draft-url")
    typed = {**fields_of(page.form("/log")), "text": "写到一半的办理情况"}
    assert handler.post(address, data=typed).status_code == 204
    again = visit(handler, form_of(number, "log"))
    assert "写到一半的办理情况" in again.text
    submit(handler, again, "/log")
    assert "写到一半" not in visit(handler, form_of(number, "log")).form("/log").text


def test_no_number_is_shown_to_whoever_may_not_see_it(street: Street, sign_in_as: SignIn) -> None:
    number = street.worked("signed")
    answer = sign_in_as("other_handler").post(f"{form_of(number, 'contact')}/reveal")
    assert parse(answer).status in (400, 404)


def test_a_step_that_waits_for_somebody_says_for_what_and_for_whom(
    street: Street, sign_in_as: SignIn
) -> None:
    number = street.worked("closed")
    asked = {"reason": "misrouted", "text": "不属于本区。", "document_number": "区函1号"}
    street.act("head", number, "exclude", **asked)
    page = visit(sign_in_as("supervisor"), form_of(number, "exclude"))
    assert "已有待审的剔除申请：请等待审定。" in page.text
    assert not page.root.all("textarea")


def test_a_step_that_is_not_open_has_no_form_but_its_reason(
    street: Street, sign_in_as: SignIn
) -> None:
    number = street.worked("to_sign")
    page = visit(sign_in_as("handler"), form_of(number, "submit"))
    assert "您不能在此状态下“提交办结”" in page.text
    assert not page.root.all("textarea")
    assert page.links["返回工单"] == f"/ops/cases/{number}"
