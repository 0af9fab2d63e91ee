"""A matter handed in at the portal: counted against nuisance, then registered like any other.

The limits are counted in the database and fail closed; nothing is dropped in silence. Source:
docs/rules/privacy.md.
"""

from datetime import timedelta

from casetracker.gateways.file_store import Readable
from casetracker.persistence.sealing import keyring
from casetracker.services.attempts import Allowance, spend
from casetracker.services.commands.intake import RegisterCase
from casetracker.services.context import Context
from casetracker.services.outcome import Outcome
from casetracker.services.receiving.intake import register_case
from casetracker.services.steps.attachments import add_residents_attachment

PER_ADDRESS = (Allowance("submit:ip", 20, timedelta(hours=1)),)
FILES_PER_ADDRESS = (Allowance("photo:ip", 60, timedelta(hours=1)),)
PER_PHONE = (Allowance("submit:phone", 10, timedelta(days=1)),)


def submit_request(ctx: Context, command: RegisterCase) -> Outcome:
    """Register what a resident handed in; the query code is in the outcome's facts.

    The same form sent again gives the first outcome and counts as one. Raises TooManyAttempts
    before anything is registered, and what `register_case` raises.
    """
    spend(ctx, PER_ADDRESS, ctx.ip or "unknown")
    phone = command.petitioner.phone
    if phone is not None:
        spend(ctx, PER_PHONE, keyring().blind_index(phone, field="attempts.phone"))
    return register_case(ctx, command)


def add_photo(ctx: Context, number: str, code: str, filename: str, stream: Readable) -> Outcome:
    """Keep a file with the resident's own case.

    Raises TooManyAttempts before a byte is read, and what `add_residents_attachment` raises.
    """
    spend(ctx, FILES_PER_ADDRESS, ctx.ip or "unknown")
    return add_residents_attachment(ctx, number, code, filename, stream)
