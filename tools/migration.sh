#!/usr/bin/env bash
# tools/migration.sh MESSAGE: a new migration from the difference between tables and migrations,
# to be reviewed by hand, and migrations/head.txt naming it: two branches that both add one then
# conflict in git and not in production. Without MESSAGE only head.txt is written anew.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

flask() { env -u DATABASE_URL CASETRACKER_ENV=test DATA_DIR="$work" .venv/bin/python -m flask --app wsgi "$@"; }
if [ -n "${1:-}" ]; then
    flask db upgrade
    flask db migrate --message "$1"
fi
heads=$(flask db heads | awk '{ print $1 }')
[ "$(wc -w <<<"$heads")" = 1 ] || { echo "应只有一个最新版本，现有：$heads" >&2; exit 1; }
echo "$heads" >migrations/head.txt
echo "migrations/head.txt：$heads"
