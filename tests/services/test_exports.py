"""Tables taken out: on record, capped, consented to, made once, theirs alone who asked."""

import io
import os
from dataclasses import replace
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update

from casetracker.domain.access import Access
from casetracker.domain.errors import GuardRefused, InvalidInput, NotFound, NotPermitted
from casetracker.domain.exports import LEASE, MOST_TRIES, ExportState
from casetracker.domain.vocabulary import Role
from casetracker.gateways.file_store import FileStore
from casetracker.persistence.account import AccessRecord, Account
from casetracker.persistence.calendar_day import Setting
from casetracker.persistence.exports import ExportJob
from casetracker.persistence.queries.reference import touch
from casetracker.services.commands.exports import DecideExport, OrderExport
from casetracker.services.exports import making
from casetracker.services.exports.clearing import clear_expired
from casetracker.services.exports.making import claim, make, make_waiting
from casetracker.services.exports.ordering import decide_export, order_export
from casetracker.services.exports.reading import find_export, take_export
from casetracker.services.stored_files import sweep_orphans
from casetracker.services.verifying.running import verify
from tests.factories.exports import job, made, order, taken
from tests.factories.street import Street

pytestmark = pytest.mark.usefixtures("store")


def set_value(street: Street, name: str, value: str) -> None:
    street.session.add(Setting(name=name, value=value, changed_at=street.now))
    touch(street.session, street.now)
    street.session.commit()


def test_a_list_is_exported_as_it_was_filtered_with_a_mark_on_every_row(street: Street) -> None:
    wanted = street.register(channel="visit").number
    street.register()
    head, row = made(street, asked={"channel": "visit"})
    assert (head[0], head[-1]) == ("编号", "导出标记")
    assert row[0] == wanted
    assert "DC2026-0001" in row[-1]
    assert street.people["supervisor"].name in row[-1]
    assert "2026-03-02 09:30" in row[-1]


def test_the_order_of_the_list_is_kept(street: Street) -> None:
    numbers = [street.register().number for _ in range(3)]
    rows = made(street, asked={"sort": "-number"})[1:]
    assert [row[0] for row in rows] == numbers[::-1]


def test_a_workbook_says_whose_copy_it_is_and_keeps_formulas_inert(street: Street) -> None:
    street.register(title="=HYPERLINK(1)", content="+1 电话 13812345678")
    number = order(street)
    make_waiting(street.ctx("supervisor"))
    book = load_workbook(io.BytesIO(taken(street, number)))
    sheet = book.active
    cells = {cell.value: cell for row in sheet for cell in row}
    assert cells["=HYPERLINK(1)"].data_type == "s"
    assert "+1 电话 138****5678" in cells
    assert number in book.properties.description
    assert number in sheet.oddFooter.left.text


def test_each_exports_within_the_own_reach_and_nobody_the_lane(street: Street) -> None:
    ours = street.worked("to_sign")
    street.register()
    sealed = street.register().number
    street.act("operator", sealed, "transfer_confidential", reason="反映干部收礼")
    assert [row[0] for row in made(street, "head")[1:]] == [ours]
    assert sealed not in [row[0] for row in made(street)[1:]]


def test_whoever_has_no_right_cannot_order(street: Street) -> None:
    street.register()
    with pytest.raises(NotPermitted):
        order(street, "operator")
    with pytest.raises(NotPermitted):
        order(street, "admin")


def test_nonsense_and_nothing_and_too_much_are_refused_with_the_reason(street: Street) -> None:
    with pytest.raises(InvalidInput):
        order(street, asked={"state": "nowhere"})
    with pytest.raises(GuardRefused, match="nothing_to_export"):
        order(street)
    for _ in range(101):
        street.register()
    set_value(street, "export_rows_max", "100")
    with pytest.raises(GuardRefused, match="export_too_large") as refused:
        order(street)
    assert refused.value.facts == {"rows": 101, "most": 100}


def test_a_large_one_waits_for_another_persons_consent(street: Street) -> None:
    street.register()
    set_value(street, "export_consent_rows", "0")
    number = order(street)
    assert make_waiting(street.ctx("supervisor")) == 0
    yes = DecideExport(granted=True)
    with pytest.raises(GuardRefused, match="own_request"):
        decide_export(street.ctx("supervisor"), number, yes)
    with pytest.raises(NotPermitted):
        decide_export(street.ctx("dispatcher"), number, yes)
    decide_export(street.ctx("leader"), number, yes)
    with pytest.raises(GuardRefused, match="export_decided"):
        decide_export(street.ctx("leader"), number, yes)
    assert make_waiting(street.ctx("supervisor")) == 1
    assert job(street, number).state is ExportState.READY


def test_what_was_not_consented_to_is_never_made(street: Street) -> None:
    street.register()
    set_value(street, "export_consent_rows", "0")
    number = order(street)
    decide_export(street.ctx("leader"), number, DecideExport(granted=False, note="用途不明"))
    assert make_waiting(street.ctx("supervisor")) == 0
    with pytest.raises(GuardRefused, match="export_not_ready"):
        take_export(street.ctx("supervisor"), number)


def test_order_making_and_taking_stand_in_the_access_log_without_what_was_searched(
    street: Street,
) -> None:
    street.register(content="窨井盖破损，联系 13812345678")
    number = order(street, asked={"q": "13812345678"})
    make_waiting(street.ctx("supervisor"))
    taken(street, number)
    lines = street.session.scalars(select(AccessRecord).order_by(AccessRecord.id)).all()
    told = {line.what: line.detail or "" for line in lines}
    assert {Access.EXPORT_ORDERED, Access.CASES_EXPORTED, Access.EXPORT_TAKEN} <= set(told)
    assert "含搜索词" in told[Access.EXPORT_ORDERED]
    assert not any("138" in detail for detail in told.values())


def test_the_same_order_sent_twice_is_one(street: Street) -> None:
    from casetracker.services.context import ClientKey

    street.register()
    ctx = replace(street.ctx("supervisor"), key=ClientKey("once-only-please", "same"))
    command = OrderExport.model_validate({"kind": "cases", "purpose": "核对"})
    assert order_export(ctx, command) == order_export(ctx, command)
    assert len(street.session.scalars(select(ExportJob)).all()) == 1


def test_a_maker_that_dies_leaves_no_file_and_the_next_one_begins_anew(
    street: Street, store: FileStore
) -> None:
    street.register()
    number = order(street)
    dead = claim(street.ctx("supervisor"))
    assert dead is not None
    assert make_waiting(street.ctx("supervisor")) == 0, "it may still be at work"
    street.now += LEASE + timedelta(seconds=1)
    assert make_waiting(street.ctx("supervisor")) == 1
    make(street.ctx("supervisor"), dead)  # it was only slow: its file is not taken
    assert len(list(store.names())) == 1
    assert taken(street, number)


def test_an_order_that_kills_its_makers_is_given_up(street: Street) -> None:
    street.register()
    number = order(street)
    for _ in range(MOST_TRIES):
        assert claim(street.ctx("supervisor")) is not None
        street.now += LEASE + timedelta(seconds=1)
    assert make_waiting(street.ctx("supervisor")) == 0
    assert job(street, number).failure == "export_gave_up"


def test_a_fault_while_writing_is_told_and_leaves_no_file(
    street: Street, store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    street.register()
    number = order(street)

    def broken(*_given: object, **_more: object) -> int:
        raise OSError("disk full")

    monkeypatch.setattr(making, "write_workbook", broken)
    make_waiting(street.ctx("supervisor"))
    assert (job(street, number).state, job(street, number).failure) == (
        ExportState.FAILED,
        "export_broke",
    )
    assert not list(store.names())


def test_who_lost_the_right_before_it_was_made_gets_nothing(street: Street) -> None:
    street.register()
    number = order(street)
    me = street.people["supervisor"].account_id
    street.session.execute(update(Account).where(Account.id == me).values(is_active=False))
    street.session.commit()
    make_waiting(street.ctx("leader"))
    assert job(street, number).state is ExportState.FAILED
    assert job(street, number).storage_name is None


def test_a_file_is_its_askers_alone_and_only_while_they_see_as_far(street: Street) -> None:
    street.worked("to_sign")
    number = order(street, "head")
    make_waiting(street.ctx("supervisor"))
    with pytest.raises(NotFound):
        take_export(street.ctx("supervisor"), number)
    with pytest.raises(NotFound):
        find_export(street.ctx("other_head"), number)
    moved = replace(street.people["head"], unit_id=street.units["xinhe"].id)
    with pytest.raises(GuardRefused, match="export_reach_changed"):
        take_export(replace(street.ctx("head"), actor=moved), number)
    promoted = replace(street.people["head"], roles=frozenset({Role.SUPERVISOR}))
    with pytest.raises(GuardRefused, match="export_reach_changed"):
        take_export(replace(street.ctx("head"), actor=promoted), number)


def test_a_file_goes_after_its_days_and_the_record_stays(street: Street, store: FileStore) -> None:
    street.register()
    number = order(street)
    make_waiting(street.ctx("supervisor"))
    [name] = store.names()
    os.utime(store.root / name[:2] / name, (0, 0))
    assert sweep_orphans(street.ctx("supervisor")) == 0, "a kept file is nobody's orphan"
    found = [finding for _, finding in verify(street.ctx("supervisor")) if finding]
    assert not [finding for finding in found if finding.invariant == "I6"]
    street.now += timedelta(days=8)
    with pytest.raises(GuardRefused, match="export_expired"):
        take_export(street.ctx("supervisor"), number)
    assert clear_expired(street.ctx("supervisor")) == 1
    assert not list(store.names())
    assert job(street, number).state is ExportState.EXPIRED
