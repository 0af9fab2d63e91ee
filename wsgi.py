"""For `gunicorn wsgi:app` and `flask --app wsgi`."""

import gc

from casetracker import create_app

app = create_app()

# What is there at the start stays to the end: the collector need not go through it at every turn.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
