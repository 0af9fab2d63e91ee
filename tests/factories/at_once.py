"""Several people who act at the same moment, each in a thread and a session of their own."""

import threading
from collections.abc import Callable
from typing import Any

from flask import current_app

from casetracker.persistence.database import db


def at_once(*acts: Callable[[], Any]) -> list[Exception | None]:
    """What came of each when all start together; None where it was done."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    start = threading.Barrier(len(acts))
    told: list[Exception | None] = [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        with app.app_context():
            start.wait()
            try:
                act()
            except Exception as error:
                told[place] = error
            finally:
                db.session.remove()

    db.session.rollback()
    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return told
