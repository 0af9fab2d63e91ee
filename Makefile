# For maintainers; users and CI need only ./run and ./test.
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
UV_EXPORT := .venv/bin/uv export --quiet --frozen --format requirements-txt --no-header --no-annotate \
             --no-emit-project --no-default-groups

.PHONY: help lint bench chaos lock image migration

help:           ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

lint:           ## formats, rules, imports, types, templates
	./test lint

bench:          ## measure against the floor; results in bench/results
	bash -c '. tools/bootstrap.sh && bootstrap test'
	$(PYTHON) -m bench

chaos:          ## kill and starve the parts while they work; outcome in docs/results.md
	bash -c '. tools/bootstrap.sh && bootstrap test'
	$(PYTHON) -m bench.faults

migration:      ## m="what changes": a new migration to review, and head.txt
	tools/migration.sh "$(m)"

lock:           ## resolve pyproject.toml and package.json anew; write the lock files
	bash -c '. tools/bootstrap.sh && bootstrap dev'
	.venv/bin/uv lock --upgrade
	$(UV_EXPORT) --output-file requirements.txt >/dev/null
	$(UV_EXPORT) --group test --output-file requirements-test.txt >/dev/null
	$(UV_EXPORT) --group dev --output-file requirements-dev.txt >/dev/null
	$(UV_EXPORT) --only-group assets --output-file requirements-assets.txt >/dev/null
	npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts

image:          ## build the container image (needs Docker)
	docker build --tag casetracker:$$($(PYTHON) -c 'import casetracker; print(casetracker.__version__)') .
