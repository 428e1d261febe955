# Needs Python 3.11 and make. The first target that needs it sets up .venv, from the network;
# after that, none but `install` after a change of dependencies needs one.

PYTHON ?= python3

BIN := .venv/bin
READY := .venv/.ready

.DEFAULT_GOAL := help
.SILENT:
.PHONY: help install demo check test browser-test torture guards fuzz audit docs dist bench

help: ## List these targets
	echo "make TARGET, with TARGET one of:"
	sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(firstword $(MAKEFILE_LIST)) \
		| while IFS='|' read -r name does; do printf '  %-12s %s\n' "$$name" "$$does"; done

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
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

browser-test: $(READY) ## The pages in a headless Chromium, with axe; CHROMIUM=… names one
	exec $(if $(CHROMIUM),env CHROMIUM="$(CHROMIUM)") $(BIN)/python -m tests.browser

torture: $(READY) ## Every fault that can be made, for minutes; FILE=… MAPPING=… plays a list of yours
	exec $(BIN)/python -m tests.torture $(if $(FILE),--file "$(FILE)") \
		$(if $(MAPPING),--mapping "$(MAPPING)") $(if $(SEED),--seed $(SEED)) $(if $(WRITE),--write)

guards: $(READY) ## Take out one guard after another, and see what each prevents
	$(BIN)/python -m tests.torture.guards $(if $(WRITE),--write)

fuzz: $(READY) ## Broken lists, mappings and settings by the thousand; SEED=… for others
	exec $(BIN)/python -m tests.fuzz $(if $(SEED),--seed $(SEED)) $(if $(KEEP),--keep "$(KEEP)") \
		$(if $(WRITE),--write)

audit: $(READY) ## Whether a pinned package has a known vulnerability; needs the network
	$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e '.[audit]'
	$(BIN)/python -m tests.check_audit

docs: $(READY) ## The manual as a site, in build/site, where it agrees with the code
	$(BIN)/python -m docs_build --check
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	echo "docs: build/site/index.html"

dist: $(READY) ## The wheel and the sdist, in build/dist, tried in an empty environment
	$(BIN)/python -m tests.check_dist $(DIST_PYTHONS)

bench: $(READY) ## The numbers that the importer is held to, measured here; WRITE=1 keeps them
	$(BIN)/python -m benchmarks $(if $(WRITE),--write)

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
