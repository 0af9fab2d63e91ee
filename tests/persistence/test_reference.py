"""The snapshot of units, rules and settings: asked for once a transaction, never older than it."""

from casetracker.persistence.calendar_day import Setting
from casetracker.persistence.queries.reference import reference, touch
from tests.factories.street import new_street


def test_the_stamp_is_asked_for_once_in_a_transaction_and_anew_in_the_next(
    session, count_queries
) -> None:
    new_street(session)
    reference(session)
    session.commit()
    with count_queries() as statements:
        assert reference(session) is reference(session)
    assert len(statements) == 1
    session.commit()
    with count_queries() as statements:
        reference(session)
    assert len(statements) == 1


def test_a_change_is_seen_in_its_own_transaction_and_after(session) -> None:
    street = new_street(session)
    before = reference(session).settings["street_name"]
    session.merge(Setting(name="street_name", value="另一街道", changed_at=street.now))
    touch(session, street.now)
    assert reference(session).settings["street_name"] == "另一街道" != before
    session.commit()
    assert reference(session).settings["street_name"] == "另一街道"
