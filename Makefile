# Two commands for a newcomer: `make demo` and `make test`. Each installs and starts what it needs.
.DEFAULT_GOAL := help
SHELL := /bin/sh

# The first Python 3.12 or newer on this machine.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.14; do \
	  $$p -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && { echo $$p; break; }; done)

export UV_PYTHON := $(PYTHON)
export UV_PYTHON_DOWNLOADS := never
# What is imported once is kept as bytecode: without it every start compiles a second of it anew.
unexport PYTHONDONTWRITEBYTECODE
UV := .tools/bin/uv
RUN := .venv/bin/

.PHONY: help setup demo test browser check bench dev clean fix

help:
	@echo 'make demo          set everything up, live the first night, serve on 127.0.0.1:8000, or the next free port'
	@echo 'make demo PORT=N   the same on this port; an error if it is taken'
	@echo 'make demo ONCE=1   the same, ends after the night; exit status 0 only if its promises held'
	@echo 'make test          all tests: pure, database, browser'
	@echo 'make check         format, lint, types, import contracts, docs'
	@echo 'make bench         what Muster is fast at, each figure beside its limit'
	@echo 'make dev           set up and serve with reload, no demo data'

setup: .venv/.ready .venv/.assets .venv/.compiled

$(UV):
	@test -n "$(PYTHON)" || { echo 'Muster needs Python 3.12 or newer (python3 --version).'; exit 1; }
	$(PYTHON) -m venv .tools
	.tools/bin/pip install --quiet --disable-pip-version-check 'uv>=0.9'

.venv/.ready: $(UV) pyproject.toml uv.lock
	$(UV) sync --frozen --quiet
	@touch $@

CLIENT := $(shell find client -type f -not -path '*/node_modules/*' -not -path '*/dist/*' 2>/dev/null)
PO := $(shell find src/muster/locale -name '*.po' 2>/dev/null)
.venv/.assets: .venv/.ready $(CLIENT) $(PO)
	$(RUN)python -m muster.project.assets
	@touch $@

# Compiled once here, so that nobody waits for it in front of a screen.
KERNELS := $(shell find src/muster/planner src/muster/simulate src/muster/kernel -name '*.py' 2>/dev/null)
.venv/.compiled: .venv/.ready $(KERNELS)
	$(RUN)python -m muster.planner.solvers.warm
	$(RUN)python -m muster.simulate.warm
	@touch $@

# One of the tables is recorded in a Chromium; without one the night says so and is lived all the same.
demo: setup
	-@$(MAKE) --no-print-directory browser
	$(RUN)muster demo $(if $(ONCE),--once) $(if $(PORT),--port $(PORT))

dev: setup
	$(RUN)muster serve --reload

# Two processes, each with a database of its own; a test file stays in one of them.
test: setup browser
	$(RUN)python -m pytest -n 2 --dist loadfile $(ARGS)

# A Chromium for the demo and the browser tests: the machine's own, Debian's, or Playwright's.
browser: .venv/.ready
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
	  || command -v google-chrome >/dev/null \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq \
	       && apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null; } \
	  || $(RUN)python -m playwright install chromium

check: setup
	$(RUN)ruff format --check .
	$(RUN)ruff check .
	$(RUN)lint-imports
	$(RUN)mypy
	$(RUN)python -m pytest tests/house tests/project/test_reference.py tests/client -q

fix: .venv/.ready
	$(RUN)ruff format .
	$(RUN)ruff check --fix .

bench: setup
	$(UV) sync --frozen --quiet --group bench
	$(RUN)python -m bench $(ARGS)

clean:
	rm -rf .venv .tools src/muster/web/static artifacts client/*/node_modules
