"""Chinese search finds exactly what LIKE would find, on both engines, at once."""

import random

import pytest
from sqlalchemy import select, text

from casetracker.persistence import search_index
from casetracker.persistence.case import Case
from casetracker.persistence.queries.case_list import CaseFilter
from casetracker.services.case_reading.listing import list_cases
from tests.factories.street import Street

TEXTS = (
    "东风小区三栋门口的路灯不亮，晚上出行不安全，希望尽快维修。",
    "中午12点到下午2点，楼下工地一直施工，噪音扰民，影响老人休息。",
    "新沟镇街道107国道旁有人焚烧秸秆，烟味很大。",
    "小区物业不作为，电梯坏了半个月没人修，老人上下楼很不方便。",
    "建议在东风路与新河路路口增设红绿灯。",
    "垃圾清运不及时，垃圾桶满了三天，苍蝇很多，路灯也坏了。",
    "WiFi信号塔离居民楼太近，担心辐射，请核实（附照片）。",
    "咨询：2026年城乡居民医保缴费标准是多少？",
)


def found(street: Street, phrase: str) -> set[str]:
    hit = search_index.found(street.session, phrase)
    assert hit is not None
    query = select(Case.number).join(hit.source, hit.case_id == Case.id).where(hit.condition)
    return set(street.session.scalars(query))


def by_like(street: Street, phrase: str) -> set[str]:
    query = text("SELECT number FROM cases WHERE lower(content) LIKE '%' || :phrase || '%'")
    return set(street.session.scalars(query, {"phrase": phrase.lower()}))


@pytest.fixture
def written(street: Street) -> Street:
    for content in TEXTS:
        street.register(content=content, title="诉求")
    return street


@pytest.mark.parametrize("length", range(1, 21))
def test_a_phrase_of_any_length_is_found_where_like_finds_it(written: Street, length: int) -> None:
    chance = random.Random(length)
    runs = [run for content in TEXTS for run in _runs(content) if len(run) >= length]
    starts = [(run, chance.randrange(len(run) - length + 1)) for run in runs]
    phrases = {run[start : start + length] for run, start in starts}
    for phrase in phrases or {TEXTS[1][20:20]} - {""}:
        assert found(written, phrase) == by_like(written, phrase), phrase


def _runs(content: str) -> list[str]:
    return "".join(sign if sign.isalnum() else " " for sign in content).split()


def test_there_are_phrases_of_nearly_every_length_to_try() -> None:
    assert max(len(run) for content in TEXTS for run in _runs(content)) >= 17


def test_words_that_stand_nowhere_find_nothing(written: Street) -> None:
    for phrase in ("不存在的词", "灯路", "鼠"):
        assert found(written, phrase) == set() == by_like(written, phrase)


def test_a_case_is_found_as_soon_as_it_is_written(street: Street) -> None:
    number = street.register(content="井盖缺失，行人险些跌落").number
    page = list_cases(street.ctx("operator"), CaseFilter(q="井盖缺失"))
    assert [row.number for row in page.rows] == [number]


def test_several_words_must_all_occur(written: Street) -> None:
    assert len(found(written, "路灯 苍蝇")) == 1
    assert len(found(written, "路灯")) == 2


@pytest.mark.parametrize(
    "odd", ['"', "路灯'", "路灯 OR 1", "NEAR(", "*", "%", "_", "路灯:*", "a & b", "\\"]
)
def test_signs_of_a_query_language_are_only_signs(written: Street, odd: str) -> None:
    list_cases(written.ctx("operator"), CaseFilter(q=odd))


def test_words_of_nothing_but_signs_find_nothing(written: Street) -> None:
    assert list_cases(written.ctx("operator"), CaseFilter(q="%%")).rows == ()
