"""`python -m bench.rolling SECONDS`: rolls changes into the sums so often, as a worker does."""

import sys
import time
from datetime import UTC, datetime

from casetracker import create_app
from casetracker.persistence.database import db
from casetracker.services.context import SYSTEM, Context
from casetracker.services.running.rollup import roll


def main() -> None:
    app = create_app()
    while True:
        with app.app_context():
            roll(Context(SYSTEM, datetime.now(UTC).replace(microsecond=0)))
            db.session.remove()
        time.sleep(float(sys.argv[1]))


if __name__ == "__main__":
    main()
