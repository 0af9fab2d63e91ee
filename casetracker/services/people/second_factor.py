"""The second factor: six digits from an app, each good once (RFC 6238).

Knows accounts, not sign-in. Source: GB/T 22239-2019 8.1.4; OWASP ASVS 5.0 V6.5.
"""

import hmac
import re
from datetime import datetime

import pyotp

from casetracker.domain.text import half_width
from casetracker.persistence.account import Account

STEP_S = 30
DRIFT = (-1, 0, 1)
"""Steps of the clock of a phone that are forgiven."""
ISSUER = "民呼我应"


def new_secret() -> str:
    return pyotp.random_base32()


def address_for_app(secret: str, username: str) -> str:
    """What an authenticator app reads (otpauth://)."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=ISSUER)


def normalised(code: str | None) -> str:
    """The digits alone, however they were typed; empty when it is no code."""
    digits = re.sub(r"[\s-]", "", half_width(code or ""))
    return digits if re.fullmatch(r"[0-9]{6}", digits) else ""


def matching_step(
    secret: str, code: str | None, now: datetime, last_step: int | None
) -> int | None:
    """The time step of the code, later than any used before; None if it does not fit."""
    digits = normalised(code)
    if not digits:
        return None
    present = int(now.timestamp()) // STEP_S
    for step in (present + drift for drift in DRIFT):
        fits = hmac.compare_digest(pyotp.TOTP(secret).generate_otp(step), digits)
        if fits and (last_step is None or step > last_step):
            return step
    return None


def use_code(account: Account, code: str | None, now: datetime) -> bool:
    """Whether the account needs no code or this one is good; then it is used up.

    The caller holds the row's lock, so that two requests cannot use one code.
    """
    if account.totp_secret is None:
        return True
    step = matching_step(account.totp_secret, code, now, account.totp_last_step)
    if step is not None:
        account.totp_last_step = step
    return step is not None
