"""The command of an administrator about a message that did not get through."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from casetracker.services.commands.fields import Command, Line


class DeliveryDecision(StrEnum):
    """What is done about it: sent again, or not sent at all."""

    SEND_AGAIN = "send_again"
    GIVE_UP = "give_up"


class DecideDelivery(Command):
    """重试 or 放弃, with the reason that the access log keeps."""

    decision: Annotated[DeliveryDecision, Field(title="处理")]
    reason: Annotated[Line, Field(title="理由")]
