"""Short messages through a small HTTP gateway; knows no case and no resident.

One POST of JSON `{"id", "to", "text"}`, signed: `X-Signature: sha256=HMAC(key, timestamp.body)`
with `X-Timestamp` in Unix seconds. The gateway answers 200 `{"status": "accepted"}` or
`{"status": "refused", "reason"}`; 409 says that it has this id already. See docs/operating.md.
"""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from typing import Any, Protocol

import requests
from requests.exceptions import ConnectionError as NoConnection
from requests.exceptions import ConnectTimeout, RequestException, SSLError
from urllib3.exceptions import HTTPError, MaxRetryError, NewConnectionError

from casetracker.gateways.errors import OutcomeUnknown, Refused, TryAgain, as_reason

CONNECT_S, ANSWER_S = 3.05, 10.0
LONGEST_ANSWER = 64 * 1024
TAKEN = frozenset({200, 201, 202})
KNOWN_ALREADY = 409
BAD_MESSAGE = frozenset({400, 413, 415, 422})
IN_BETWEEN = frozenset({502, 504})
"""A proxy gave up on the gateway behind it, which may well have taken the message."""


@dataclass(frozen=True, slots=True)
class Sms:
    """One short message; the gateway refuses a second one with the same `message_id`."""

    to: str
    text: str
    message_id: str


class SmsSender(Protocol):
    """What can send short messages; `is_on` is False where no gateway is configured."""

    @property
    def is_on(self) -> bool: ...

    def send(self, sms: Sms) -> None:
        """Hand over. Raises TryAgain, Refused or OutcomeUnknown."""


class NoSms:
    """Where no SMS_GATEWAY_URL is set: nobody is promised messages, so none is ever queued."""

    is_on = False

    def send(self, sms: Sms) -> None:
        raise TryAgain("未配置短信网关（SMS_GATEWAY_URL）", whole_gateway=True)


@dataclass(frozen=True, slots=True)
class SmsGateway:
    """The gateway at `url`; redirects are not followed and its answer is read to a limit."""

    url: str
    key: str
    connect_s: float = CONNECT_S
    answer_s: float = ANSWER_S
    is_on: bool = True

    def send(self, sms: Sms) -> None:
        body = json.dumps({"id": sms.message_id, "to": sms.to, "text": sms.text}).encode()
        status, headers, answer = self._post(body)
        _judge(status, headers, answer)

    def _post(self, body: bytes) -> tuple[int, Any, bytes]:
        with requests.Session() as web:
            web.trust_env = False  # no proxy or password file of the machine
            try:
                with web.post(
                    self.url,
                    data=body,
                    headers=self._signed(body),
                    timeout=(self.connect_s, self.answer_s),
                    allow_redirects=False,
                    stream=True,
                ) as response:
                    answer = response.raw.read(LONGEST_ANSWER, decode_content=True)
                    return response.status_code, response.headers, answer
            except (RequestException, HTTPError, OSError) as error:
                raise _failure(error) from error

    def _signed(self, body: bytes) -> dict[str, str]:
        stamp = str(int(time.time()))
        signature = hmac.new(self.key.encode(), f"{stamp}.".encode() + body, hashlib.sha256)
        return {
            "Content-Type": "application/json",
            "X-Timestamp": stamp,
            "X-Signature": f"sha256={signature.hexdigest()}",
        }


def _failure(error: Exception) -> TryAgain | OutcomeUnknown:
    """Whether the gateway can have seen the request at all."""
    cause = error.args[0] if isinstance(error, NoConnection) and error.args else None
    unreachable = isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)
    if unreachable or isinstance(error, ConnectTimeout | SSLError):
        return TryAgain("短信网关无法连接", whole_gateway=True)
    return OutcomeUnknown(f"短信网关未答复（{type(error).__name__}）")


def _judge(status: int, headers: Any, answer: bytes) -> None:
    if status == KNOWN_ALREADY:
        return
    if status in TAKEN:
        _read_verdict(answer)
    elif status in BAD_MESSAGE:
        raise Refused(f"短信网关拒绝：{status}")
    elif status in IN_BETWEEN:
        raise OutcomeUnknown(f"短信网关未答复：{status}")
    else:  # 429 and 5xx pass; 401, 403, 404 are mended by whoever runs the product
        raise TryAgain(
            f"短信网关暂不可用：{status}", retry_after_s=_pause(headers), whole_gateway=True
        )


def _read_verdict(answer: bytes) -> None:
    try:
        told = json.loads(answer)
        verdict = told["status"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise OutcomeUnknown("短信网关的答复无法识别") from None
    if verdict == "refused":
        raise Refused(f"短信网关拒绝：{as_reason(told.get('reason', ''))}")
    if verdict != "accepted":
        raise OutcomeUnknown("短信网关的答复无法识别")


def _pause(headers: Any) -> int | None:
    """Retry-After in seconds, at most an hour; dates are not understood."""
    stated = headers.get("Retry-After", "")
    return min(int(stated), 3600) if stated.isascii() and stated.isdigit() else None


def sms_for(url: str, key: str) -> SmsSender:
    """The sender of an SMS_GATEWAY_URL, the silent one for an empty address."""
    return SmsGateway(url, key) if url else NoSms()
