"""A person as they gave themselves: in every form that takes one down."""

from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from casetracker.domain.person_numbers import BadNumber, normalise_id_number, normalise_phone
from casetracker.services.commands.fields import BlankIsNone, Command, OptionalLine


def _phone(value: str) -> str:
    try:
        return normalise_phone(value)
    except BadNumber as error:
        raise PydanticCustomError(error.code, error.code) from None


def _id_number(value: str) -> str:
    try:
        return normalise_id_number(value)
    except BadNumber as error:
        raise PydanticCustomError(error.code, error.code) from None


Phone = Annotated[str, Field(max_length=40), AfterValidator(_phone)]
IdNumber = Annotated[str, Field(max_length=40), AfterValidator(_id_number)]


class PersonCommand(Command):
    """The resident as they gave themselves."""

    name: OptionalLine = Field(default=None, title="姓名")
    phone: Annotated[Phone | None, BlankIsNone] = Field(default=None, title="联系电话")
    id_number: Annotated[IdNumber | None, BlankIsNone] = Field(default=None, title="身份证号")
    address: OptionalLine = Field(default=None, title="住址")
    confidential: bool = Field(default=False, title="要求保密")
    no_calls: bool = Field(default=False, title="不要求回访")
