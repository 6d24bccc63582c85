# `make map` draws who held what; `make test` runs the tests.  Both make the environment first, and do nothing twice.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
DAY ?= 1945-09-02
ROWS ?= 1e7
BIN := .venv/bin
BENCH := .venv-bench
MUTANTS := .venv-mutants
FUZZ := .venv-fuzz
SECONDS ?= 120
MODULES ?= atlas build.checks dates locate
READY := .venv/.ready

.PHONY: help map test test-slow data coast fonts facts packages packages-full check docs gallery notebooks coverage mutants fuzz bench bench-maps clean

help: ## List what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 15

# The environment: exact versions, each checked against its hash, then this project in place.
$(READY): constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	@echo "making .venv and installing into it (once)"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

map: $(READY) ## Draw DAY (1945-09-02 unless given) into out/ and print who held what
	@$(BIN)/sovietpacific at $(DAY)
	@$(BIN)/sovietpacific map $(DAY) -o out/$(DAY).html
	@$(BIN)/sovietpacific map $(DAY) -o out/$(DAY).png

test: $(READY) ## Lint, check types and run the tests, but for the slow ones
	$(BIN)/ruff check src tests release benchmarks notebooks docs
	$(BIN)/ruff format --check src tests release benchmarks notebooks docs
	$(BIN)/mypy
	$(BIN)/mypy -p release
	$(BIN)/python -m pytest -m "not slow" -n auto

test-slow: $(READY) ## Run the slow tests: rebuild the data, make the site, drive the pages, run the notebooks, spoil everything
	$(BIN)/python -m pytest -m slow -n auto

coverage: $(READY) ## Run the same tests and fail where they leave more than 5 % of src unrun
	@mkdir -p out/coverage
	$(BIN)/python -m pytest -m "not slow" -n auto --cov --cov-report=term-missing:skip-covered --cov-report=html:out/coverage/html

data: $(READY) ## Build data/ from seeds/ (the same bytes every time)
	$(BIN)/sovietpacific build

coast: $(READY) ## Clip the base layers anew from the packages of the registries, then build
	$(BIN)/sovietpacific build --coast

fonts: $(READY) ## Cut the fonts of sheets anew from their packages, with the signs of all names in data/
	@$(BIN)/python -c "from pathlib import Path; from sovietpacific.build.fonts import make_fonts; \
	  print(*make_fonts(Path('data'), Path('src/sovietpacific/maps/assets/fonts')), sep='\n')"

facts: $(READY) ## Write down anew what the library promises, release/public_facts.txt (see docs/versions.md)
	@$(BIN)/python -m release.public_facts

# uv is installed beside the tests' own environment only when it is wanted.
packages: $(READY) ## Try wheel and sdist with the lowest and the newest versions on every Python there is
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r release/uv.txt
	@$(BIN)/python -m release.packages

packages-full: $(READY) ## The same with the newest versions of today, and the fast tests in two corners
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r release/uv.txt
	@$(BIN)/python -m release.packages --suite --today

check: $(READY) ## Check seeds and data as they lie
	$(BIN)/sovietpacific check

docs: $(READY) ## Make the site of the pages, strictly and with no network, into out/docs (open out/docs/index.html)
	@$(BIN)/python -m sphinx -W --keep-going -n -q -j auto -c docs -d out/doctrees . out/docs

gallery: $(READY) ## Draw the pictures of docs/gallery anew (needs Chromium and its driver)
	PYTHONPATH=tests $(BIN)/python docs/gallery/draw.py

notebooks: $(READY) ## Run every notebook into out/notebooks/, with its pictures, as an ordinary notebook
	@mkdir -p out/notebooks
	@cd out/notebooks && for text in ../../notebooks/*.py; do \
	  name=$$(basename $$text .py) && ../../$(BIN)/jupytext --quiet --to ipynb --output $$name.part.ipynb $$text \
	  && ../../$(BIN)/jupyter-execute --inplace --timeout=60 $$name.part.ipynb \
	  && mv $$name.part.ipynb $$name.ipynb && echo "ran $$name" || exit 1; done

# What changes the modules lives apart; it works on a copy, whose parts are links until it starts.
$(MUTANTS)/.ready: constraints.txt tests/mutation/tools.txt pyproject.toml
	@test -x $(MUTANTS)/bin/python || $(PYTHON) -m venv $(MUTANTS)
	@$(MUTANTS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	@$(MUTANTS)/bin/python -m pip install --quiet --disable-pip-version-check -r tests/mutation/tools.txt
	@touch $@

mutants: $(MUTANTS)/.ready ## Change MODULES (atlas build.checks dates locate) bit by bit and see whether a test notices, into out/mutants
	@mkdir -p out/mutants
	@ln -sfn $(addprefix $(CURDIR)/,src tests data seeds pyproject.toml) out/mutants/
	@cd out/mutants && $(CURDIR)/$(MUTANTS)/bin/mutmut run $(foreach module,$(MODULES),'sovietpacific.$(module)*')
	@cd out/mutants && $(CURDIR)/$(MUTANTS)/bin/python $(CURDIR)/tests/mutation/tell.py

# What searches lives apart too; it reads the modules in another way than Python does, and nothing else should.
$(FUZZ)/.ready: constraints.txt tests/fuzz/tools.txt pyproject.toml
	@test -x $(FUZZ)/bin/python || $(PYTHON) -m venv $(FUZZ)
	@$(FUZZ)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r constraints.txt
	@$(FUZZ)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r tests/fuzz/tools.txt
	@touch $@

fuzz: $(FUZZ)/.ready ## Try TARGETS (all: seeds records geojson csv geo wkb days) with made-up inputs, SECONDS (120) each, into tests/fuzz/corpus
	@PYTHONPATH=src:tests $(FUZZ)/bin/python -m fuzz.run --seconds $(SECONDS) $(TARGETS)

# The rivals of the benchmark live apart: some need other versions than the tests do.
$(BENCH)/.ready: constraints.txt benchmarks/engines.txt pyproject.toml
	@test -x $(BENCH)/bin/python || $(PYTHON) -m venv $(BENCH)
	@$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	@$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/engines.txt
	@$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# The rivals' pages load scripts from the network; npm's packages stand in for these, in the same place.
$(BENCH)/page_assets/.ready: $(BENCH)/.ready benchmarks/page_assets.json
	@$(BENCH)/bin/python benchmarks/rivals/page_assets.py $(BENCH)/page_assets
	@touch $@

bench: $(BENCH)/.ready $(BENCH)/page_assets/.ready ## Measure speed, memory and maps beside other ways in one run (ROWS in the file), into benchmarks/RESULTS.md
	@mkdir -p out
	@{ cat benchmarks/head.md; \
	   echo "## Questions"; echo; $(BENCH)/bin/python benchmarks/run.py; echo; \
	   echo "## Points by the million"; echo; $(BENCH)/bin/python benchmarks/bulk.py --sizes 1e5,1e6,1e7; \
	   echo "## Files"; echo; $(BENCH)/bin/python benchmarks/stream.py --rows $(ROWS); echo; \
	   echo "## Maps"; echo; PYTHONPATH=tests $(BENCH)/bin/python benchmarks/maps.py; echo; \
	   echo "## Sheets and films"; echo; $(BENCH)/bin/python benchmarks/sheets.py; } > out/RESULTS.md
	@mv out/RESULTS.md benchmarks/RESULTS.md
	@cat benchmarks/RESULTS.md

bench-maps: $(BENCH)/page_assets/.ready ## Measure web maps, the slider and sheets beside Folium's plugins and geopandas, alone
	@PYTHONPATH=tests $(BENCH)/bin/python benchmarks/maps.py
	@$(BENCH)/bin/python benchmarks/sheets.py

clean: ## Remove what can be made again, but for data/
	rm -rf .venv .venv-bench .venv-mutants .venv-fuzz out dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
