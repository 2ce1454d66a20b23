# Every command anyone needs. Each does its own set-up, once; nothing is installed outside this folder.
# A machine needs make and Python 3.11 or newer with venv.

.DEFAULT_GOAL := help
.NOTPARALLEL:
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)

# What the set-up leaves behind. Remove .venv and node_modules to begin again.
PACKAGES := .venv/.packages
DEV_PACKAGES := .venv/.dev-packages
MODULES := node_modules/.modules
DEV_MODULES := node_modules/.dev-modules
CLIENT := sdk/js/dist/index.js
APP := server/src/pindown_server/web/app/index.html

OURS := server/pyproject.toml sdk/python/pyproject.toml .make/packages
NPM := package.json package-lock.json .npmrc
FILES = $(shell find $(1) \( -name node_modules -o -name .svelte-kit -o -name e2e \) -prune -o -type f -print)

.PHONY: help run test check style types e2e pytest vitest format install bench contract lock clean

help:  ## List the commands
	@sed -n 's/^\([a-z0-9]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 18

run: install  ## Start Pindown with an account, boards and live numbers to look at
	@exec $(BIN)/pindown demo

test: pytest vitest e2e  ## Run all tests: both databases, the web app, a real browser

check: style types test  ## Everything a change must pass: format, lint, types and all tests

install: $(APP)  ## Leave .venv/bin/pindown, the built web app and sdk/js/dist ready to use

style: $(DEV_PACKAGES) $(DEV_MODULES)  ## Check format, lint and who imports whom
	ruff format --check
	ruff check
	lint-imports
	npm run lint --workspace web

types: $(DEV_PACKAGES) $(DEV_MODULES) $(CLIENT)  ## Check types, strictly
	mypy
	npm run check --workspaces --if-present

pytest: $(DEV_PACKAGES) $(DEV_MODULES) $(APP)  ## Run the tests of the server and the Python SDK
	pytest

vitest: $(DEV_PACKAGES) $(DEV_MODULES) $(CLIENT)  ## Run the tests of the JavaScript SDK and the web app
	npm test --workspaces --if-present

e2e: $(DEV_PACKAGES) $(DEV_MODULES) $(APP)  ## Run the journeys in a real browser
	npm run e2e --workspace web

format: $(DEV_PACKAGES) $(DEV_MODULES)  ## Format the code and mend what can be mended
	ruff format
	ruff check --fix
	npm run lint --workspace web -- --fix

contract: $(PACKAGES)  ## Write contract/ and the generated tables in docs/ anew
	$(BIN)/python -m pindown_server.contract
	$(BIN)/python server/tests/pure/grid_cases.py

bench: $(DEV_PACKAGES) $(APP)  ## Measure, and write bench/results.md
	$(BIN)/python bench/run.py

lock: $(DEV_PACKAGES)  ## Write the lock files anew after a dependency was added or removed
	.make/lock

clean:  ## Remove everything that was built or installed
	rm -rf .venv node_modules web/.svelte-kit sdk/js/dist $(dir $(APP))

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Pindown needs Python 3.11 or newer. Name one: make PYTHON=…'; exit 1; }
	$(PYTHON) -m venv .venv

$(PACKAGES): requirements.lock $(OURS) | .venv/bin/python
	.make/packages requirements.lock
	@touch $@

$(DEV_PACKAGES): requirements-dev.lock $(OURS) | .venv/bin/python
	.make/packages requirements-dev.lock
	@touch $(PACKAGES) $@

# Without --workspace the browser of the tests comes too.
$(MODULES): $(NPM) | $(PACKAGES)
	npm ci --workspace web --workspace sdk/js
	@touch $@

$(DEV_MODULES): $(NPM) | $(DEV_PACKAGES)
	npm ci
	@touch $(MODULES) $@

$(CLIENT): $(MODULES) $(call FILES,sdk/js/src) sdk/js/package.json sdk/js/tsconfig.json sdk/js/tsconfig.build.json
	npm run build --workspace sdk/js
	@touch $@

$(APP): $(CLIENT) $(call FILES,web)
	npm run build --workspace web -- --logLevel warn
	@touch $@
