"""By default nobody sees more of a person than a surname, four digits and a road."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetracker.domain.privacy import (
    mask_address,
    mask_id_number,
    mask_name,
    mask_phone,
    mask_text,
)
from tests.effort import effort


@pytest.mark.parametrize(
    ("name", "mask"),
    [
        ("张三", "张*"),
        ("张三丰", "张*"),
        ("欧阳锋", "欧阳*"),
        ("欧阳", "欧*"),  # surname 欧, given name 阳
        ("诸葛孔明", "诸葛*"),
        ("王孙丽", "王*"),
        ("阿卜杜拉·买买提", "阿*"),
        ("张先生", "张*"),
        (" 李雷 ", "李*"),
        ("𠀀明", "𠀀*"),
        ("John Smith", "J*"),
        ("张", "*"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_of_a_name_the_surname_is_left(name: str, mask: str) -> None:
    assert mask_name(name) == mask


@pytest.mark.parametrize(
    ("phone", "mask"),
    [
        ("13812341234", "138****1234"),
        ("+86 138 1234 1234", "138****1234"),
        ("１３８１２３４１２３４", "138****1234"),
        ("02783210000", "027****0000"),
        ("027-83210000", "027****0000"),
        ("02783210000-801", "027****0000"),
        ("07128321000", "0712****1000"),
        ("4001234567", "****67"),
        ("83210000", "****00"),
        ("12345", "****"),
        ("打我微信", "****"),
        ("", ""),
    ],
)
def test_of_a_telephone_number_the_last_four_are_left(phone: str, mask: str) -> None:
    assert mask_phone(phone) == mask


def test_of_an_identity_number_the_city_and_the_last_four_are_left() -> None:
    assert mask_id_number("420106199003071234") == "4201**********1234"
    assert mask_id_number("11010519491231002X") == "1101**********002X"
    assert mask_id_number("420106900307123") == "4201*******7123"
    assert mask_id_number("420106") == "******"
    assert mask_id_number("") == ""


@pytest.mark.parametrize(
    ("address", "mask"),
    [
        (
            "湖北省武汉市东西湖区新沟镇街道前进社区3栋2单元501室",
            "湖北省武汉市东西湖区新沟镇街道前进社区***",
        ),
        ("解放大道123号前进社区5栋", "解放大道***"),
        ("前进社区幸福花园3栋", "前进社区***"),
        ("五一路２０号", "五一路***"),
        ("107国道旁", "107国道***"),
        ("东风村二组15号", "东风村***"),
        ("东西湖区幸福小区3-2-501", "东西湖区***"),
        ("幸福小区三栋", "***"),
        ("幸福花园3#2单元", "***"),
        ("工商银行旁边", "***"),
        ("解放路 501", "解放路***"),
        ("前进社区", "前进社区"),
        (" 解放路 ", "解放路"),
        ("", ""),
    ],
)
def test_of_an_address_the_road_or_community_is_left(address: str, mask: str) -> None:
    assert mask_address(address) == mask


@pytest.mark.parametrize(
    ("text", "mask"),
    [
        ("我的电话13812341234,请联系", "我的电话138****1234,请联系"),
        ("138 1234 1234或139-1234-5678", "138****1234或139****5678"),
        ("+86 13812341234。", "138****1234。"),
        ("１３８１２３４１２３４", "138****1234"),
        ("１３８　１２３４　１２３４", "138****1234"),
        ("座机027-83210000", "座机027****0000"),
        ("(027) 83210000", "027****0000"),
        ("电话:83210000,白天在", "电话:****00,白天在"),
        ("身份证420106199003071234。", "身份证4201**********1234。"),
        ("身份证11010519491231002x", "身份证1101**********002X"),
        ("老证420106900307123号", "老证4201*******7123号"),
        ("卡号4111 1111 1111 1111", "卡号****1111"),
        ("卡号4111111111111111", "卡号****1111"),
    ],
)
def test_numbers_inside_a_text_are_masked(text: str, mask: str) -> None:
    assert mask_text(text) == mask


@pytest.mark.parametrize(
    "text",
    [
        "2026年3月1日上午10:30,3栋2单元501室,共12户",
        "工单号20260301123456,编号RX2026-000123",
        "订单4111111111111112",  # the check digit of a card is wrong
        "流水号202603011234567890123",  # longer than any card
        "拨打12345反映过",
        "面积1234567平方米",
        "流水号123456991332345",  # fifteen digits without a birthday: month 13
        "合同号42010619901332123X",
        "",
    ],
)
def test_other_figures_of_a_text_stay_readable(text: str) -> None:
    assert mask_text(text) == text


def test_no_generated_mobile_or_identity_number_survives_in_a_text() -> None:
    source = random.Random(7)
    for _ in range(2_000):
        mobile = f"1{source.randrange(3, 10)}{source.randrange(10**9):09d}"
        person = f"4201061990{source.randrange(1, 13):02d}15{source.randrange(10**4):04d}"
        masked = mask_text(f"我叫某某,{mobile};证件{person}")
        assert mobile not in masked
        assert person not in masked


@given(st.text(alphabet="甲乙 -电话0123456789０１X转号", max_size=60))
def test_masking_a_text_twice_changes_nothing_more(text: str) -> None:
    once = mask_text(text)
    assert mask_text(once) == once
    assert not re.search(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])", once)


@pytest.mark.parametrize("unit", ["1", "1 ", "甲1-", "0 ", "路", "一", "a", "电话", "(0", "区3-"])
def test_no_mask_can_be_slowed_down_by_a_crafted_text(unit: str) -> None:
    def masked(length: int) -> None:
        text = unit * (length // len(unit))
        mask_text(text)
        mask_address(text)
        mask_phone(text)

    grown = effort(lambda: masked(80_000)) / effort(lambda: masked(10_000))
    assert grown < 24, "eight times the text takes about eight times, not sixty-four"
