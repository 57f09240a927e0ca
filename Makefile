# Everything below happens in .venv, which holds what requirements.lock names and nothing else.

PYTHON ?= python3
BIN := .venv/bin
CHAPTER ?=

# Jupyter keeps out of the home folder.
export JUPYTER_PLATFORM_DIRS := 1
export IPYTHONDIR := $(CURDIR)/.venv/ipython
export JUPYTER_DATA_DIR := $(CURDIR)/.venv/jupyter
export JUPYTER_CONFIG_DIR := $(CURDIR)/.venv/jupyter
export JUPYTER_CONFIG_PATH := $(CURDIR)/tools/jupyter
export JUPYTER_RUNTIME_DIR := $(CURDIR)/.venv/jupyter/runtime
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# Figures carry no date, so that they come out the same each time.
test test-browser processors lab refresh: export SOURCE_DATE_EPOCH := 0
# Small matrices: several threads would only wait for one another.
test test-browser processors lab refresh: export OPENBLAS_NUM_THREADS := 1

.PHONY: help book pdf links serve pyodide test test-browser processors floors bench lab refresh lock clean
.DEFAULT_GOAL := help

help:  ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 21

book: .venv/.ready  ## Build the pages into _build/html
	@rm -rf _build/html
	@$(BIN)/jupyter-book build . --all -n -W --keep-going
	@echo
	@echo "The book is ready. Open this file in a browser:"
	@echo "  $(CURDIR)/_build/html/index.html"

pdf: book .venv/browser  ## Print the pages into one file, _build/book.pdf (needs Chromium)
	@$(BIN)/python tools/make_pdf.py

links: .venv/.ready  ## Ask whether the addresses of others still answer (needs the network)
	@$(BIN)/jupyter-book build . --all --builder linkcheck

# A page opened from a disk fetches Python from the public server only. BOOK_PYODIDE needs this.
serve: .venv/.ready  ## Show the pages at an address of this computer (PORT=8000)
	@test -f _build/html/index.html || $(MAKE) book
	@$(BIN)/python -m http.server --bind 127.0.0.1 --directory _build/html $(or $(PORT),8000)

pyodide: .venv/.ready  ## Fetch the Python of the pages into _build/pyodide, and verify it
	@$(BIN)/python tools/pyodide.py

test: .venv/.ready .venv/browser  ## Check style, code, text and every stored output, or CHAPTER=name
ifneq ($(CHAPTER),)
	@$(BIN)/python tools/test_chapter.py $(CHAPTER)
else
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/oxlint --deny-warnings book tests
	$(BIN)/oxfmt --check "book/**/*.js" "tests/**/*.js"
	$(BIN)/pytest
endif

# Where the files of Pyodide cannot be had, the tests say so loudly, and nothing fails.
test-browser: .venv/.ready .venv/browser  ## Compare all cells and answers in a browser with what is stored
	@test -n "$$BOOK_PYODIDE" || $(BIN)/python tools/pyodide.py || true
	$(BIN)/pytest -n0 tests/inpage --ignore=tests/inpage/test_orders.py
	$(BIN)/pytest -n2 --dist=load tests/inpage/test_orders.py

# Another processor adds up in another order. OpenBLAS can work as an older x86 does, and NumPy
# without the wide instructions that it has chosen from.
WIDE = "from numpy._core._multiarray_umath import __cpu_dispatch__; print(*__cpu_dispatch__)"
processors: .venv/.ready  ## Run all notebooks as on other processors, or PROCESSORS=Nehalem
	@wide=$$($(BIN)/python -c $(WIDE)) && \
	for name in $(or $(PROCESSORS),Haswell Nehalem); do \
	  echo "As on $$name:"; NPY_DISABLE_CPU_FEATURES="$$wide" OPENBLAS_CORETYPE=$$name \
	  $(BIN)/pytest book || exit; done

floors: export OPENBLAS_CORETYPE := Nehalem
# An old debugger would warn at each start.
floors: export PYDEVD_DISABLE_FILE_VALIDATION := 1
floors: .venv-floors/.ready  ## Test the code on the lowest versions that pyproject.toml allows
	.venv-floors/bin/python -m pytest dlbasics tests --ignore=tests/book

# A file may be chosen: make bench ONLY=softmax
bench: .venv/.ready  ## Time the package beside others, in one run and one thread
	@for file in benchmarks/bench_$(or $(ONLY),*).py; do \
	  OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 MKL_NUM_THREADS=1 VECLIB_MAXIMUM_THREADS=1 \
	  $(BIN)/python $$file || exit; done

# A notebook that is not trusted shows no figure until it is run.
lab: .venv/.ready  ## Open the chapters in JupyterLab
	@$(BIN)/jupyter trust book/*.ipynb book/solutions/*.ipynb > /dev/null
	@$(BIN)/jupyter lab book/intro.md

refresh: .venv/.ready  ## Run all notebooks, or CHAPTER=name, and store their outputs
	@$(BIN)/python tools/refresh.py $(CHAPTER)

# The extras stay: without them, an older pip takes the newest version instead of the locked one.
lock:  ## Choose the newest versions that pyproject.toml allows (needs uv)
	@uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --upgrade \
	  --generate-hashes --no-strip-extras --no-emit-index-url --no-emit-find-links --no-annotate \
	  --fork-strategy fewest --custom-compile-command "make lock" --quiet \
	  --output-file requirements.lock

clean:  ## Remove all that was built or installed
	rm -rf .venv .venv-floors _build .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

.venv/.locked: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3"; exit 1; }
	@echo "Installing into .venv (once, about a minute) ..."
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install -qq --require-hashes -r requirements.lock
	@touch $@

.venv/.ready: .venv/.locked pyproject.toml
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@

# The pages are tested in the system's browser, or in one that Playwright fetches, if it can.
.venv/browser: .venv/.locked
	@mkdir -p $@
	@test -n "$$CHROMIUM" || command -v chromium chromium-browser google-chrome chrome > /dev/null || \
	  PLAYWRIGHT_BROWSERS_PATH=$(CURDIR)/$@ $(BIN)/playwright install --only-shell chromium > /dev/null 2>&1 || \
	  echo "No browser could be fetched: the pages will not be tested in one."
	@touch $@

# The lowest versions of what the code and its tests name. uv finds them; pip cannot.
.venv-floors/.ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || \
	  { echo "The lowest versions need Python 3.11: make floors PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Installing into .venv-floors (once, about a minute) ..."
	@$(PYTHON) -m venv --clear .venv-floors
	@.venv-floors/bin/python -m pip install -qq uv
	@.venv-floors/bin/uv pip install --quiet --python .venv-floors/bin/python \
	  --resolution lowest-direct --requirements pyproject.toml --extra chapters --extra test
	@.venv-floors/bin/python -m pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@
