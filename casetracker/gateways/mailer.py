"""Mail by SMTP, one message to one recipient; knows no case and no account."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate
from typing import Protocol
from urllib.parse import unquote, urlsplit

from casetracker.gateways.errors import OutcomeUnknown, Refused, TryAgain, as_reason

TIMEOUT_S = 10.0
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail; `message_id` becomes its Message-ID, so that doubles can be told."""

    to: str
    subject: str
    body: str
    message_id: str


class Mailer(Protocol):
    """What can send mail; `is_on` is False where no mail is configured."""

    @property
    def is_on(self) -> bool: ...

    def send(self, mail: Mail) -> None:
        """Hand over. Raises TryAgain, Refused or OutcomeUnknown."""


class NoMailer:
    """Where no SMTP_URL is set: nobody is promised mail, so none is ever queued."""

    is_on = False

    def send(self, mail: Mail) -> None:
        raise TryAgain("未配置邮件服务（SMTP_URL）", whole_gateway=True)


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """SMTP at `url` (smtp: with STARTTLS where offered, smtps: encrypted from the start)."""

    url: str
    sender: str
    timeout_s: float = TIMEOUT_S
    is_on: bool = True

    def send(self, mail: Mail) -> None:
        message = self._as_message(mail).as_bytes()
        with self._connected() as client:
            _address(client, self.sender, mail.to)
            _hand_over(client, message)

    def _as_message(self, mail: Mail) -> EmailMessage:
        message = EmailMessage()
        try:
            message["From"], message["To"] = self.sender, mail.to
            message["Subject"] = mail.subject
        except ValueError as error:  # a line break smuggled into an address
            raise Refused(f"收件地址不合格式：{error}") from None
        message["Date"] = formatdate()
        message["Message-ID"] = f"<{mail.message_id}@{self.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.body)
        return message

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        """A session ready for its first message; whatever fails before that is a TryAgain."""
        try:
            client = self._open()
        except (OSError, smtplib.SMTPException) as error:
            raise TryAgain(f"邮件服务器无法连接：{error}", whole_gateway=True) from error
        try:
            yield client
        finally:
            client.close()

    def _open(self) -> smtplib.SMTP:
        parts = urlsplit(self.url)
        host, tls = parts.hostname or "", ssl.create_default_context()
        if parts.scheme == "smtps":
            client: smtplib.SMTP = smtplib.SMTP_SSL(
                host, parts.port or 465, timeout=self.timeout_s, context=tls
            )
        else:
            client = smtplib.SMTP(host, parts.port or 25, timeout=self.timeout_s)
        try:
            self._greet(client, tls)
        except BaseException:
            client.close()
            raise
        return client

    def _greet(self, client: smtplib.SMTP, tls: ssl.SSLContext) -> None:
        parts = urlsplit(self.url)
        client.ehlo()
        encrypted = parts.scheme == "smtps"
        if not encrypted and client.has_extn("starttls"):
            client.starttls(context=tls)
            client.ehlo()
            encrypted = True
        if parts.username:
            if not encrypted and parts.hostname not in LOOPBACK:
                raise smtplib.SMTPNotSupportedError("the server offers no encryption for sign-in")
            client.login(unquote(parts.username), unquote(parts.password or ""))


def _address(client: smtplib.SMTP, sender: str, to: str) -> None:
    try:
        _judge(*client.mail(sender))
        _judge(*client.rcpt(to))
    except (OSError, smtplib.SMTPException) as error:
        raise TryAgain(f"邮件服务器中断：{error}", whole_gateway=True) from error


def _hand_over(client: smtplib.SMTP, message: bytes) -> None:
    """From the first byte of the text until the answer nobody knows whether it was taken."""
    try:
        answer = client.data(message)
    except smtplib.SMTPDataError as error:
        answer = error.smtp_code, error.smtp_error if isinstance(error.smtp_error, bytes) else b""
    except (OSError, smtplib.SMTPException) as error:
        raise OutcomeUnknown(f"邮件已送出，未得到答复：{error}") from error
    _judge(*answer)


def _judge(code: int, said: bytes) -> None:
    """2xx is taken, 4xx may be tried again, 5xx is refused for good (RFC 5321, 4.2.1)."""
    if 200 <= code < 300:
        return
    reason = f"{code} {as_reason(said.decode(errors='replace'))}"
    if code >= 500:
        raise Refused(f"邮件被拒收：{reason}")
    raise TryAgain(f"邮件暂未被接收：{reason}")


def mailer_for(url: str, sender: str) -> Mailer:
    """The mailer of an SMTP_URL, the silent one for an empty address."""
    return SmtpMailer(url, sender) if url else NoMailer()
