# `make` alone tells what there is. Each target sets up what it needs first; a second time that takes a moment.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
# Tests wait for browsers and servers a third of their time: three at once keep two cores busy.
WORKERS ?= 3
BIN := .venv/bin
SETUP := @PYTHONDONTWRITEBYTECODE=1 $(PYTHON) -m tools.setup
export PYTHONUTF8 := 1
export BENCH_SIZES := $(SIZES)

.DEFAULT_GOAL := help
.PHONY: help run test demo check format bench bench-soak docs assets lock clean

help: ## list what make can do
	@awk -F ': ## ' '/^[a-z-]+: ## / {printf "make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## set up and start the service on http://127.0.0.1:8000 (PORT=...), with demonstration data the first time
	$(SETUP) run
	@exec $(BIN)/exhibits serve --host 127.0.0.1 --port $(PORT)

test: ## set up and run every test: SQLite, PostgreSQL, browser, style, types, layers
	$(SETUP) test
	@exec $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

demo: ## the main job without hands, from the label to the alert, in a temporary folder
	$(SETUP) develop
	@exec $(BIN)/python -m tools.demo

check: ## style, types and layers first, because they are quick; then every test
	$(SETUP) test
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@exec $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

format: ## let ruff lay out the code and sort the imports
	$(SETUP) develop
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

bench: ## benchmarks, side by side with their peers (ONLY=name for one, SIZES=10000,100000 for how many items)
	$(SETUP) bench
	@exec $(BIN)/python -m benchmarks $(ONLY)

bench-soak: ## the benchmarks and random drives that take many minutes
	$(SETUP) bench
	@exec $(BIN)/python -m benchmarks --soak $(ONLY)

docs: ## write docs/refusals.md anew from the code
	$(SETUP) develop
	@exec $(BIN)/python -m tools.refusals

assets: ## install page assets from npm and build static/build
	$(SETUP) assets

lock: ## write the lock files anew from requirements*.in and package.json, at the newest versions that fit
	$(SETUP) develop
	@exec $(BIN)/python -m tools.lock

clean: ## remove what set-up made (.venv, node_modules, built assets); the data in instance/ stays
	@rm -rf .venv node_modules static/build build exhibits.egg-info .mypy_cache .ruff_cache .pytest_cache \
		.import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
