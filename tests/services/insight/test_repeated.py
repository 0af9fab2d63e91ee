"""Matters of several residents, found among the cases of a street."""

from pathlib import Path

import pytest

from casetracker.domain.errors import NotFound, NotPermitted
from casetracker.services.commands.insight import TopicsQuestion
from casetracker.services.imports.running import import_file
from casetracker.services.insight import comparing
from casetracker.services.insight.repeated import repeated_matter, repeated_matters
from tests.factories.street import Street
from tests.factories.tables import there

REAL_FILES = Path(__file__).resolve().parents[4] / "shared" / "data"
SHOP = {"title": "兴隆街老王烧烤油烟扰民", "content": "老王烧烤每晚摆到两点，油烟进屋没法开窗。"}
SHOP_AGAIN = {"title": "烧烤店太吵", "content": "兴隆街老王烧烤油烟很大，每晚摆到两点还在吵。"}
MONTH = TopicsQuestion(days=30)


def caller(name: str, phone: str) -> dict[str, dict[str, str]]:
    return {"petitioner": {"name": name, "phone": phone}}


def test_two_residents_make_a_matter_and_one_who_calls_twice_does_not(street: Street) -> None:
    zhang, li = caller("张三", "13800000001"), caller("李四", "13800000002")
    street.register(**SHOP, **zhang)
    street.register(**SHOP_AGAIN, **zhang)
    assert repeated_matters(street.ctx("supervisor"), MONTH).matters == ()
    second = street.register(**SHOP_AGAIN, **li).number
    [matter] = repeated_matters(street.ctx("supervisor"), MONTH).matters
    assert (matter.persons, len(matter.numbers), matter.open) == (2, 3, 3)
    assert "老王烧烤" in matter.name
    opened = repeated_matter(street.ctx("leader"), second, MONTH)
    assert {row.number for row in opened.rows} == set(matter.numbers)


def test_a_unit_head_finds_what_the_own_unit_has(street: Street) -> None:
    numbers = [
        street.register(**body, **caller("甲", f"1380000000{at}")).number
        for at, body in enumerate((SHOP, SHOP_AGAIN))
    ]
    assert repeated_matters(street.ctx("head"), MONTH).matters == ()
    for number in numbers:
        street.act("dispatcher", number, "dispatch", unit="东风社区")
    assert len(repeated_matters(street.ctx("head"), MONTH).matters) == 1
    assert repeated_matters(street.ctx("other_head"), MONTH).compared == 0
    with pytest.raises(NotFound):
        repeated_matter(street.ctx("other_head"), numbers[0], MONTH)
    with pytest.raises(NotPermitted):
        repeated_matters(street.ctx("handler"), MONTH)


@pytest.mark.skipif(not REAL_FILES.is_dir(), reason="真实材料不在旁边：../shared/data")
@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)  # words are told apart here
def test_among_real_messages_the_largest_matters_are_single_ones(
    street: Street, tmp_path: Path
) -> None:
    street.now = there("2026-03-02 09:30")
    path = REAL_FILES / "messages_hot_topics.xlsx"
    import_file(street.ctx("admin"), path, "messages", data_dir=tmp_path)
    street.now = there("2019-09-20 09:30")
    found = repeated_matters(street.ctx("supervisor"), TopicsQuestion(days=90)).matters
    first = found[0]
    assert first.persons >= 10
    titles = [street.case(number).title for number in first.numbers]
    assert all("滨河" in title or "广铁" in title or "车位" in title for title in titles)


def test_what_was_compared_is_not_compared_again_until_a_word_of_it_changes(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = street.register(**SHOP, **caller("张三", "13800000001")).number
    second = street.register(**SHOP_AGAIN, **caller("李四", "13800000002")).number
    [matter] = repeated_matters(street.ctx("supervisor"), MONTH).matters
    assert set(matter.numbers) == {first, second}
    with monkeypatch.context() as patch:
        patch.setattr(comparing, "ties_among", lambda told: pytest.fail("compared again"))
        assert repeated_matters(street.ctx("supervisor"), MONTH).matters == (matter,)
    other = street.case(second)
    other.title, other.content = "积水", "雨后积水难行，请疏通。"
    street.session.commit()
    assert repeated_matters(street.ctx("supervisor"), MONTH).matters == ()
