"""Patrols on the desk: entered on a phone, worked to the end, counted, printed."""

import io

import pytest
from PIL import Image

from casetracker.domain.access import Access
from casetracker.persistence.account import AccessRecord
from tests.factories.patrol import hazard, worked
from tests.pages import fill_in, submit, visit

pytestmark = pytest.mark.usefixtures("store")
INSPECTION = {"place": "惠民超市", "place_kind": "shop", "outcome": "clean"}
FOUND = {"outcome": "hazard", "hazard__kind": "fire", "hazard__description": "疏散通道堆物。"}


def picture() -> tuple[io.BytesIO, str]:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), (30, 200, 30)).save(out, "JPEG")
    out.seek(0)
    return out, "整改后.jpg"


def test_a_few_taps_enter_an_inspection_with_its_hazard_and_picture(sign_in_as) -> None:
    handler = sign_in_as("handler")
    page = fill_in(handler, "/ops/inspections/new", **{**INSPECTION, **FOUND}, files=picture())
    assert page.heading == "惠民超市"
    assert "整改后.jpg 已上传。" in page.flashes
    assert "疏散通道堆物。" in page.text
    assert "东风社区" in page.text, "the community is filled in beforehand"
    listed = visit(handler, "/ops/inspections")
    assert "1 家次 · 发现隐患 1 处" in listed.text
    assert "安全检查记录" in visit(handler, "/ops/inspections/JC2026-000001/print").text


def test_a_hazard_left_undescribed_keeps_what_was_typed(sign_in_as) -> None:
    handler = sign_in_as("handler")
    typed = {**INSPECTION, "outcome": "hazard", "address": "建设街8号"}
    page = fill_in(handler, "/ops/inspections/new", **typed)
    assert page.status == 400
    assert len(page.errors) == 2
    kept = {box.get("name"): box.get("value") for box in page.root.all("input")}
    assert (kept["place"], kept["address"]) == ("惠民超市", "建设街8号")


def test_a_hazard_is_walked_to_the_end_by_two_people(sign_in_as, street) -> None:
    number = hazard(street)
    handler, head = sign_in_as("handler"), sign_in_as("head")
    url = f"/ops/hazards/{number}"
    assert "限期整改" in fill_in(handler, f"{url}/notify", demand="三日内清空。").text
    seen = submit(handler, visit(handler, url), "/files", files=picture())
    assert "整改后.jpg 已上传。" in seen.flashes
    bare = fill_in(handler, f"{url}/report", text="已清空。")
    assert bare.errors == ["缺少整改照片：请拍摄或选择至少一张整改后的照片，或上传整改材料。"]
    done = fill_in(handler, f"{url}/report", text="已清空。", files=picture())
    assert "待复查" in done.text
    assert "您现在不能“复查”" in visit(handler, f"{url}/pass").text
    over = fill_in(head, f"{url}/pass", passed="true", text="现场复查合格。")
    assert "整改完成" in over.text
    assert over.text.count("复查通过") >= 1
    assert "隐患整改通知书" in visit(head, f"{url}/print").text


def test_what_was_entered_wrongly_is_corrected_in_its_own_form(sign_in_as, street) -> None:
    url = f"/ops/hazards/{hazard(street)}"
    handler = sign_in_as("handler")
    bare = fill_in(handler, f"{url}/correct", reason="看错了。")
    assert any("没有任何改动" in one for one in bare.errors)
    done = fill_in(handler, f"{url}/correct", kind="gas", reason="看错了。")
    assert any("更正登记" in one for one in done.flashes)
    assert "隐患类别由“消防”更正为“燃气”" in done.text
    assert "燃气" in done.text.split("办理记录")[0]
    assert "更正登记" not in visit(sign_in_as("supervisor"), url).links


def test_a_hazard_becomes_a_case_of_the_command_centre(sign_in_as, street) -> None:
    number = hazard(street)
    page = fill_in(sign_in_as("handler"), f"/ops/hazards/{number}/make_case")
    assert "已转为工单 RX2026-000001，由指挥中心派单。" in page.flashes
    assert "惠民超市" in visit(sign_in_as("dispatcher"), "/ops/dispatch").text


def test_a_page_that_was_overtaken_says_by_whom(sign_in_as, street) -> None:
    number = hazard(street)
    handler = sign_in_as("handler")
    page = visit(handler, f"/ops/hazards/{number}/notify")
    fill_in(sign_in_as("head"), f"/ops/hazards/{number}/notify", demand="整改。")
    late = submit(handler, page, "/notify", demand="清空通道。")
    assert late.status == 409
    assert "head先生" in late.errors[0]
    assert "清空通道。" in late.text


@pytest.mark.parametrize("by", ["area", "month", "unit", "kind", "level"])
def test_every_figure_leads_to_exactly_its_hazards(sign_in_as, street, by) -> None:
    worked(street, "rectified")
    worked(street, "notified", kind="gas")
    worked(street, "found", area=None, level="major")
    supervisor = sign_in_as("supervisor")
    page = visit(supervisor, f"/ops/patrol?by={by}")
    table = page.root.all("table")[0]
    links = [(link.text, link.get("href")) for link in table.all("a")]
    assert len(links) > 6
    for count, url in links:
        listed = visit(supervisor, url)
        assert f"{count} 处" in listed.text or f"{count} 家次" in listed.text, url
    assert "33.3%(1/3)" in page.text.replace(" ", "")


def test_who_reads_patrols_and_that_prints_are_logged(sign_in_as, street, session) -> None:
    worked(street, "notified")
    for who in ("leader", "dispatcher", "deputy"):
        assert "惠民超市" in visit(sign_in_as(who), "/ops/hazards").text
    assert visit(sign_in_as("operator"), "/ops/hazards", status=403)
    assert "惠民超市" not in visit(sign_in_as("other_head"), "/ops/hazards").text
    visit(sign_in_as("leader"), "/ops/hazards/print")
    lines = session.query(AccessRecord).filter_by(what=Access.PATROL_PRINTED).all()
    assert [line.detail for line in lines] == ["隐患排查整改台账 1 处"]
