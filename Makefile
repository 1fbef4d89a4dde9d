# `make site` builds the manual, `make test` runs every test, `make` alone lists the rest.
# Everything is made in .venv/ and site/; nothing else on the machine is touched, except that
# `make test` (and a Debian without the venv module) installs Debian packages where it may.

PYTHON ?= python3
DATE ?=
CHAPTERS ?= 50
ROUNDS ?= 3
FUZZ ?= 3500
UPGRADE ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-input
ITSELF := $(PIP) --no-deps --no-build-isolation --editable .
CHAPTERHOUSE := $(BIN)/chapterhouse
DATED := $(if $(DATE),--date $(DATE))
COMPILE := UV_CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/uv pip compile --quiet --no-annotate --universal \
	--python-version 3.11 --fork-strategy fewest --generate-hashes $(if $(UPGRADE),--upgrade) pyproject.toml

.DEFAULT_GOAL := help
.PHONY: help site serve check verify pdf test fuzz programs bench format lock clean

help:
	@echo 'make site     build the manual into site/'
	@echo 'make serve    show it at http://127.0.0.1:8000/ and rebuild at every saved change'
	@echo 'make check    every fault of the manual: place and cure'
	@echo 'make verify   build, and prove that the pages carry what the sources require'
	@echo 'make pdf      the whole manual as one PDF file, manual.pdf'
	@echo 'make test     every test, the browser tests included'
	@echo 'make fuzz     broken documents, imported ($(FUZZ) of each kind)'
	@echo 'make bench    speed and memory, against plain Material (CHAPTERS=$(CHAPTERS) ROUNDS=$(ROUNDS))'
	@echo 'make format   put the code in its form'
	@echo 'make lock     write the lock files anew after a change of pyproject.toml (UPGRADE=1: newest versions)'
	@echo 'make clean    remove all that was made'
	@echo 'Settings: PYTHON=python3.12, DATE=2026-09-01 (the build date of site, serve, check, verify and pdf)'

# --- The manual ---

site: $(VENV)/for-site
	@$(CHAPTERHOUSE) build $(DATED)
	@echo "The manual is in site/; its first page is site/index.html."
	@echo "To read it as readers will: make serve, then http://127.0.0.1:8000/"

serve: $(VENV)/for-site
	@$(CHAPTERHOUSE) serve $(DATED)

check: $(VENV)/for-site
	@$(CHAPTERHOUSE) check $(DATED)

verify: site
	@$(CHAPTERHOUSE) verify site $(DATED)

pdf: $(VENV)/for-pdf
	@$(CHAPTERHOUSE) pdf --output manual.pdf $(DATED)

# --- The code ---

test: $(VENV)/for-test programs
	@echo 'Format: ruff format --check'
	@$(BIN)/ruff format --check --quiet . || { echo "make test: the files above are not in form; run 'make format'."; exit 1; }
	@echo 'Lint: ruff check'
	@$(BIN)/ruff check --quiet . || { echo 'make test: the linter objects, see above.'; exit 1; }
	@echo 'Types: mypy'
	@$(BIN)/mypy --no-error-summary || { echo 'make test: the types do not fit, see above.'; exit 1; }
	@echo 'Tests: pytest'
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

fuzz: $(VENV)/for-test
	@CHAPTERHOUSE_FUZZ=$(FUZZ) $(BIN)/python -m pytest --quiet tests/importers/test_broken.py

bench: $(VENV)/for-site
	@$(BIN)/python tests/benchmarks/run.py --chapters $(CHAPTERS) --rounds $(ROUNDS)

format: $(VENV)/for-test
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

lock: $(VENV)/for-test
	@$(COMPILE) --group build --output-file requirements.lock
	@$(COMPILE) --group build --extra pdf --constraint requirements.lock --output-file requirements-pdf.lock
	@$(COMPILE) --group build --group dev --extra pdf --constraint requirements-pdf.lock --output-file requirements-dev.lock
	@echo 'Wrote requirements.lock, requirements-pdf.lock and requirements-dev.lock.'

clean:
	@rm -rf $(VENV) site manual.pdf .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find plugins tests -name __pycache__ -type d -prune -exec rm -rf {} +

# --- The environment: exact versions by hash, then this package on top ---

$(VENV)/for-site: $(VENV)/created requirements.lock pyproject.toml
	@echo 'Installing what the manual needs into $(VENV)/ ...'
	@$(PIP) --require-hashes --requirement requirements.lock
	@$(ITSELF)
	@touch $@

$(VENV)/for-pdf: $(VENV)/created requirements-pdf.lock pyproject.toml
	@echo 'Installing what PDF files need into $(VENV)/ ...'
	@$(PIP) --require-hashes --requirement requirements-pdf.lock
	@$(ITSELF)
	@touch $(VENV)/for-site $@

$(VENV)/for-test: $(VENV)/created requirements-dev.lock pyproject.toml
	@echo 'Installing what the tests need into $(VENV)/ ...'
	@$(PIP) --require-hashes --requirement requirements-dev.lock
	@$(ITSELF)
	@touch $(VENV)/for-site $(VENV)/for-pdf $@

$(VENV)/created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "make: Chapterhouse needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) --version 2>&1 || true)"; \
		echo 'make: install one, or name it: make site PYTHON=python3.12'; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { $(call install,python3-venv); }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
		echo 'make: $(PYTHON) cannot create an environment: its modules venv and ensurepip are missing.'; \
		echo 'make: on Debian or Ubuntu: sudo apt-get install python3-venv'; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

# --- Programs that the tests run, which the package registry does not have ---

BROWSER := command -v chromium || command -v chromium-browser || command -v google-chrome
PDFTOTEXT := command -v pdftotext
FIREFOX := command -v firefox-esr || command -v firefox
# On macOS /usr/bin/java is there even when Java is not, so it has to be asked.
JAVA := java -version
# Playwright brings its own Node, which wants a library that a bare Debian lacks.
DRIVER := $(BIN)/playwright --version

define missing
{ $(BROWSER); } >/dev/null 2>&1 || echo chromium; \
{ $(PDFTOTEXT); } >/dev/null 2>&1 || echo poppler-utils; \
{ $(JAVA); } >/dev/null 2>&1 || echo default-jre-headless; \
{ $(DRIVER); } >/dev/null 2>&1 || echo libatomic1
endef

# Installs Debian packages as root or with a sudo that asks nothing; elsewhere does nothing.
define install
packages=$$(echo $(strip $(1))); able=; \
if ! command -v apt-get >/dev/null; then :; \
elif [ "$$(id -u)" = 0 ]; then able='sh -c'; \
elif sudo -n true 2>/dev/null; then able='sudo -n sh -c'; fi; \
if [ -n "$$able" ]; then \
	echo "Installing from Debian: $$packages ..."; \
	said=$$($$able "export DEBIAN_FRONTEND=noninteractive; apt-get -q update; \
		apt-get -q --yes --no-install-recommends install $$packages" 2>&1) || echo "$$said"; \
fi
endef

# Firefox is not to be had everywhere: it is asked for by itself, so that nothing else is missed with it, and
# where it cannot be installed, its tests say that they were left out.
programs: $(VENV)/for-test
	@missing=$$($(missing)); [ -z "$$missing" ] || { $(call install,$$missing); }
	@{ $(FIREFOX); } >/dev/null 2>&1 || { $(call install,firefox-esr); }
	@missing=$$($(missing)); [ -z "$$missing" ] || { \
		echo "make test: missing:" $$missing; \
		echo 'make test: the browser tests need Chromium, the print tests pdftotext, the HTML checker Java,'; \
		echo 'make test: and Playwright, which drives the browser, libatomic.'; \
		echo "make test: on Debian or Ubuntu: sudo apt-get install" $$missing; \
		echo 'make test: on macOS: brew install --cask chromium; brew install poppler openjdk'; exit 1; }
