"""Exports ordered, made and taken as people do."""

import csv
import io

from sqlalchemy import select

from casetracker.persistence.exports import ExportJob
from casetracker.services.commands.exports import OrderExport
from casetracker.services.exports.making import make_waiting
from casetracker.services.exports.ordering import order_export
from casetracker.services.exports.reading import take_export
from tests.factories.street import Street


def order(street: Street, who: str = "supervisor", **more: object) -> str:
    given = {"kind": "cases", "purpose": "月度例会", **more}
    return order_export(street.ctx(who), OrderExport.model_validate(given)).key


def made(street: Street, who: str = "supervisor", **more: object) -> list[list[str]]:
    """The rows of a csv, its head first."""
    number = order(street, who, file_format="csv", **more)
    make_waiting(street.ctx("supervisor"))
    text = taken(street, number, who).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def taken(street: Street, number: str, who: str = "supervisor") -> bytes:
    with take_export(street.ctx(who), number).content as content:
        return content.read()


def job(street: Street, number: str) -> ExportJob:
    street.session.expire_all()
    return street.session.scalars(select(ExportJob).where(ExportJob.number == number)).one()
