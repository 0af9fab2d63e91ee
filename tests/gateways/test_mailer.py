"""What the mailer makes of a server's answers, silence and broken lines."""

import email
import socket
import threading
from collections.abc import Callable, Iterator
from email.message import Message

import pytest

from casetracker.gateways.errors import OutcomeUnknown, Refused, TryAgain
from casetracker.gateways.mailer import Mail, NoMailer, SmtpMailer, mailer_for

MAIL = Mail("head@office.test", "工单 RX2026-000001 已派单", "请及时签收。", "attempt-1")
USUAL = {"HELO": "250 ok", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go", ".": "250 taken"}


class Server:
    """A mail server of a few lines: answers each command as told; None hangs up."""

    def __init__(self, answers: dict[str, str | None], greeting: str = "220 here") -> None:
        self.answers = {**USUAL, **answers}
        self.greeting = greeting
        self.received: list[bytes] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._work, daemon=True).start()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.listener.getsockname()[1]}"

    def _work(self) -> None:
        try:
            client, _ = self.listener.accept()
        except OSError:
            return
        with client, client.makefile("rwb") as line:
            self._say(line, self.greeting)
            for command in line:
                verb = command[:4].decode().strip().upper().replace("EHLO", "HELO")
                if not self._say(line, self.answers.get(verb, "250 ok")):
                    return
                if verb == "DATA" and not self._take(line):
                    return

    def _take(self, line) -> bool:  # type: ignore[no-untyped-def]
        text = b"".join(iter(line.readline, b".\r\n"))
        self.received.append(text)
        return self._say(line, self.answers["."])

    @staticmethod
    def _say(line, answer: str | None) -> bool:  # type: ignore[no-untyped-def]
        if answer is None:
            return False
        line.write(f"{answer}\r\n".encode())
        line.flush()
        return True


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    servers: list[Server] = []

    def serving(answers: dict[str, str | None] | None = None, **more: str) -> Server:
        servers.append(Server(answers or {}, **more))
        return servers[-1]

    yield serving
    for server in servers:
        server.listener.close()


def send(server: Server, mail: Mail = MAIL) -> None:
    SmtpMailer(server.url, "noreply@office.test", timeout_s=0.5).send(mail)


def test_a_mail_arrives_in_chinese_with_its_attempt(serve) -> None:
    server = serve()
    send(server)
    message: Message = email.message_from_bytes(server.received[0])
    subject = email.header.make_header(email.header.decode_header(message["Subject"]))
    assert str(subject) == MAIL.subject
    assert message.get_payload(decode=True).decode().strip() == MAIL.body
    assert message["Message-ID"] == "<attempt-1@office.test>"
    assert message["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", "."])
def test_a_refusal_for_good(serve, verb: str) -> None:
    with pytest.raises(Refused):
        send(serve({verb: "550 no such user"}))


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", "."])
def test_a_refusal_for_now(serve, verb: str) -> None:
    with pytest.raises(TryAgain) as told:
        send(serve({verb: "451 later"}))
    assert not told.value.whole_gateway


@pytest.mark.parametrize("verb", ["HELO", "MAIL", "RCPT"])
def test_hung_up_before_the_text_is_a_sure_failure(serve, verb: str) -> None:
    with pytest.raises(TryAgain) as told:
        send(serve({verb: None}))
    assert told.value.whole_gateway


def test_hung_up_after_the_text_is_unknown(serve) -> None:
    server = serve({".": None})
    with pytest.raises(OutcomeUnknown):
        send(server)
    assert len(server.received) == 1


def test_nobody_listening_and_a_server_that_turns_away_are_sure_failures(serve) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with pytest.raises(TryAgain):
        SmtpMailer(f"smtp://127.0.0.1:{port}", "a@b.test").send(MAIL)
    with pytest.raises(TryAgain):
        send(serve(greeting="554 go away"))


def test_an_address_with_a_line_break_is_refused(serve) -> None:
    with pytest.raises(Refused):
        send(serve(), Mail("a@b.test\nBcc: c@d.test", "x", "y", "attempt-2"))


def test_a_password_is_not_sent_in_the_clear(monkeypatch: pytest.MonkeyPatch, serve) -> None:
    monkeypatch.setattr("casetracker.gateways.mailer.LOOPBACK", frozenset())
    server = serve()
    mailer = SmtpMailer(server.url.replace("//", "//user:secret@"), "a@b.test")
    with pytest.raises(TryAgain):
        mailer.send(MAIL)
    assert server.received == []


def test_without_an_address_nothing_can_be_sent() -> None:
    mailer = mailer_for("", "")
    assert isinstance(mailer, NoMailer)
    assert not mailer.is_on
    with pytest.raises(TryAgain):
        mailer.send(MAIL)
