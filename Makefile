# Short targets; each says what it does. Needs Python 3.11+, make and git, nothing else.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help brief desk test check lint types contracts format docs bench wheel clean
help:            ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:[^#]*##/\t/' | expand -t 18

.venv/core: requirements/core.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Sluicegate needs Python 3.11 or newer; found " + sys.version.split()[0] + ". Try: make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/core.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: .venv/core requirements/dev.lock requirements/oracle.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/oracle.lock
	@touch $@

brief: .venv/core ## read the bundled article and print the brief (offline)
	$(BIN)/sluicegate brief examples/april-2025.txt --html brief.html

desk: .venv/core  ## open the desk in a browser: prints its address (offline)
	$(BIN)/sluicegate desk

test: .venv/dev   ## all tests, on all cores up to four
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal

lint: .venv/dev   ## style
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: .venv/dev  ## types, strict
	$(BIN)/mypy

contracts: .venv/dev ## which room may import which
	$(BIN)/lint-imports

check: lint types contracts test ## everything the project asks of a change

docs: .venv/dev   ## write the reference anew from the code
	$(BIN)/python docs/generate.py

bench: .venv/dev  ## time the engine and the brief
	$(BIN)/python -m bench.engine_speed && $(BIN)/python -m bench.brief_speed

wheel: .venv/dev  ## one file to install, with the data inside, in dist/
	$(BIN)/python -m hatchling build -t wheel

format: .venv/dev ## put the code in the house's form
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

clean:           ## remove what the targets made
	rm -rf .venv brief.html
