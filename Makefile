# Two commands do all the set-up: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
DEMONSTRATION := data/demonstration.duckdb

# Only what the lock files name, byte for byte: no package can be exchanged on its way.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:
# What only tests use is compiled when it is first imported: most of it never is.
UNCOMPILED := --no-compile

.PHONY: run real test journeys benchmark faults load fuzz advisories pictures locks chromium clean

run: $(VENV)/.run $(DEMONSTRATION) ## the application on 127.0.0.1:8501 with the demonstration store
	SAFEGUARDING_STORE=$(DEMONSTRATION) $(BIN)/streamlit run app.py --server.port $(PORT)

real: $(VENV)/.run ## the application with the partnership's own store, empty at first
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: $(VENV)/.test chromium ## style, types and every test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive app.py pages dataset safeguarding_metrics
	$(BIN)/python -m pip check
	$(BIN)/python -m supply
	$(BIN)/python -m pytest -n 3 --dist worksteal

journeys: $(VENV)/.test chromium ## the long journeys in Chromium: a whole year, every screen enlarged, every register
	$(BIN)/python -m pytest -n 2 -m long

benchmark: $(VENV)/.bench ## ratios within one run; takes minutes
	$(BIN)/python -m benchmarks

faults: $(VENV)/.bench ## kills, damaged files, full disks: nothing accepted may be lost; takes twenty minutes
	$(BIN)/python -m benchmarks faults

load: $(VENV)/.test ## a hundred readers and twenty senders on this machine; takes five minutes
	$(BIN)/python -m benchmarks load

fuzz: $(VENV)/.test ## a million damaged files and addresses; takes up to half an hour
	$(BIN)/python -m benchmarks fuzzing

advisories: $(VENV)/.test ## what is publicly known today against the packages; needs the internet, and says so without
	$(BIN)/python -m supply --asked

pictures: $(VENV)/.test $(DEMONSTRATION) chromium ## the picture at the top of the README
	@SAFEGUARDING_STORE=$(DEMONSTRATION) $(BIN)/streamlit run app.py --server.port 8599 >/dev/null 2>&1 & pid=$$!; sleep 8; \
		$(BIN)/python docs/take_pictures.py --readme http://127.0.0.1:8599 docs; kill $$pid

$(DEMONSTRATION): | $(VENV)/.run
	$(BIN)/python -m safeguarding_metrics demonstrate --to $@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed: make PYTHON=python3.11 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); sh -c 'apt-get install -y python3-venv || sudo -n apt-get install -y python3-venv' \
		&& $(PYTHON) -m venv $(VENV); }

$(VENV)/.run: requirements.lock | $(VENV)/bin/python
	$(INSTALL) -r requirements.lock
	touch $@

$(VENV)/.test: requirements-dev.lock | $(VENV)/bin/python
	$(INSTALL) $(UNCOMPILED) -r requirements-dev.lock
	touch $@ $(VENV)/.run

$(VENV)/.bench: requirements-bench.lock | $(VENV)/bin/python
	$(INSTALL) $(UNCOMPILED) -r requirements-bench.lock
	touch $@ $(VENV)/.test $(VENV)/.run

locks: $(VENV)/.test ## the lock files from the requirements: the whole tree with the hash of every file of a version
	@for name in requirements requirements-dev requirements-bench; do \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		$$name.txt --output-file $$name.lock || exit 1; done

# Debian's and Ubuntu's Chromium, where it is missing and the user may install it.
chromium:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
		test -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" || \
		{ command -v apt-get >/dev/null && { if [ "$$(id -u)" = 0 ]; then S=; else S="sudo -n"; fi; \
		$$S apt-get update -qq && $$S apt-get install -y -qq chromium >/dev/null; }; } || \
		echo "Chromium is missing and could not be installed: the journeys in a browser will be skipped."

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
