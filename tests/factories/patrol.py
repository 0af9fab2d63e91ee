"""Inspections and hazards, entered and worked on by the people of 东风社区."""

import io
from typing import Any

from PIL import Image

from casetracker.domain.patrol_vocabulary import HazardStep, PatrolPhoto
from casetracker.services.commands import patrol as command
from casetracker.services.patrol.entering import register_hazard, register_inspection
from casetracker.services.patrol.hazard_reading import list_hazards
from casetracker.services.patrol.hazard_steps import STEPS
from casetracker.services.patrol.photos import add_photo
from tests.factories.street import Street

HAZARD = {"kind": "fire", "description": "疏散通道堆放杂物。"}


def inspection(street: Street, who: str = "handler", **body: Any) -> str:
    """A shop that was looked at today and found clean; its number."""
    plain = {
        "place": "惠民超市", "place_kind": "shop", "area": "东风社区", "checked": ["fire"],
        "outcome": "clean", "inspectors": "handler先生、head先生",
    }  # fmt: skip
    given = command.RegisterInspection.model_validate({**plain, **body})
    return register_inspection(street.ctx(who), given).key


def hazard(street: Street, who: str = "handler", **body: Any) -> str:
    """A hazard that the grid reported today; its number."""
    plain = {"source": "grid", "place": "惠民超市", "area": "东风社区", **HAZARD}
    given = command.RegisterHazard.model_validate({**plain, **body})
    return register_hazard(street.ctx(who), given).key


def step(street: Street, who: str, number: str, name: str, /, **body: Any) -> None:
    """That person takes the step on the hazard now."""
    spec = STEPS[HazardStep(name)]
    spec.run(street.ctx(who), number, spec.command.model_validate(body))


def photo(street: Street, number: str, who: str = "handler") -> None:
    """A picture of what was put right."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), (200, 30, 30)).save(out, "JPEG")
    out.seek(0)
    add_photo(street.ctx(who), number, "整改后.jpg", out, PatrolPhoto.RECTIFIED)


def worked(street: Street, until: str, **body: Any) -> str:
    """A hazard taken along the usual way up to a state; its number."""
    number = hazard(street, **body)
    if until == "found":
        return number
    step(street, "handler", number, "notify", demand="三日内清空通道。")
    if until == "notified":
        return number
    photo(street, number)
    step(street, "handler", number, "report", text="通道已清空。")
    if until == "rectified":
        step(street, "head", number, "pass", passed=True, text="现场复查合格。")
    return number


def numbers(street: Street, who: str = "supervisor", **asked: Any) -> set[str]:
    """Which hazards a list shows to that person."""
    page = list_hazards(street.ctx(who), command.HazardSearch.model_validate(asked))
    assert page.total == len(page.lines)
    return {line.number for line in page.lines}
