# Two commands do the main job on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python

.PHONY: demo test test-all bench setup clean

setup:
	@$(PYTHON) scripts/setup.py

demo: setup
	@$(RUN) scripts/demo.py

test: setup
	@$(RUN) -m pytest -n 2 --dist loadgroup -m "not long"

test-all:
	@$(PYTHON) scripts/setup.py hosts
	@$(RUN) -m pytest -n 2 --dist loadgroup

bench: setup
	@$(RUN) -m benchmarks

clean:
	rm -rf $(VENV) $(VENV)-hosts build tests/node/node_modules
