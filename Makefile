# Every command sets up .venv by itself: once, and again when a lock or pyproject.toml changes.
# It needs Python 3.11 or newer (another than the first on the path: PYTHON=/path/to/python3.12).

REPORTS ?= data/reports
BIN = .venv/bin
SETUP = scripts/setup.sh pyproject.toml requirements/build.lock

.PHONY: briefings test bench lab strip lock environment clean

briefings: .venv/run.done  ## reports of a folder -> outputs/<run>/briefings: make briefings REPORTS=some/folder
	@$(BIN)/dangjian run --reports "$(REPORTS)"

test: .venv/all.done  ## lint, types, the direction of imports, tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 -q

bench: .venv/all.done  ## speed as ratios within one run, some parts of it: make bench PARTS="stages linear memory peers joint"
	@$(BIN)/python scripts/bench.py $(PARTS)
	@$(if $(PARTS),:,$(BIN)/python scripts/bench_storage.py)
	@$(if $(PARTS),:,$(BIN)/python scripts/bench_runs.py)
	@$(if $(PARTS),:,$(BIN)/python scripts/bench_kernels.py)

lab: .venv/all.done  ## the notebooks in JupyterLab; in Chinese: make lab LOCALE=zh; its own options: make lab ARGS=--no-browser
	@JUPYTER_CONFIG_PATH="$(CURDIR)/scripts/lab/$(or $(LOCALE),en)" \
		$(BIN)/jupyter lab --ServerApp.root_dir=. --LabApp.default_url=/lab/tree/notebooks $(ARGS)

strip: .venv/all.done  ## outputs out of the notebooks, and their .py texts brought up to them; before each commit: git config core.hooksPath scripts/hooks
	@$(BIN)/python scripts/notebooks.py strip

lock:  ## pin again after a change in pyproject.toml; make lock UPGRADE=--upgrade takes the newest of all
	@sh scripts/lock.sh $(UPGRADE)

environment: .venv/all.done  ## environment.yml for conda, from pyproject.toml
	@$(BIN)/python scripts/environment.py

clean:  ## remove the set-up and the tools' caches; outputs/ stays
	rm -rf .venv .cache build dist lib/*.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

.venv/%.done: requirements/%.lock $(SETUP)
	@sh scripts/setup.sh $*
