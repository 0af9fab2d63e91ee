"""A process remembers the latest answers, and no more than it was told to."""

from casetracker.stats.remembering import Remembered


def test_what_was_used_longest_ago_makes_room() -> None:
    remembered: Remembered[str] = Remembered(most=2)
    remembered.keep("one", "first")
    remembered.keep("two", "second")
    assert remembered.recall("one") == "first"
    remembered.keep("three", "third")
    assert remembered.recall("two") is None, "the other was used since"
    assert remembered.recall("one") == "first"
    assert remembered.recall("three") == "third"


def test_an_answer_given_anew_takes_the_place_of_the_old_one() -> None:
    remembered: Remembered[str] = Remembered(most=2)
    remembered.keep("one", "first")
    remembered.keep("one", "better")
    assert remembered.recall("one") == "better"
