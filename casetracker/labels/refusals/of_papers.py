"""Chinese sentences for what stands against issuing or serving a paper."""

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[str, str]] = {
    "paper_not_ready": (
        "还不能出具这份文书",
        "“{paper}”须写明{missing}，案件中还没有。请先办理相应的步骤。",
    ),
    "paper_not_of_the_case": (
        "这类案件不用这份文书",
        "本件不能出具“{paper}”，请在列出的文书中选择。",
    ),
    "paper_by_step": (
        "这份文书由签发产生",
        "“{paper}”在领导签发时自动编号出具，请在案件页面办理审签。",
    ),
    "paper_already_replaced": (
        "该文书已经更正过",
        "这份“{paper}”已有更正后的文书，请在新的一份上更正。",
    ),
}

PROBLEMS: Mapping[str, str] = {
    "served_before_issued": "送达时间不能早于文书的出具日期",
}
