"""What is written into the access log beside the histories of cases: codes only.

Source: GB/T 22239-2019 8.1.4 安全审计; docs/rules/permissions.md.
"""

from enum import StrEnum


class Access(StrEnum):
    """One kind of look, reveal, export, sign-in or act of administration."""

    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a code, no password
    SECOND_FACTOR_ON = "second_factor_on"
    SECOND_FACTOR_OFF = "second_factor_off"
    SESSION_ENDED = "session_ended"
    ACCOUNT_CREATED = "account_created"
    ACCOUNT_CHANGED = "account_changed"
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_ENABLED = "account_enabled"
    PASSWORD_RESET = "password_reset"  # noqa: S105 - a code, no password
    ROLES_SET = "roles_set"
    TOKEN_ISSUED = "token_issued"  # noqa: S105 - a code, no token
    TOKEN_REVOKED = "token_revoked"  # noqa: S105 - a code, no token
    UNIT_CHANGED = "unit_changed"
    CATEGORY_CHANGED = "category_changed"
    CALENDAR_LOADED = "calendar_loaded"
    LIMIT_CHANGED = "limit_changed"
    SETTING_CHANGED = "setting_changed"
    PROFILE_CHANGED = "profile_changed"
    OVERSIGHT_RULE_CHANGED = "oversight_rule_changed"
    OVERSIGHT_KEPT = "oversight_kept"  # talks with units, suggestions put aside
    ROUTING_CHANGED = "routing_changed"
    TEMPLATE_CHANGED = "template_changed"
    PERSON_REVEALED = "person_revealed"
    EXPORT_ORDERED = "export_ordered"
    EXPORT_DECIDED = "export_decided"
    CASES_EXPORTED = "cases_exported"
    EXPORT_TAKEN = "export_taken"
    UPSTREAM_COPIED = "upstream_copied"
    FILE_OPENED = "file_opened"
    PAPER_READ = "paper_read"
    LANE_SEEN = "lane_seen"  # of the confidential lane: told to its own officers alone
    LEDGER_KEPT = "ledger_kept"
    PATROL_KEPT = "patrol_kept"
    PATROL_PRINTED = "patrol_printed"
    REPORT_KEPT = "report_kept"
    SCREEN_PLACED = "screen_placed"
    SCREEN_REMOVED = "screen_removed"
    SIGN_CHECKED = "sign_checked"
    IMPORTED = "imported"
    DELIVERY_DECIDED = "delivery_decided"
    AUDIT_READ = "audit_read"
