# Everything a newcomer, a developer and CI need; a machine needs only Python >= 3.11 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NODE := $(BIN)/node
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm --prefix viz
ARGS ?=
TEST_ARGS ?=
export UV_PYTHON_DOWNLOADS := never

.PHONY: install demo test check bench format screenshots clean

install: .make/venv .make/app .make/store

.make/uv:
	@mkdir -p .make
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.8"
	@touch $@

# The locked versions, with their hashes, from whatever index this machine uses.
.make/venv: .make/uv pyproject.toml uv.lock
	@$(BIN)/uv export --quiet --frozen --no-emit-project --format requirements-txt --output-file .make/requirements.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r .make/requirements.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

.make/app: .make/venv $(shell find viz/src viz/public viz/fonts -type f 2>/dev/null) viz/index.html viz/package-lock.json viz/vite.config.ts viz/style.json
	@$(NPM) ci --silent --no-audit --no-fund
	@$(NPM) run --silent build
	@touch $@

.make/store: .make/venv
	@$(BIN)/graphintel store install
	@touch $@

demo: install
	@$(BIN)/python -m graphintel.cli.demo $(ARGS)

test: install
	@$(BIN)/pytest -q -x -m "not neo4j and not browser and not spark" $(TEST_ARGS)
	@$(BIN)/pytest -q -m "(neo4j or browser) and not spark" $(TEST_ARGS)

check: .make/venv .make/app
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(NPM) run --silent check

format: .make/venv .make/app
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
	@$(NPM) run --silent format

# Each with a size that ends in minutes; `graphintel bench NAME` without one measures as much as its bars are meant for.
BENCHES := ingest:20000 memory:100000 faults:2000 api:100000 resolve:5000 index:20000 planted:1 judge:2000 analysis:50000

bench: install
	@for one in $(BENCHES); do \
		echo "$${one%%:*}" && $(BIN)/graphintel bench "$${one%%:*}" --size "$${one##*:}" || exit $$?; done

screenshots: install
	@cd tests && ../$(BIN)/python -m browser.screenshots ../screenshots

clean:
	rm -rf .make $(VENV) viz/node_modules graphintel/viz/static
