"""Chinese names of the limits a case runs under, by their code in the catalogue."""

from collections.abc import Mapping

LIMIT_NAMES: Mapping[str, str] = {
    "dispatch": "派单",
    "sign": "签收",
    "contact": "先行联系",
    "return": "退单",
    "handle": "办理答复",
    "assist": "协办反馈",
    "review": "审核",
    "callback": "回访",
    "redo": "二次办理",
    "park_review": "挂账回看",
    "supervise": "督办反馈",
}


def limit_name(code: str) -> str:
    """The name of a limit or of one of its variants (`handle:help`); the code where it has none."""
    return LIMIT_NAMES.get(code.partition(":")[0], code)
