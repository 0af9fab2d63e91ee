"""Every code has exactly one Chinese word, and the words fixed for outsiders stay fixed."""

import inspect
from enum import StrEnum

import pytest

from casetracker.domain import oversight_vocabulary as oversight
from casetracker.domain import patrol_vocabulary as patrol
from casetracker.domain import petition_vocabulary as petition
from casetracker.domain import vocabulary as v
from casetracker.domain.access import Access
from casetracker.domain.deadlines import Standing
from casetracker.domain.exports import ExportKind, ExportState
from casetracker.domain.frozen.roll import RollMark
from casetracker.labels import LABELS, UnknownName, label, member_from

ENUMS = [
    item
    for item in (
        *vars(v).values(),
        *vars(petition).values(),
        *vars(oversight).values(),
        *vars(patrol).values(),
    )
    if inspect.isclass(item) and issubclass(item, StrEnum) and item is not StrEnum
] + [Standing, Access, ExportKind, ExportState, RollMark]
MEMBERS = [member for enum in ENUMS for member in enum]

# What API, CLI and imports promise to accept and give, in the order of the enums.
FIXED_WORDS = {
    v.Channel: """
        mayor_line 市长专线 district_line 区长热线 hotline_12345 12345 message_board 城市留言板
        neighbourhood 微邻里 petition_online 阳光信访 letter 来信 visit 来访 call 来电
        window 综合窗口 leader_reception 领导接访 leader_note 领导批示 forwarded 上级转送交办
        grid 网格上报 patrol 巡查发现 community 社区自收 portal 网上提交 media 媒体舆情
        deputies 人大政协""",
    v.SourceLevel: "national 国家 provincial 省 municipal 市 district 区 street 街道",
    v.Urgency: "normal 一般 urgent 紧急 critical 特急",
    v.Kind: """
        consult 咨询 help 求助 complaint 投诉 report 举报 suggestion 建议 praise 表扬
        other 其他""",
    v.State: """
        to_dispatch 待派单 to_sign 待签收 handling 办理中 return_pending 退单待审 to_review 待审核
        replied 已回告 to_follow_up 待回访 redo 二次办理 on_hold 挂账 grouped 已并单
        declined 不受理 referred 转出 withdrawn 撤诉 closed 已办结 archived 已归档
        registered 已登记 classified 已甄别 objection_pending 异议待核 to_notify 待告知
        awaiting_report 交办待报 forwarded 已转送 redirected 已导入法定程序 refused 不予受理
        refused_again 不再受理 accepted 已受理 to_check 待合法性审核 to_sign_off 待签发
        to_serve 待送达 served 已送达 executing 执行中 in_review 复查中 reviewed 已复查
        in_final_review 复核中 finally_reviewed 已复核 concluded 程序终结
        in_lane 保密通道 transferred 已移送""",
    v.ExcludeReason: """
        statutory_channel 法定途径 unreasonable 不合理或违法 beyond_powers 超政府职责
        misrouted 误派 force_majeure 不可抗力 repeat 同人同事重复 legacy 历史遗留
        unreachable 无法联系""",
}


def test_every_enum_of_the_vocabulary_has_a_table_and_no_table_is_left_over() -> None:
    assert set(LABELS) == set(ENUMS)


@pytest.mark.parametrize("enum", ENUMS, ids=lambda enum: enum.__name__)
def test_every_member_has_one_word_that_no_other_member_of_its_enum_has(
    enum: type[StrEnum],
) -> None:
    words = [label(member) for member in enum]
    assert len(set(words)) == len(words)
    assert set(LABELS[enum]) == set(enum)
    assert all(word and word == word.strip() for word in words)


@pytest.mark.parametrize("enum", FIXED_WORDS, ids=lambda enum: enum.__name__)
def test_the_words_that_outsiders_rely_on_stay_fixed(enum: type[StrEnum]) -> None:
    tokens = FIXED_WORDS[enum].split()
    assert dict(zip(tokens[::2], tokens[1::2], strict=True)) == {m.value: label(m) for m in enum}


@pytest.mark.parametrize("member", MEMBERS, ids=lambda m: f"{type(m).__name__}.{m.name}")
def test_code_and_chinese_name_both_lead_back_to_the_member(member: StrEnum) -> None:
    assert member_from(type(member), member.value) is member
    assert member_from(type(member), label(member)) is member


def test_equal_codes_of_two_enums_keep_their_own_words() -> None:
    assert (label(v.State.REDO), label(v.Action.REDO)) == ("二次办理", "重办")


@pytest.mark.parametrize("text", [" 求助\n", "HELP", "ｈｅｌｐ", "\u3000help "])
def test_space_case_and_full_width_letters_do_not_matter(text: str) -> None:
    assert member_from(v.Kind, text) is v.Kind.HELP


def test_full_width_digits_name_the_hotline() -> None:
    assert member_from(v.Channel, "１２３４５") is v.Channel.HOTLINE_12345


@pytest.mark.parametrize("text", ["", "救助", "help2", "求助投诉"])
def test_an_unknown_name_is_refused_with_the_names_that_are_known(text: str) -> None:
    with pytest.raises(UnknownName) as refusal:
        member_from(v.Kind, text)
    assert refusal.value.accepted == ("咨询", "求助", "投诉", "举报", "建议", "表扬", "其他")
    assert refusal.value.text == text
