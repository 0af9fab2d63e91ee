"""For `gunicorn wsgi:app` and `flask --app wsgi`."""

from casetracker import create_app

app = create_app()
