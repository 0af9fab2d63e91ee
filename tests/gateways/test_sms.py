"""What the short-message gateway makes of answers, silence and broken lines."""

import hashlib
import hmac
import json
import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from casetracker.gateways.errors import OutcomeUnknown, Refused, TryAgain
from casetracker.gateways.sms import NoSms, Sms, SmsGateway, sms_for

MESSAGE = Sms("13812345678", "您反映的事项已登记。", "attempt-1")
Serve = Callable[[bytes], "Served"]


class Served:
    """A server that answers each request with the given bytes and keeps what was asked."""

    def __init__(self, answer: bytes | None) -> None:
        self.answer = answer
        self.requests: list[bytes] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.done = threading.Event()
        threading.Thread(target=self._work, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}/send"

    def _work(self) -> None:
        while not self.done.is_set():
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            with client:
                self.requests.append(_whole_request(client))
                if self.answer is None:
                    self.done.wait(5)
                else:
                    client.sendall(self.answer)

    def close(self) -> None:
        self.done.set()
        self.listener.close()


def _whole_request(client: socket.socket) -> bytes:
    seen = b""
    while b"\r\n\r\n" not in seen:
        seen += client.recv(4096)
    head, _, body = seen.partition(b"\r\n\r\n")
    length = int(next(line for line in head.split(b"\r\n") if b"ontent-Length" in line)[15:])
    while len(body) < length:
        body += client.recv(4096)
    return head + b"\r\n\r\n" + body


@pytest.fixture
def serve() -> Iterator[Callable[[bytes | None], Served]]:
    servers: list[Served] = []

    def serving(answer: bytes | None) -> Served:
        servers.append(Served(answer))
        return servers[-1]

    yield serving
    for server in servers:
        server.close()


def said(status: str, body: bytes = b"", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def send(server: Served) -> None:
    SmsGateway(server.url, "the key", answer_s=0.3).send(MESSAGE)


@pytest.mark.parametrize(
    "answer",
    [said("200 OK", b'{"status": "accepted"}'), said("409 Conflict")],
    ids=["accepted", "known already"],
)
def test_a_message_that_was_taken(serve, answer: bytes) -> None:
    send(serve(answer))


def test_the_request_carries_the_attempt_and_is_signed(serve) -> None:
    server = serve(said("202 Accepted", b'{"status": "accepted"}'))
    send(server)
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert json.loads(body) == {"id": "attempt-1", "to": MESSAGE.to, "text": MESSAGE.text}
    headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
    signed = f"{headers['X-Timestamp']}.".encode() + body
    wanted = hmac.new(b"the key", signed, hashlib.sha256).hexdigest()
    assert headers["X-Signature"] == f"sha256={wanted}"


@pytest.mark.parametrize(
    "answer",
    [said("200 OK", b'{"status": "refused", "reason": "blacklist"}'), said("400 Bad Request")],
    ids=["refused", "bad message"],
)
def test_a_message_that_never_will_be_taken(serve, answer: bytes) -> None:
    with pytest.raises(Refused):
        send(serve(answer))


def test_a_reason_that_repeats_the_number_is_kept_masked_and_saveable(serve) -> None:
    reason = json.dumps({"status": "refused", "reason": "13812345678\x00是空号\ud800"}).encode()
    with pytest.raises(Refused) as refused:
        send(serve(said("200 OK", reason)))
    assert str(refused.value) == "短信网关拒绝：138****5678 是空号 "


@pytest.mark.parametrize("status", ["429 Too Many", "500 Oops", "503 Busy", "401 Who", "302 Go"])
def test_a_message_that_was_surely_not_taken_may_be_tried_again(serve, status: str) -> None:
    with pytest.raises(TryAgain) as told:
        send(serve(said(status, b"", "Location: http://127.0.0.1:1/", "Retry-After: 120")))
    assert (told.value.retry_after_s, told.value.whole_gateway) == (120, True)


def test_nobody_listening_is_a_sure_failure() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with pytest.raises(TryAgain):
        SmsGateway(f"http://127.0.0.1:{port}/", "key").send(MESSAGE)


@pytest.mark.parametrize(
    "answer",
    [
        None,
        b"",
        said("200 OK", b"<html>"),
        said("200 OK", b'["accepted"]'),
        said("200 OK", b'{"status": "perhaps"}'),
        said("200 OK", b'{"status": "accepted"}')[:-4],
        said("504 Gateway Timeout"),
    ],
    ids=["silence", "hung up", "no JSON", "a list", "another word", "cut off", "a proxy gave up"],
)
def test_whatever_leaves_it_open_is_unknown_and_not_a_failure(serve, answer) -> None:
    with pytest.raises(OutcomeUnknown):
        send(serve(answer))


def test_an_endless_answer_is_read_to_a_limit(serve) -> None:
    with pytest.raises(OutcomeUnknown):
        send(serve(said("200 OK", b"x" * 1_000_000)))


def test_without_an_address_nothing_can_be_sent() -> None:
    sender = sms_for("", "")
    assert isinstance(sender, NoSms)
    assert not sender.is_on
    with pytest.raises(TryAgain):
        sender.send(MESSAGE)
