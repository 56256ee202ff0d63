# SPDX-License-Identifier: Apache-2.0
# One word does everything. Needs python3 (3.11 or later), make and a package index; works with GNU make 3.81 and later.

# uv from PATH if it runs there, otherwise fetched into .tools/. It never downloads a Python of its own.
UV := $(or $(shell uv --version >/dev/null 2>&1 && command -v uv),.tools/bin/uv)
RUN := $(UV) run --no-sync
export UV_PYTHON_DOWNLOADS := never
# The certificates of the system count, as for git: a network may have its own mirror.
export UV_SYSTEM_CERTS := 1

.PHONY: help demo demo-report demo-clean test check format messages bench fuzz pictures release clean

help:  ## lists these recipes
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

demo: .venv/.ready  ## invents the Harbour Federation, three years of its matters, and serves it in your browser
	$(RUN) evenhand demo --dir .demo/harbour

demo-report: .venv/.ready  ## invents five years of the federation's old case histories, examines them and opens the report
	$(RUN) python -m demo.harbour --out .demo
	$(RUN) evenhand examine run .demo/mapping .demo/source --out .demo/report
	@$(RUN) python tools/open_page.py .demo/report/report.html

demo-clean:  ## forgets the invented federation
	rm -rf .demo

test: .venv/.ready  ## runs everything that this machine can run; EVENHAND_REQUIRE=all turns each skip into a failure
	$(RUN) pytest -n auto --dist loadfile

check: .venv/.ready  ## format, faults, types, layers, length of modules, the manual: all that needs no run of the examination
	$(RUN) pytest tests/test_style.py tests/test_house.py tests/test_manual.py

format: .venv/.ready  ## puts the code into its format and mends what can be mended by itself
	$(RUN) ruff check --fix --exit-zero --quiet
	$(RUN) ruff format

messages: .venv/.ready  ## gathers every text of the pages and brings the French catalogue up to date; says what lacks
	$(RUN) python tools/messages.py

bench: .venv/.ready  ## measures the speed the project promises; pm4py goes into an environment of its own, .bench/
	$(RUN) python -m bench

fuzz: .venv/.ready  ## ten minutes of altered bytes against every parser of the record, and 200 times two complaints at once; for every night
	EVENHAND_FUZZ_SECONDS=600 EVENHAND_FUZZ_SEED=$$(date +%F) $(RUN) pytest tests/record/test_fuzz.py tests/verifier/test_fuzz.py -k damaged
	EVENHAND_REPEATED=200 $(RUN) pytest tests/intake/test_crowd.py -k again_and_again

pictures: .venv/.ready  ## draws the pictures of the README from the report of `make demo-report`; needs Chromium
	$(RUN) python tools/pictures.py .demo/report/report.html --out docs/pictures

release: .venv/.ready  ## puts the fragments into CHANGELOG.md under VERSION and DAY, then builds: make release VERSION=0.2.0 DAY=2027-01-31
	$(RUN) python tools/fragments.py collect --version "$(VERSION)" --day "$(DAY)"
	$(UV) build

clean: demo-clean  ## takes away everything that these recipes made
	rm -rf .venv .tools .bench .peers build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

.venv/.ready: pyproject.toml verifier/pyproject.toml uv.lock | $(UV)
	$(UV) sync --locked --all-packages
	@touch $@

.tools/bin/uv:
	@python3 -c 'import ensurepip, venv' || { echo 'python3 cannot make an environment; on Debian: apt-get install python3-venv' >&2; exit 1; }
	python3 -m venv .tools
	.tools/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.8,<1'
