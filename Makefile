# The portal in a few words; `make` alone lists them. Needs Python 3.11+, make and a package index.
# Names of files are relative, so that the folder may have spaces in its name.
.PHONY: help run test check bench faults format lock
.DEFAULT_GOAL := help

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && exit; done; echo python3)
VENV := .venv/bin/python

help:  ## show this list
	@sed -n 's/^\([a-z]*\):.*##  *\(.*\)/make \1\t\2/p' Makefile | expand -t 14

run: .venv/run.done  ## start the whole portal on this machine (PORT=8000 CWN_DATA=var CWN_DEMO=1)
	@exec $(VENV) manage.py up

test: .venv/dev.done  ## run the whole suite (ARGS='-k login')
	@sh .ci/chromium || true
	@exec $(VENV) -m pytest -n auto --dist worksteal $(ARGS)

check: .venv/dev.done  ## lint, types, import ladder, templates, migrations, documentation
	$(VENV) -m ruff check .
	$(VENV) -m ruff format --check .
	SECRET_KEY=check CWN_DEMO=1 $(VENV) -m mypy .
	.venv/bin/lint-imports
	.venv/bin/djade --check --target-version 5.2 $$(git ls-files '*.html')
	$(VENV) -m djlint --lint templates
	SECRET_KEY=check CWN_DEMO=1 $(VENV) manage.py makemigrations --check --dry-run
	$(VENV) -m pytest tests/architecture

bench: .venv/dev.done  ## measure, and write benchmarks/RESULTS.md
	@exec $(VENV) -m benchmarks $(ARGS)

faults: .venv/dev.done  ## kill workers, broker and database while 10,000 mails leave; none lost, none twice
	@exec $(VENV) -m tests.faults $(ARGS)

format: .venv/dev.done  ## put the code in its standard form
	$(VENV) -m ruff check --fix .
	$(VENV) -m ruff format .
	.venv/bin/djade --target-version 5.2 $$(git ls-files '*.html')

COMPILE = .venv/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links \
	--python-version 3.11 --universal --custom-compile-command 'make lock'
lock: .venv/dev.done  ## write the lock files after a change of pyproject.toml (ARGS=--upgrade)
	$(COMPILE) pyproject.toml -o requirements.txt $(ARGS)
	$(COMPILE) pyproject.toml --extra s3 -c requirements.txt -o docs/howto/requirements.txt $(ARGS)
	$(COMPILE) pyproject.toml --group dev -c requirements.txt -o tests/requirements.txt $(ARGS)
	echo uv | $(COMPILE) - -o .ci/uv.txt $(ARGS)

# Installed once per lock file: the mark is younger than what it was made from.
.venv/run.done: requirements.txt .ci/uv.txt
	@$(PYTHON) .ci/install requirements.txt && touch $@

.venv/dev.done: tests/requirements.txt .ci/uv.txt
	@$(PYTHON) .ci/install tests/requirements.txt && touch $@ .venv/run.done
