# The portal from nothing: python3 3.11 or later and make. `make PYTHON=python3.12 run` names another.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
SIZE ?= 1000000
COMPILE = $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header \
	--no-annotate --universal --python-version 3.11

.PHONY: help install run test journeys check bench lock
.DEFAULT_GOAL := help

help: ## This list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

install: $(VENV)/installed ## Set up .venv with what the portal needs to run

run: install ## Serve the portal with demonstration data (PORT=8000, DATA_DIR=data)
	@$(BIN)/python manage.py up

test: $(VENV)/installed-dev ## Run the tests, all but the browser's (ARGS="-k word")
	@$(BIN)/python -m pytest -n auto --dist loadscope -m "not journey" $(ARGS)

journeys: $(VENV)/installed-dev ## Drive the portal in headless Chromium
	@$(BIN)/python -m pytest -m journey $(ARGS)

check: $(VENV)/installed-dev ## Linters, types, floors, migrations, schema, translations, templates
	@bin/check

bench: $(VENV)/installed-dev ## Measure against alternatives (SIZE=1000000)
	@$(BIN)/python -m bench --size $(SIZE)

lock: $(VENV)/installed-dev ## Pin the newest allowed packages with their hashes
	@for set in base local dev; do $(COMPILE) --upgrade requirements/$$set.in -o requirements/$$set.txt; done

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "This needs Python 3.11 or later; name one: make PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements/local.txt | $(BIN)/python
	@echo "Installing packages"
	@$(PIP) install --require-hashes --requirement $<
	@touch $@

$(VENV)/installed-dev: requirements/dev.txt | $(BIN)/python
	@echo "Installing packages for development"
	@$(PIP) install --require-hashes --requirement $<
	@touch $(VENV)/installed $@
