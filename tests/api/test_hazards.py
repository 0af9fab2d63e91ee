"""The register of hazards as programs read it: their person's reach, page by page, nothing else."""

from tests.api.conftest import problem
from tests.factories.patrol import hazard, step, worked

ASKED = {"since": "2026-03-01", "until": "2026-03-31"}


def test_hazards_are_listed_page_by_page_the_newest_first(program, street):
    earlier = hazard(street, found_on="2026-02-20")
    numbers = [hazard(street) for _ in range(3)]
    caller = program("supervisor")
    first = caller.get("/hazards", limit=2).json
    second = caller.get("/hazards", limit=2, cursor=first["next_cursor"]).json
    listed = [one["number"] for page in (first, second) for one in page["items"]]
    assert listed == [*numbers[::-1], earlier]
    assert second["next_cursor"] is None
    one = first["items"][0]
    assert (one["state"], one["kind"], one["unit"]) == ("found", "fire", "东风社区")
    assert (one["found_on"], one["due_on"], one["is_late"]) == ("2026-03-02", "2026-03-17", False)
    assert [x["number"] for x in caller.get("/hazards", **ASKED).json["items"]] == numbers[::-1]
    problem(caller.get("/hazards", cursor="bad"), 400, "invalid_input")


def test_one_hazard_is_told_with_its_whole_history(program, street):
    number = worked(street, "rectified")
    answer = program("handler").get(f"/hazards/{number}")
    told = answer.json
    assert [one["step"] for one in told["events"]] == ["pass", "report", "notify", "find"]
    assert (told["state"], told["verified_on"]) == ("rectified", "2026-03-02")
    assert answer.headers["ETag"] == '"4"'
    assert told["demand"] == "三日内清空通道。"


def test_nobody_reads_further_than_the_person_of_the_token(program, street):
    number = hazard(street)
    elsewhere = program("other_handler")
    assert elsewhere.get("/hazards").json["items"] == []
    problem(elsewhere.get(f"/hazards/{number}"), 404, "not_found")
    problem(program("caller").get("/hazards"), 403, "no_right")
    problem(program("supervisor", "cases:read").get("/hazards"), 403, "insufficient_scope")
    assert program("supervisor", "patrols:read").get(f"/hazards/{number}").status_code == 200


def test_a_number_that_was_given_up_answers_with_the_one_that_stands(program, street):
    number = hazard(street)
    right = {
        "source": "grid", "found_on": "2025-12-31", "kind": "fire", "level": "ordinary",
        "place": "惠民超市", "area": "东风社区", "description": "疏散通道堆放杂物。",
    }  # fmt: skip
    step(street, "handler", number, "correct", **right, reason="年份有误")
    assert program("supervisor").get(f"/hazards/{number}").json["number"] == "YH2025-000001"
