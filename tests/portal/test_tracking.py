"""查进度: what number and query code open, and that nothing can be learnt without them."""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from casetracker.domain.errors import TooManyAttempts
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.timeline import TimelineEntry
from casetracker.services.context import RESIDENT, Context
from casetracker.services.query_codes import spend_attempt
from tests.databases import environment
from tests.factories.street import MONDAY_MORNING
from tests.portal.conftest import Visitor
from tests.processes import ROOT

CSRF = re.compile(r'name="csrf_token" value="[^"]+"')
PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea><svg onload=alert(1)>",
    "{{ 7 * 191 }}",
    "javascript:alert(1)",
)


def plain(response):
    """What a stranger can tell about an answer."""
    text = CSRF.sub("", response.text)
    headers = {k: v for k, v in response.headers if k not in ("X-Request-ID", "Set-Cookie")}
    return response.status_code, text, len(response.data), headers


def test_number_and_code_open_the_case_however_they_are_typed(visitor, another):
    number, code = visitor.receipt()
    stranger = another()
    answer = stranger.look(f" {number.lower()} ", f"{code[:4].lower()} - {code[4:].lower()}")
    assert answer.headers["Location"] == "/progress"
    assert number in stranger.follow(answer).text


def test_a_wrong_code_and_an_unknown_number_cannot_be_told_apart(visitor, another):
    number, code = visitor.receipt()
    wrong_code = "A" * 8 if code != "A" * 8 else "B" * 8
    known = plain(another("198.51.100.1").look(number, wrong_code))
    unknown = plain(another("198.51.100.2").look("RX2026-999999", wrong_code))
    assert known == tuple(
        part.replace("RX2026-999999", number) if isinstance(part, str) else part for part in unknown
    )
    assert known[0] == 404


def test_after_five_wrong_codes_number_is_locked_whether_it_exists_or_not(visitor, another):
    number, code = visitor.receipt()
    answers = {}
    for target in (number, "RX2026-999999"):
        guesser = another("198.51.100.3")
        statuses = [guesser.look(target, "AAAAAAAA").status_code for _ in range(5)]
        assert statuses == [404] * 5
        answers[target] = plain(guesser.look(target, "AAAAAAAA"))
    known, unknown = answers.values()
    assert known[0] == 429
    assert known[1] == unknown[1].replace("RX2026-999999", number)
    assert known[2:] == unknown[2:]
    assert known[3]["Retry-After"] == "900"
    assert another("198.51.100.4").look(number, code).status_code == 429


def test_the_lock_ends_and_the_right_code_wipes_the_count(visitor, another, wait):
    number, code = visitor.receipt()
    guesser = another("198.51.100.5")
    for _ in range(5):
        guesser.look(number, "AAAAAAAA")
    wait(minutes=16)
    assert another().look(number, code).status_code == 303
    for _ in range(4):
        assert guesser.look(number, "AAAAAAAA").status_code == 404
    assert another().look(number, code).status_code == 303


def test_one_address_cannot_try_number_after_number(another):
    guesser = another("198.51.100.6")
    statuses = [guesser.look(f"RX2026-{n:06}", "AAAAAAAA").status_code for n in range(31)]
    assert statuses == [404] * 30 + [429]


GUESSES = """
import re
from casetracker import create_app
browser = create_app().test_client()
for _ in range(5):
    page = browser.get("/track").text
    token = re.search('name="csrf_token" value="([^"]+)"', page)[1]
    form = {"number": "RX2026-000001", "code": "AAAAAAAA", "csrf_token": token}
    print(browser.post("/track", data=form).status_code)
"""


def test_the_lock_holds_in_another_process(own_app, fresh_database_url, tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", GUESSES],
        env=environment(fresh_database_url, tmp_path),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["404"] * 5
    here = Visitor(own_app.test_client(), "127.0.0.9")
    assert here.look("RX2026-000001", "AAAAAAAA").status_code == 429


def test_the_code_is_taken_by_post_only(visitor, another):
    number, code = visitor.receipt()
    stranger = another()
    assert number not in stranger.get(f"/track?number={number}&code={code}").text
    assert stranger.get(f"/progress?number={number}&code={code}").headers["Location"] == "/track"


@pytest.mark.parametrize("number", ["", "坏\x00号", "x" * 300])
def test_nonsense_is_refused_at_its_field(visitor, number):
    answer = visitor.look(number, "AAAAAAAA")
    assert answer.status_code == 400
    assert 'id="e-number"' in answer.text


def test_the_stations_follow_the_case_and_name_the_unit_but_nobody_of_the_staff(visitor, street):
    number, _ = visitor.receipt()
    seen = []
    for who, action, body in (
        ("dispatcher", "dispatch", {"unit": "东风社区", "handler": "handler", "note": "内部批注"}),
        ("handler", "sign_for", {}),
        ("handler", "contact", {"outcome": "reached", "note": "内部联系记录"}),
        ("handler", "log", {"text": "内部办理记录"}),
        ("handler", "log", {"text": "已约电工周三上门", "public": True}),
    ):
        street.act(who, number, action, **body)
        visitor.get("/progress")
        seen.append(re.findall(r"<h1>(.+)</h1>", visitor.page)[0])
    street.add_evidence(number)
    street.act("handler", number, "submit", result="resolved", text="已换灯泡。", note="内部说明")
    street.act("head", number, "approve", note="内部审核意见")
    visitor.get("/progress")
    assert seen == ["已派给东风社区", *["东风社区正在办理"] * 4]
    assert "已答复，请您评价" in visitor.page
    assert "已换灯泡。" in visitor.page
    assert "已约电工周三上门" in visitor.page
    assert "内部" not in visitor.page
    assert "先生" not in visitor.page
    assert visitor.page.count('class="stations__stop stations__stop--done"') == 4


def test_a_late_answer_is_owned_up_to(visitor, street, wait):
    number, code = visitor.receipt()
    wait(days=10)
    visitor.follow(visitor.look(number, code))
    assert "已经超过答复期限" in visitor.page
    assert "已超期 3 个工作日" in visitor.page


def test_an_extension_shows_its_new_date_and_not_the_leaders_note(visitor, street):
    number, _ = visitor.receipt()
    street.act("dispatcher", number, "dispatch", unit="东风社区")
    street.act("handler", number, "sign_for")
    street.act("handler", number, "request_extension", days=5, reason="construction_period",
               text="等材料")  # fmt: skip
    street.act("deputy", number, "decide_extension", granted=True, note="下不为例")
    visitor.get("/progress")
    assert "办理期限延长" in visitor.page
    assert "3月16日(周一)" in visitor.page
    assert "下不为例" not in visitor.page


def test_what_is_declined_says_so_with_the_words_meant_for_the_resident(visitor, street):
    number, _ = visitor.receipt()
    street.act("operator", number, "decline", reason="statutory_channel", text="请向法院起诉。")
    visitor.get("/progress")
    assert "这件事不在受理范围内" in visitor.page
    assert "请向法院起诉。" in visitor.page


def test_a_grouped_matter_follows_the_other_one_and_tells_nothing_of_its_resident(
    visitor, another, street
):
    first, _ = another("198.51.100.7").receipt(
        content="三栋的灯坏了，我叫周吴郑", petitioner__name="周吴郑"
    )
    number, _ = visitor.receipt()
    street.act("operator", number, "group", into=first)
    street.act("dispatcher", first, "dispatch", unit="东风社区")
    visitor.get("/progress")
    assert "已派给东风社区" in visitor.page
    assert "合并办理" in visitor.page
    for secret in (first, "周吴郑", "三栋的灯坏了"):
        assert secret not in visitor.page


def test_who_wished_for_confidentiality_finds_nothing_of_what_they_said(visitor, street):
    visitor.receipt(
        content="举报二楼麻将馆", petitioner__confidential="1",
        location__address="二楼甲号", petitioner__name="孙某", petitioner__phone="13812340000",
    )  # fmt: skip
    visitor.get("/progress")
    assert "您要求保密" in visitor.page
    for secret in ("麻将馆", "二楼甲号", "孙某", "1381234"):
        assert secret not in visitor.page


def test_personal_numbers_in_ones_own_words_are_masked(visitor):
    visitor.receipt(content="请打 13812345678 找我", petitioner__name="孙某某")
    visitor.get("/progress")
    assert "13812345678" not in visitor.page
    assert "孙某某" not in visitor.page


def test_leaving_takes_the_case_off_the_device(visitor):
    visitor.receipt()
    visitor.get("/progress")
    visitor.post("/track/end")
    assert visitor.get("/progress").headers["Location"] == "/track"


def test_a_changed_cookie_opens_nothing(visitor, another, clock):
    visitor.receipt()
    taken = visitor.client.get_cookie("form").value
    thief = another()
    thief.client.set_cookie("form", taken[:30] + ("A" if taken[30] != "A" else "B") + taken[31:])
    assert thief.get("/progress").headers["Location"] == "/track"


def test_what_residents_type_stays_text(visitor, street):
    nasty = " ".join(PAYLOADS)
    visitor.receipt(content=nasty, location__address=nasty, petitioner__name=nasty)
    visitor.get("/progress")
    visitor.post("/progress/urge", text=nasty)
    visitor.get("/progress")
    for page in (visitor.page, visitor.look(nasty, nasty).text):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<svg onload" not in page
        assert "1337" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_urging_is_taken_once_a_day_and_a_double_click_counts_once(visitor, street, wait):
    number, code = visitor.receipt()
    visitor.get("/progress")
    tokens = dict(visitor.tokens)
    visitor.follow(visitor.post("/progress/urge", text="请快一点"))
    assert "已催办" in visitor.page
    visitor.tokens = tokens
    assert visitor.post("/progress/urge", text="请快一点").status_code == 303
    visitor.tokens = {"csrf_token": tokens["csrf_token"]}
    again = visitor.post("/progress/urge", text="再催")
    assert again.status_code == 409
    assert "今天已催办过" in again.text
    assert street.case(number).urge_count == 1
    wait(days=1, minutes=1)
    visitor.follow(visitor.look(number, code))
    assert visitor.post("/progress/urge").status_code == 303
    assert street.case(number).urge_count == 2


def test_urging_and_judging_need_the_proof_of_the_code(another, street, visitor):
    visitor.receipt()
    stranger = another()
    stranger.get("/track")
    assert stranger.post("/progress/urge").headers["Location"] == "/track"
    sent = stranger.post("/progress/evaluate", resolved="true", satisfaction="satisfied")
    assert sent.headers["Location"] == "/track"


@pytest.mark.parametrize("path", ["/track", "/track/end", "/progress/urge", "/progress/evaluate"])
def test_without_the_token_of_the_page_nothing_is_done(visitor, session, path):
    visitor.receipt()
    before = session.scalar(select(func.count(TimelineEntry.id)))
    visitor.tokens.clear()
    assert visitor.post(path, number="x", code="y", satisfaction="fair").status_code == 400
    assert session.scalar(select(func.count(TimelineEntry.id))) == before
    assert visitor.get("/progress").status_code == 200


def test_a_case_logged_at_the_desk_can_be_followed_with_the_code_from_the_telephone(
    visitor, street
):
    outcome = street.register()
    visitor.follow(visitor.look(outcome.number, outcome.facts["query_code"]))
    assert outcome.number in visitor.page
    person = street.session.get(Petitioner, street.session.scalar(select(Case.petitioner_id)))
    assert person.name not in visitor.page


def test_guesses_made_at_the_same_moment_are_counted_one_by_one(own_app):
    start = Barrier(12)

    def guess(n):
        with own_app.app_context():
            ctx = Context(RESIDENT, MONDAY_MORNING, ip=f"198.51.100.{n}")
            start.wait()
            try:
                spend_attempt(ctx, "RX2026-000001")
            except TooManyAttempts:
                return "locked"
            return "tried"

    with ThreadPoolExecutor(12) as guessers:
        assert sorted(guessers.map(guess, range(12))) == ["locked"] * 7 + ["tried"] * 5
