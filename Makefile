# Needs Python 3.11 and make. The first target that needs it sets up .venv, from the network;
# after that, none but `install` after a change of dependencies needs one.

PYTHON ?= python3
BENCHMARKS ?= quota engine staging transforms workbook

BIN := .venv/bin
READY := .venv/.ready

.DEFAULT_GOAL := help
.SILENT:
.PHONY: help install demo check test bench

help: ## List these targets
	echo "make TARGET, with TARGET one of:"
	sed -n 's/^\([a-z]*\):.*## \(.*\)/\1|\2/p' $(firstword $(MAKEFILE_LIST)) \
		| while IFS='|' read -r name does; do printf '  %-9s %s\n' "$$name" "$$does"; done

install: $(READY) ## Set up .venv with all that is needed, in the pinned versions
	echo "ready: $(BIN)/importer"

demo: $(READY) ## Import 240 leads into a local stand-in for LeadSquared, kill it half-way, carry on
	$(BIN)/python -m importer.sandbox.demo

check: $(READY) ## Format, lint and types
	$(BIN)/ruff format --check --quiet . || { echo "mend it: $(BIN)/ruff format ."; exit 1; }
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy --strict --no-error-summary
	echo "check: format, lint and types are fine"

test: $(READY) ## All tests, offline
	$(BIN)/python -m pytest

bench: $(READY) ## The numbers that the importer is held to, measured here
	set -e; for name in $(BENCHMARKS); do $(BIN)/python -m benchmarks.$$name; done

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "the importer needs Python 3.11 or newer, and \"$(PYTHON)\" is:" \
			"$$($(PYTHON) --version 2>&1 | head -n 1)" >&2; \
		echo "name another: make PYTHON=python3.11" >&2; exit 1; }
	echo "setting up .venv (once; takes a minute, and the network)"
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -qq --disable-pip-version-check \
		-c constraints.txt -e '.[sandbox,dev]'
	touch $@
