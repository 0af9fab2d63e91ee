"""From the rows of a petition to what may be shown of them."""

from casetracker.domain.privacy import mask_address, mask_id_number, mask_name, mask_phone
from casetracker.persistence.petition import PetitionPerson
from casetracker.persistence.queries.case_file import CaseRows
from casetracker.persistence.queries.petition_file import PetitionRows
from casetracker.persistence.queries.reference import Reference
from casetracker.services.case_reading import petition_file as view
from casetracker.services.case_reading.filling_views import filled

COVERED = "保密"


def petition(rows: CaseRows, ref: Reference) -> view.PetitionView | None:
    """None for a case of the hotline."""
    side = rows.petition
    if side is None:
        return None
    covered = rows.person.is_confidential
    return filled(
        view.PetitionView,
        side.row,
        against=side.row.against and mask_name(side.row.against),
        against_unit=ref.unit_name(side.row.against_unit_id),
        from_hotline=side.from_hotline,
        people=tuple(signer(row, covered=covered) for row in side.people),
        recusals=tuple(
            view.RecusalView(rows.names.get(row.account_id, ""), row.reason)
            for row in side.recusals
        ),
        opinions=_opinions(side, rows.names),
        reviews=tuple(filled(view.ReviewView, row) for row in side.reviews),
        records=tuple(
            filled(view.RecordView, row, recorded_by=rows.names.get(row.recorded_by or 0))
            for row in side.records
        ),
        evaluations=tuple(filled(view.EvaluationView, row) for row in side.evaluations),
    )


def signer(
    row: PetitionPerson, *, covered: bool = False, revealed: bool = False
) -> view.SignerView:
    """Masked, or in full; `covered` where the petitioner asked for confidence."""
    if revealed:
        shown = (row.name, row.phone, row.id_number, row.address)
    elif covered:
        shown = (COVERED, row.phone and COVERED, None, None)
    else:
        shown = (
            mask_name(row.name),
            row.phone and mask_phone(row.phone),
            row.id_number and mask_id_number(row.id_number),
            row.address and mask_address(row.address),
        )
    return view.SignerView(*shown, row.is_representative, revealed)


def _opinions(side: PetitionRows, names: dict[int, str]) -> tuple[view.OpinionView, ...]:
    return tuple(
        filled(
            view.OpinionView,
            row,
            drafted_by=names.get(row.drafted_by or 0),
            checked_by=names.get(row.checked_by or 0),
            signed_by=names.get(row.signed_by or 0),
        )
        for row in side.opinions
    )
