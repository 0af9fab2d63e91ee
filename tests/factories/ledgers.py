"""Rows of the petition office's ledgers, entered by the people whose they are."""

from typing import Any

from casetracker.services.commands import ledgers as command
from casetracker.services.ledgers.old_cases import list_old_case
from casetracker.services.ledgers.reception_entries import add_entry
from casetracker.services.ledgers.receptions import plan_session, publish_session
from casetracker.services.ledgers.undertakings import begin_undertaking
from casetracker.services.ledgers.visits import register_visit
from tests.factories.street import Street

VISITOR = {"name": "诸葛亮", "phone": "13977665544", "address": "东风社区三栋二单元"}


def visit(street: Street, who: str = "clerk", **body: Any) -> str:
    """A visit of one person; `body` overrides its fields. Its number."""
    plain = {"visitor": VISITOR, "matter": "反映三栋楼道堆物无人清理。", "place": "信访接待室"}
    given = command.RegisterVisit.model_validate({**plain, **body})
    return register_visit(street.ctx(who), given).key


def reception(street: Street, *, publish: bool = True, **body: Any) -> int:
    """The deputy receives tomorrow morning; its id."""
    plain = {
        "leader": "deputy", "post": "街道办事处副主任", "duty": "城市管理、社区建设",
        "day": "2026-03-03", "starts": "09:00", "ends": "11:30", "place": "信访接待室",
    }  # fmt: skip
    given = command.PlanSession.model_validate({**plain, **body})
    row_id = int(plan_session(street.ctx("clerk"), given).key)
    if publish:
        publish_session(street.ctx("clerk"), row_id)
    return row_id


def entry(street: Street, row_id: int, who: str = "clerk", **body: Any) -> int:
    """One matter received in that session; its id."""
    plain = {"visitor": VISITOR, "matter": "反映屋面漏水三年未修。", "instruction": "限期维修。"}
    given = command.KeepEntry.model_validate({**plain, **body})
    return int(add_entry(street.ctx(who), row_id, given).key)


def undertaking(street: Street, who: str = "clerk", **body: Any) -> int:
    """A hard matter that the deputy takes upon themselves; its id."""
    plain = {
        "title": "三栋屋面漏水维修", "leader": "deputy", "post": "街道办事处副主任",
        "unit": "东风社区", "plan": "启用维修资金，分两步施工。",
        "began_on": "2026-03-02", "expected_on": "2026-06-30",
    }  # fmt: skip
    given = command.BeginUndertaking.model_validate({**plain, **body})
    return int(begin_undertaking(street.ctx(who), given).key)


def old_case(street: Street, who: str = "clerk", **body: Any) -> int:
    """A matter on the list of old cases; its id."""
    plain = {
        "description": "2009年征地补偿遗留问题。", "listed_on": "2026-03-02",
        "source_list": "区信访局2026年第一批", "unit": "东风社区", "owner": "社区书记",
    }  # fmt: skip
    given = command.ListOldCase.model_validate({**plain, **body})
    return int(list_old_case(street.ctx(who), given).key)
