"""Registering a petition at the desk: the form, earlier matters beside it, the receipt."""

from collections.abc import Callable

from flask.testing import FlaskClient

from casetracker.persistence.case import Case
from casetracker.persistence.petition import PetitionPerson
from tests.factories.petitions import petition, row_of
from tests.factories.street import Street
from tests.pages import Page, submit, visit

SignIn = Callable[[str], FlaskClient]
NEW = "/ops/petitions/new"
LETTER = {
    "channel": "letter",
    "petition__purpose": "demand",
    "petitioner__name": "李四",
    "petitioner__phone": "13812345678",
    "content": "反映三号楼屋面漏水多年无人维修，请求维修。",
}


def register(client: FlaskClient, **fields: str) -> Page:
    return submit(client, visit(client, NEW), NEW, **{**LETTER, **fields})


def advice_on(client: FlaskClient, **fields: str) -> str:
    page = visit(client, NEW)
    token = next(e.get("content") for e in page.root.all("meta") if e.get("name") == "csrf-token")
    sent = {name.replace("__", "."): value for name, value in {**LETTER, **fields}.items()}
    answer = client.post(f"{NEW}/suggest", data=sent, headers={"X-CSRFToken": token})
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def newest(street: Street) -> Case:
    street.session.expire_all()
    return street.session.query(Case).order_by(Case.id.desc()).first()


def test_a_letter_is_registered_and_the_receipt_says_by_when_they_are_told(
    street: Street, sign_in_as: SignIn
) -> None:
    client = sign_in_as("clerk")
    done = register(client)
    case = newest(street)
    assert done.heading == "信访件已登记"
    assert case.number in done.text
    assert "最迟书面告知3月17日(周二)前" in done.text
    assert "登记不等于受理" in done.text
    assert (case.track, case.kind) == ("petition", "help")
    elsewhere = visit(sign_in_as("second_clerk"), f"/ops/cases/{case.number}/receipt")
    assert "不再显示" in elsewhere.text


def test_sixty_people_with_their_representatives_are_one_case_and_sixty_persons(
    street: Street, sign_in_as: SignIn
) -> None:
    people = "王一 13900000001 代表\n王二 代表\n王三"
    done = register(sign_in_as("clerk"), channel="visit", persons="60", petition__people=people)
    assert done.heading == "信访件已登记", done.errors
    case = newest(street)
    assert case.persons == 60
    assert row_of(street, case.number).is_collective
    chosen = street.session.query(PetitionPerson).filter_by(is_representative=True).count()
    assert chosen == 2


def test_six_representatives_are_refused_with_the_article_and_nothing_is_lost(
    street: Street, sign_in_as: SignIn
) -> None:
    people = "\n".join(f"王{n} 代表" for n in "一二三四五六")
    refused = register(sign_in_as("clerk"), channel="visit", persons="9", petition__people=people)
    assert refused.status == 400
    assert any("第二十条第三款" in error for error in refused.errors)
    assert "王六 代表" in refused.text
    assert street.session.query(Case).count() == 0


def test_what_was_spoken_has_to_be_read_back(street: Street, sign_in_as: SignIn) -> None:
    client = sign_in_as("clerk")
    refused = register(client, channel="visit", petition__oral="true")
    assert any("第十九条第一款" in error for error in refused.errors)
    done = submit(client, refused, NEW, petition__read_back="true")
    assert done.heading == "信访件已登记"


def test_what_another_organ_sent_shows_the_days_for_an_objection(
    street: Street, sign_in_as: SignIn
) -> None:
    client = sign_in_as("clerk")
    sent = {"channel": "forwarded", "petition__sender": "区信访局", "source_level": "district",
            "external_number": "区信转〔2026〕8号", "petition__sent_on": "2026-03-02"}  # fmt: skip
    assert "转送异议" in advice_on(client, **sent)
    done = register(client, **sent)
    assert "转送异议" in done.text
    assert row_of(street, newest(street).number).sent_number == "区信转〔2026〕8号"


def test_earlier_matters_of_the_same_people_are_offered_and_linked(
    street: Street, sign_in_as: SignIn
) -> None:
    by_phone = petition(
        street, petitioner={"name": "李四", "phone": "13812345678"}, content=LETTER["content"]
    ).number
    signed = petition(
        street, petitioner={"name": "赵五"}, persons=2,
        petition={"people": [{"name": "李四", "phone": "13812345678"}]},
    ).number  # fmt: skip
    client = sign_in_as("clerk")
    words = advice_on(client)
    assert by_phone in words
    assert signed in words
    assert words.index(by_phone) < words.index(signed)  # the same words come first
    done = register(client, repeat_of=by_phone)
    assert done.heading == "信访件已登记"
    assert newest(street).repeat_of_id == street.case(by_phone).id


def test_what_the_clerk_does_not_see_is_not_offered(street: Street, sign_in_as: SignIn) -> None:
    hotline = street.register(petitioner={"name": "李四", "phone": "13812345678"}).number
    assert hotline not in advice_on(sign_in_as("clerk"))
    assert hotline in advice_on(sign_in_as("operator"))


def test_an_accusation_gives_a_neutral_receipt_and_is_gone(
    street: Street, sign_in_as: SignIn
) -> None:
    client = sign_in_as("clerk")
    done = register(client, petition__petition_class="accusation")
    number = newest(street).number
    assert number in done.text
    assert "查询码" in done.text
    assert LETTER["content"][:10] not in done.text
    visit(client, f"/ops/cases/{number}", status=404)
    assert number not in visit(client, "/ops/petitions").text
    assert number not in advice_on(client)


def test_a_draft_outlives_the_sign_in(street: Street, sign_in_as: SignIn) -> None:
    client = sign_in_as("clerk")
    page = visit(client, NEW)
    token = next(e.get("content") for e in page.root.all("meta") if e.get("name") == "csrf-token")
    kept = client.post(
        "/ops/drafts/petition_intake",
        data={"content": "说到一半的信访", "petition.sender": "区信访局", "channel": "visit"},
        headers={"X-CSRFToken": token},
    )
    assert kept.status_code == 204
    restored = visit(sign_in_as("clerk"), NEW)
    assert "说到一半的信访" in restored.text


def test_the_desk_of_somebody_without_the_right_has_no_form(sign_in_as: SignIn) -> None:
    visit(sign_in_as("adviser"), NEW, status=403)
