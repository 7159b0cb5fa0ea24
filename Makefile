# `make demo` and `make test` need Python >= 3.11 and make, nothing else; both work offline once
# they have run. Everything is installed into .venv.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo test quick check format quality fuzz lock licences audit soak load flat screenshots clean

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# The first Python that is new enough; a shim that stands for nothing fails the check, too.
$(BIN)/python:
	@for python in $(PYTHON) python3 python3.13 python3.12 python3.11 python3.14 python; do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    "$$python" -m venv $(VENV) && exit 0; \
	    echo "$$python cannot make an environment: install its venv module (python3-venv)." >&2; \
	    rm -rf $(VENV); exit 1; \
	  fi; \
	done; echo "Dossier needs Python 3.11 or later: install it, or run make PYTHON=/path/to/python." >&2; exit 1

# pip is upgraded first: 23.2 stops at lxml[html-clean], which trafilatura needs.
$(VENV)/.pip: | $(BIN)/python
	@echo "Preparing $(VENV) (first time only)…"
	@$(PIP) --upgrade pip
	@touch $@

$(VENV)/.installed: pyproject.toml | $(VENV)/.pip
	@echo "Installing Dossier (first time only)…"
	@$(PIP) --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(VENV)/.pip
	@echo "Installing Dossier and what its tests need (first time only)…"
	@$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-fuzz: pyproject.toml | $(VENV)/.pip
	@$(PIP) --editable '.[fuzz]'
	@touch $@

# 1 is an honest "the dossier does not say", which the last question shows.
demo: export DOSSIER_DIR :=
demo: $(VENV)/.installed  ## three sample questions on the built-in dossier, then a chat
	@for question in \
	  "Qui a reçu Antony Blinken à Astana ?" \
	  "Combien d'ambulances ont été offertes aux Ukrainiens ?" \
	  "Quelle est la superficie du Kazakhstan ?"; \
	do \
	  printf '\n> %s\n\n' "$$question"; \
	  $(BIN)/dossier ask "$$question" || [ $$? -eq 1 ] || exit 1; \
	done
	@if [ -t 0 ] && [ -t 1 ]; then echo; $(BIN)/dossier chat; fi

test: $(VENV)/.installed-dev  ## every test
	$(BIN)/python -m pytest -q $(ARGS)

quick: $(VENV)/.installed-dev  ## the tests that take no time
	$(BIN)/python -m pytest -q -m 'not slow' $(ARGS)

check: $(VENV)/.installed-dev  ## lint, format, types, tests, quality gate
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m pytest -q
	$(BIN)/dossier eval

format: $(VENV)/.installed-dev  ## put the code in its form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

quality: $(VENV)/.installed  ## the built-in questions against their floors
	$(BIN)/dossier eval

FUZZ_SECONDS ?= 600
fuzz: $(VENV)/.installed-fuzz  ## every door with made-up input, for ten minutes (FUZZ_SECONDS=600)
	$(BIN)/python -m tests.fuzz.run --seconds $(FUZZ_SECONDS)

lock: $(VENV)/.pip  ## requirements/*.txt: exact versions with hashes, for the default and each extra
	@$(PIP) uv
	$(BIN)/python requirements/lock.py

licences: $(VENV)/.installed  ## the licences of what is installed and of our data files
	@$(BIN)/python requirements/licences.py

audit: $(VENV)/.pip  ## known weaknesses of the locked packages (asks a public service)
	@$(PIP) pip-audit
	@for file in default semantic scale pdf metrics plots; do \
	  $(BIN)/pip-audit --require-hashes --disable-pip -r requirements/$$file.txt || exit 1; done

soak: $(VENV)/.installed-dev  ## the bot killed a hundred times under load: nothing is lost
	DOSSIER_KILLS=100 $(BIN)/python -m pytest -q -s tests/e2e/test_kill.py

flat: $(VENV)/.installed-dev  ## fifty thousand questions to one process: its memory stays flat
	DOSSIER_FLAT=$(or $(QUESTIONS),50000) $(BIN)/python -m pytest -q -s tests/e2e/test_flat.py

load: $(VENV)/.installed-dev  ## the bot under load: 30 questions a second, then 3,000 at once
	$(BIN)/python -m tests.e2e.load

screenshots: $(VENV)/.installed-dev  ## pictures of conversations for the guide (needs Chromium)
	$(BIN)/python -m tests.e2e.gallery docs/pictures

clean:  ## remove the environment and what tools left
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
