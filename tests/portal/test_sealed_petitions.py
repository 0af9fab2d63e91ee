"""A petition of the confidential lane at the portal."""

import pytest

from tests.factories.petitions import classify, petition


class TestSealed:
    """What lies in the confidential lane was received; nothing else is said and nothing taken."""

    @pytest.fixture(params=["at_once", "classified", "from_the_hotline", "handed_on"])
    def sealed(self, request, street, codes):
        words = {"content": "举报东风社区主任收礼。"}
        if request.param == "at_once":
            return petition(street, **words, petition={"petition_class": "accusation"}).number
        if request.param == "from_the_hotline":
            number = street.worked("handling", **words)
            street.act("dispatcher", number, "transfer_confidential", reason="属检举控告。")
            return number
        number = petition(street, **words).number
        classify(street, number, petition_class="accusation", subroute=None, reason="违纪")
        if request.param == "handed_on":
            street.act("discipline", number, "transfer_confidential", reason="移送", organ="区纪委")
        return number

    def test_one_page_for_all_of_them(self, visitor, street, codes, sealed):
        page = visitor.open_up(sealed, codes)
        assert visitor.title == "已收到，正在依规办理"
        for word in ("东风", "收礼", "纪委", "移送", "检举", "保密", "信访件", "甄别", "期限"):
            assert word not in page, word

    @pytest.mark.parametrize(
        ("path", "fields"),
        [
            ("/progress/urge", {"text": "快"}),
            ("/progress/evaluate", {"resolved": "true", "satisfaction": "fair"}),
            ("/progress/review", {"reason": "不服"}),
            ("/progress/judgement", {"unit": "satisfied"}),
            ("/progress/withdraw", {"text": "算了"}),
        ],
    )
    def test_nothing_can_be_done_to_it(self, visitor, street, codes, sealed, path, fields):
        visitor.open_up(sealed, codes)
        version = street.case(sealed).version
        answer = visitor.post(path, **fields)
        assert answer.status_code in (303, 409)
        for word in ("纪委", "移送", "检举", "保密"):
            assert word not in answer.text
        assert street.case(sealed).version == version
