"""Visitors in the ledgers: encrypted as they are kept, masked as they are shown."""

from dataclasses import dataclass
from typing import Any

from casetracker.domain.privacy import mask_address, mask_id_number, mask_name, mask_phone
from casetracker.persistence.sealing import keyring
from casetracker.services.commands.ledgers import VisitorCommand

UNNAMED = "未留姓名"


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One visitor; masked unless `revealed`."""

    name: str
    phone: str | None
    id_number: str | None
    address: str | None
    is_representative: bool = False
    revealed: bool = False


def blind(value: str | None, kind: str) -> str | None:
    """The blind index of a name, phone or id_number: the same as of a case's petitioner."""
    return None if value is None else keyring().blind_index(value, field=f"petitioners.{kind}")


def person_columns(person: VisitorCommand) -> dict[str, Any]:
    """The columns of name, telephone and address with their indexes."""
    return {
        "name": person.name,
        "name_index": blind(person.name, "name"),
        "phone": person.phone,
        "phone_index": blind(person.phone, "phone"),
        "address": person.address,
    }


def identity_columns(person: VisitorCommand) -> dict[str, Any]:
    """The columns of the identity number, where a table has them."""
    return {"id_number": person.id_number, "id_index": blind(person.id_number, "id_number")}


def person_line(row: Any, *, revealed: bool) -> PersonLine:
    """A row with personal columns as it may be shown."""
    id_number = getattr(row, "id_number", None)
    speaks = getattr(row, "is_representative", False)
    if revealed:
        return PersonLine(
            row.name or UNNAMED, row.phone, id_number, row.address, speaks, revealed=True
        )
    return PersonLine(
        mask_name(row.name) if row.name else UNNAMED,
        row.phone and mask_phone(row.phone),
        id_number and mask_id_number(id_number),
        row.address and mask_address(row.address),
        speaks,
    )


def given_by(person: VisitorCommand) -> bool:
    """Whether anything at all was said about who it is."""
    return any((person.name, person.phone, person.id_number, person.address))
