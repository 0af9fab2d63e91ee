# One image for web, worker, beat and migrations; docker-compose.yml says which runs.
FROM python:3.11-slim-bookworm AS build

WORKDIR /build
COPY requirements.txt requirements-assets.txt package.json package-lock.json ./
RUN python -m venv /opt/casetracker/.venv \
    && /opt/casetracker/.venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check \
        --require-hashes --no-deps --only-binary :all: -r requirements.txt
COPY tools/assets.sh tools/
RUN bash tools/assets.sh

FROM python:3.11-slim-bookworm

# Chinese text in pictures and documents needs a font; the PDF writer loads the two libraries.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends fonts-noto-cjk libharfbuzz-subset0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /var/lib/casetracker --create-home casetracker \
    && chmod 700 /var/lib/casetracker

WORKDIR /opt/casetracker
COPY --from=build /opt/casetracker/.venv .venv
COPY casetracker casetracker
COPY workers workers
COPY templates templates
COPY migrations migrations
COPY wsgi.py gunicorn.conf.py ./
COPY --from=build /build/casetracker/static/vendor casetracker/static/vendor
RUN .venv/bin/python -m compileall -q casetracker workers

ENV PATH=/opt/casetracker/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    CASETRACKER_ENV=production \
    DATA_DIR=/var/lib/casetracker \
    LISTEN_HOST=0.0.0.0
USER 10001
VOLUME /var/lib/casetracker
EXPOSE 8000
CMD ["gunicorn", "wsgi:app"]
