# Two commands do all the set-up: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
DEMONSTRATION := data/demonstration.duckdb

.PHONY: run real test benchmark faults pictures chromium clean

run: $(VENV)/.run $(DEMONSTRATION) ## the application on 127.0.0.1:8501 with the demonstration store
	SAFEGUARDING_STORE=$(DEMONSTRATION) $(BIN)/streamlit run app.py --server.port $(PORT)

real: $(VENV)/.run ## the application with the partnership's own store, empty at first
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: $(VENV)/.test chromium ## style, types and every test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2

benchmark: $(VENV)/.bench ## ratios within one run; takes minutes
	$(BIN)/python -m benchmarks

faults: $(VENV)/.bench ## kills, damaged files, full disks: nothing accepted may be lost; takes twenty minutes
	$(BIN)/python -m benchmarks faults

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

$(VENV)/.run: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/.test: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ $(VENV)/.run

$(VENV)/.bench: requirements.txt requirements-dev.txt requirements-bench.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-bench.txt
	touch $@ $(VENV)/.test $(VENV)/.run

# Debian's and Ubuntu's Chromium, where it is missing and the user may install it.
chromium:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
		test -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" || \
		{ command -v apt-get >/dev/null && { if [ "$$(id -u)" = 0 ]; then S=; else S="sudo -n"; fi; \
		$$S apt-get update -qq && $$S apt-get install -y -qq chromium >/dev/null; }; } || \
		echo "Chromium is missing and could not be installed: the journeys in a browser will be skipped."

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
