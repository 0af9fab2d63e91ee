"""The articles that papers and refusals quote, as data. 《信访工作条例》(2022) unless said.

Source: docs/rules/petition.md §1.
"""

from collections.abc import Mapping

from casetracker.domain.petition_vocabulary import ConcludeGround, PetitionClass, Subroute
from casetracker.domain.vocabulary import DeclineReason

LAW = "《信访工作条例》"

OF_CLASS: Mapping[PetitionClass, str] = {
    PetitionClass.SUGGESTION: f"{LAW}第二十九条",
    PetitionClass.ACCUSATION: f"{LAW}第三十条",
    PetitionClass.APPEAL: f"{LAW}第三十一条",
}
OF_SUBROUTE: Mapping[Subroute, str] = {
    route: f"{LAW}第三十一条第{number}项"
    for route, number in zip(Subroute, "一二三四五六", strict=True)
}
OF_REFUSAL: Mapping[DeclineReason, str] = {
    DeclineReason.NOT_OURS: f"{LAW}第二十三条第一款",
    DeclineReason.OTHER_DISTRICT: f"{LAW}第二十条第一款、第二十三条第一款",
    DeclineReason.IN_PETITION: f"{LAW}第十九条第三款",
    DeclineReason.STATUTORY_CHANNEL: f"{LAW}第二十二条第二款、第三十一条",
}
"""Why a petition may not be taken (不予受理), with the article each rests on."""

ELSEWHERE = frozenset({DeclineReason.NOT_OURS, DeclineReason.OTHER_DISTRICT})
"""Refusals that have to name the organ to go to."""

OF_ENDING: Mapping[ConcludeGround, str] = {
    ConcludeGround.FINAL_REVIEW: f"{LAW}第三十六条第三款",
    ConcludeGround.WINDOW_LAPSED: "本地规定，见本街道设定",
    ConcludeGround.WITHDRAWN: "信访人自愿撤回",
    ConcludeGround.MEDIATED: f"{LAW}第三十三条",
    ConcludeGround.DEATH: "《山东省信访条例》第四十六条，参照",
    ConcludeGround.LANE_FINISHED: f"{LAW}第三十条",
}

REPRESENTATIVES = f"{LAW}第二十条第三款"
NOTICE = f"{LAW}第二十三条第二款"
OBJECTION = f"{LAW}第二十三条第三款"
RECUSAL = f"{LAW}第二十八条第三款"
ACCUSED = f"{LAW}第三十条第三款"
OPINION = f"{LAW}第三十二条第一款"
HANDLING_LIMIT = f"{LAW}第三十四条"
REVIEW = f"{LAW}第三十五条"
FINAL_REVIEW = f"{LAW}第三十六条第一款"
NEVER_AGAIN = f"{LAW}第三十六条第三款"


def law_of(petition_class: PetitionClass, subroute: Subroute | None) -> str:
    """The article behind a class, with the item behind a sub-route."""
    return OF_SUBROUTE[subroute] if subroute else OF_CLASS[petition_class]
