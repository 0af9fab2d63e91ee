"""The ways out of the house, handed in by the app: mail, short messages, and our own address."""

from dataclasses import dataclass

from casetracker.gateways.mailer import Mail, Mailer, NoMailer
from casetracker.gateways.sms import NoSms, Sms, SmsSender


@dataclass(frozen=True, slots=True)
class Channels:
    """What can be sent from here; `public_url` begins the links in messages, without a slash."""

    mailer: Mailer
    sms: SmsSender
    public_url: str

    def send(self, message: Mail | Sms) -> None:
        """Hand over. Raises what the gateway raises: TryAgain, Refused, OutcomeUnknown."""
        if isinstance(message, Mail):
            self.mailer.send(message)
        else:
            self.sms.send(message)


class _Holder:
    channels = Channels(NoMailer(), NoSms(), "")


def use_channels(channels: Channels) -> None:
    """Called once by the app; tests may call it again."""
    _Holder.channels = channels


def channels() -> Channels:
    """The channels in use; nothing can be sent until the app has said otherwise."""
    return _Holder.channels
