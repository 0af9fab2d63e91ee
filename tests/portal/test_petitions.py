"""A petition at the portal: what is disclosed, how far it has come, and what it was answered."""

import re

import pytest

from tests.factories.petitions import classify, petition, serve, worked

WORDS = "三号楼屋面漏水，请求维修。"


def stations(page):
    return re.findall(r'class="stations__words"><b>([^<]+)<', page)


@pytest.mark.parametrize(
    ("until", "headline", "passed"),
    [
        ("registered", "已登记，正在甄别由谁办理", ["已登记", "办理中", "已答复"]),
        ("accepted", "已受理，正在交承办单位", ["已登记", "已受理", "办理中", "已答复"]),
        ("handling", "东风社区正在办理", ["已登记", "已受理", "办理中", "已答复"]),
        ("to_check", "东风社区已提出处理意见，正在审核", ["已登记", "已受理", "办理中", "已答复"]),
        ("to_serve", "书面答复已签发，正在送达您", ["已登记", "已受理", "办理中", "已答复"]),
        ("served", "已答复", ["已登记", "已受理", "办理中", "已答复"]),
        ("in_review", "区人民政府正在复查", ["已登记", "已受理", "办理中", "已答复"]),
        ("concluded", "信访程序已终结", ["已登记", "已受理", "办理中", "已答复"]),
    ],
)
def test_each_stage_in_plain_words(visitor, street, codes, until, headline, passed):
    number = worked(street, until, content=WORDS)
    page = visitor.open_up(number, codes)
    assert visitor.title.replace("某区人民政府", "区人民政府") == headline
    assert stations(page) == passed


def test_what_must_be_disclosed_stands_there_with_its_dates(visitor, street, codes, wait):
    number = worked(street, "handling", content=WORDS)
    wait(days=7)
    street.act("handler", number, "request_extension", days=30, reason="expert_opinion",
               text="需鉴定")  # fmt: skip
    street.act("leader", number, "decide_extension", granted=True, note="下不为例")
    page = visitor.open_up(number, codes)
    for words in ("登记", "受理", "书面告知已送达", "交东风社区承办", "办理期限延长至"):
        assert f">{words}" in page
    assert "3月9日(周一)" in page
    for secret in ("下不为例", "先生", "李四", "需鉴定"):
        assert secret not in page


def test_a_transfer_tells_from_and_to_whom(visitor, street, codes):
    number = petition(
        street, channel="forwarded", external_number="区信〔2026〕7号",
        petition={"sender": "区信访局", "sent_on": "2026-02-27"},
    ).number  # fmt: skip
    classify(street, number)
    street.act("clerk", number, "forward", organ="区住房局", text="请办理。")
    before = visitor.open_up(number, codes)
    assert "区信访局转送、交办到本街道" in before
    assert "2月27日(周五)" in before
    assert "区信〔2026〕7号" in before
    assert visitor.title == "已有决定，正在书面告知您"
    assert "区住房局" not in before, "told on paper first"
    serve(street, number)
    after = visitor.open_up(number, codes)
    assert visitor.title == "已转送区住房局"
    assert "转送区住房局，告知书已送达" in after


@pytest.mark.parametrize(
    ("action", "body", "headline", "words"),
    [
        (
            "decline",
            {"reason": "not_ours", "organ": "区法院", "text": "请向法院。"},
            "不予受理",
            "不予受理，告知书已送达，请向区法院提出",
        ),
        (
            "refuse_again",
            {"review_number": "市复〔2025〕1号", "reviewed_on": "2025-11-20", "text": "相同。"},
            "不再受理",
            "不再受理，告知书已送达",
        ),
    ],
)
def test_a_refusal_is_told_once_its_paper_was_served(
    visitor, street, codes, action, body, headline, words
):
    number = worked(street, "classified")
    street.act("second_clerk", number, action, **body)
    visitor.open_up(number, codes)
    assert visitor.title == "已有决定，正在书面告知您"
    serve(street, number)
    page = visitor.open_up(number, codes)
    assert visitor.title == headline
    assert words in page
    assert stations(page) == ["已登记", headline]


def test_by_when_the_next_thing_comes(visitor, street, codes):
    number = worked(street, "registered")
    assert "最迟书面告知" in visitor.open_up(number, codes)
    number = worked(street, "accepted")
    assert "最迟答复" in visitor.open_up(number, codes)
    number = worked(street, "in_review")
    assert "复查机关最迟答复" in visitor.open_up(number, codes)


def test_the_answer_is_read_with_its_remedy(visitor, street, codes):
    page = visitor.open_up(worked(street, "served", content=WORDS), codes)
    assert "由物业公司使用维修资金完成屋面防水维修" in page
    assert "书面申请复查" in page
    assert WORDS in page


def test_issued_papers_are_linked_and_open_for_this_browser_alone(
    visitor, another, street, codes, store, real_papers
):
    number = worked(street, "served")
    page = visitor.open_up(number, codes)
    [address] = set(re.findall(r'href="(/progress/papers/[0-9]+\.pdf)"', page))
    with visitor.get(address) as paper:
        assert paper.data[:5] == b"%PDF-"
        assert "no-store" in paper.headers["Cache-Control"]
    assert another().get(address).headers["Location"] == "/track"
    other = another("198.51.100.4")
    other.open_up(worked(street, "registered"), codes)
    assert other.get(address).status_code == 404


def test_who_asked_for_confidentiality_sees_dates_and_no_words(visitor, street, codes):
    number = worked(
        street, "served", content=WORDS, petitioner={"name": "李四", "confidential": True}
    )
    page = visitor.open_up(number, codes)
    assert visitor.title == "已答复"
    assert "交东风社区承办" in page
    assert "您要求保密" in page
    assert "屋面" not in page, page
    assert "/progress/papers/" not in page


def test_a_wrong_code_of_a_petition_tells_nothing(visitor, another, street, codes):
    number = worked(street, "served")
    known = another("198.51.100.1").look(number, "AAAAAAAA")
    unknown = another("198.51.100.2").look("XF2026-999999", "AAAAAAAA")
    assert (known.status_code, len(known.data)) == (404, len(unknown.data))


def test_after_an_order_to_handle_it_anew_it_is_worked_on_again(visitor, street, codes):
    number = worked(street, "in_review")
    street.act("clerk", number, "decide_review", outcome="rehandle", text="事实不清。")
    page = visitor.open_up(number, codes)
    assert visitor.title == "东风社区正在办理"
    assert "复查意见：撤销并责令重新办理" in page
    assert "给您的答复" in page, "the earlier answer stays to be read"
