#!/usr/bin/env bash
# Lays the browser files of package-lock.json into casetracker/static/vendor/ (ignored by git, part
# of the wheel and the image) and, with "test" as argument, axe-core into tests/vendor/.
# Uses the machine's npm; where there is none, the npm of the wheel in requirements-assets.txt.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

VENDOR=casetracker/static/vendor
TEST_VENDOR=tests/vendor
want=$(cat package-lock.json tools/assets.sh | sha256sum | cut -d' ' -f1)
laid() { [ "$(cat "$1/.stamp" 2>/dev/null)" = "$want" ]; }

if laid "$VENDOR" && { [ "${1:-}" != test ] || laid "$TEST_VENDOR"; }; then exit 0; fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp package.json package-lock.json "$work/"

if ! command -v npm >/dev/null 2>&1; then
    python3 -m venv "$work/venv"
    "$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
        --require-hashes --only-binary :all: -r requirements-assets.txt
    PATH="$work/venv/bin:$PATH"
fi
(cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error >/dev/null)
modules="$work/node_modules"

# lay FOLDER FILE...: a whole new folder takes the old one's place, so that none is ever half laid.
lay() {
    local folder=$1 fresh="$work/fresh"
    shift
    rm -rf "$fresh"
    mkdir -p "$fresh/licences"
    for file in "$@"; do
        cp "$modules/$file" "$fresh/"
        local package=${file%%/*}
        for notice in "$modules/$package"/LICENSE* "$modules/$package"/NOTICE*; do
            [ -f "$notice" ] && cp "$notice" "$fresh/licences/$package-$(basename "$notice")"
        done
    done
    echo "$want" >"$fresh/.stamp"
    rm -rf "$folder"
    mkdir -p "$(dirname "$folder")"
    cp -r "$fresh" "$folder"
}

lay "$VENDOR" \
    echarts/dist/echarts.common.min.js \
    swagger-ui-dist/swagger-ui.css \
    swagger-ui-dist/swagger-ui-bundle.js
if [ "${1:-}" = test ]; then lay "$TEST_VENDOR" axe-core/axe.min.js; fi
