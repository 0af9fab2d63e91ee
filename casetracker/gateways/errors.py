"""How handing a message over can fail: what the caller may do next is all that is told apart."""

from casetracker.domain.privacy import mask_text

LONGEST_REASON = 200


def as_reason(said: object) -> str:
    """What the far side said, fit to be kept and shown: it likes to repeat the number it refuses,
    and may send signs that no database holds.
    """
    plain = "".join(sign if sign.isprintable() else " " for sign in str(said)[:1000])
    return mask_text(plain)[:LONGEST_REASON]


class GatewayError(Exception):
    """The message was not handed over, or nobody can say; the text is for the operations page."""


class TryAgain(GatewayError):
    """Certainly not handed over, and later it may work.

    `whole_gateway` when nothing else would get through now either; `retry_after_s` is the pause,
    in seconds, that the other side asked for.
    """

    def __init__(
        self, reason: str, *, retry_after_s: int | None = None, whole_gateway: bool = False
    ) -> None:
        super().__init__(reason)
        self.retry_after_s = retry_after_s
        self.whole_gateway = whole_gateway


class Refused(GatewayError):
    """Certainly not handed over, and it never will be: a bad address, an unwanted text."""


class OutcomeUnknown(GatewayError):
    """The other side may have taken it: sending again could double it."""
