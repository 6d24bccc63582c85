# `make map` draws who held what; `make test` runs the tests.  Both make the environment first, and do nothing twice.
# The first Python that is new enough.  Packages are installed by uv where it is there, which is faster, else by pip; `make UV=` takes pip.
PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3.14 python3 python; do \
  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
ifeq ($(origin UV), undefined)
UV := $(shell uv --version >/dev/null 2>&1 && command -v uv)
endif
DAY ?= 1945-09-02
ROWS ?= 1e7
BIN := .venv/bin
BENCH := .venv-bench
MUTANTS := .venv-mutants
FUZZ := .venv-fuzz
SECONDS ?= 120
MODULES ?= atlas api builder.checks dates land.locator
RUN := .venv/.run
DEVELOP := .venv/.develop

.PHONY: help map test test-slow data coast fonts words vendored facts wheel packages packages-full lock check-lock set-up check docs gallery house notebooks coverage spark mutants fuzz bench bench-maps clean

help: ## List what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 15

# $(call make_environment,FOLDER): an environment that has pip, with whatever it holds already.
define make_environment
@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and there is none here; name one with make PYTHON=/path/to/python" >&2; exit 1; }
@"$(PYTHON)" -c '$(IS_NEW_ENOUGH)'
@$(1)/bin/python -m pip --version >/dev/null 2>&1 || "$(PYTHON)" -m venv $(1)
@$(1)/bin/python -c '$(IS_NEW_ENOUGH)'
endef
IS_NEW_ENOUGH := import sys; sys.exit(f"Python 3.11 or newer is needed, {sys.executable} is {sys.version}" if sys.version_info < (3, 11) else None)
# $(call install,FOLDER,WHAT): install WHAT and nothing that WHAT asks for, so that a later release of others has no say.  Neither compiles
# beforehand: a map needs a tenth of it.
install = $(if $(UV),"$(UV)" pip install --quiet --python $(1)/bin/python,$(1)/bin/python -m pip install --quiet --disable-pip-version-check --no-compile) \
  --no-deps $(2)$(if $(UV), || { echo "uv could not install this; \`make UV=\` takes pip in its place" >&2; exit 1; })
# $(call install_locked,FOLDER,NAME): exact versions, each checked against its hash, then whether each has what it needs.
define install_locked
@$(call install,$(1),--require-hashes -r requirements/$(2).txt)
$(call check_packages,$(1))
endef
define check_packages
@told=$$($(if $(UV),"$(UV)" pip check --python $(1)/bin/python,$(1)/bin/python -m pip --disable-pip-version-check check) 2>&1) || \
  { echo "$$told" >&2; echo "$(1) holds packages that do not go together, perhaps from before: remove it (rm -r $(1)) and try again" >&2; exit 1; }
endef
# The project in place, built by what requirements/ has.
install_project = @$(call install,$(1),--no-build-isolation -e .)

# What running needs; where more was installed before, all of it, so that all keeps going together.
$(RUN): requirements/run.txt pyproject.toml src/sovietpacific/version.py
	@echo "making .venv and installing into it (once)"
	$(call make_environment,.venv)
	$(call install_locked,.venv,$(if $(wildcard $(DEVELOP)),develop,run))
	$(call install_project,.venv)
	$(call check_packages,.venv)
	@touch $@

# What the tests need, beside that.
$(DEVELOP): requirements/develop.txt $(RUN)
	@echo "installing what the tests need into .venv (once)"
	$(call install_locked,.venv,develop)
	@touch $@

# Other tools go beside the tests' own only when they are wanted.
.venv/.release: requirements/release.txt $(DEVELOP)
	$(call install_locked,.venv,release)
	@touch $@

.venv/.spark: requirements/spark.txt $(DEVELOP)
	@$(call install,.venv,--no-build-isolation $(if $(UV),,--use-pep517) --require-hashes -r requirements/spark.txt)
	$(call check_packages,.venv)
	@touch $@

map: $(RUN) ## Draw DAY (1945-09-02 unless given) into out/ and print who held what
	@$(BIN)/sovietpacific at $(DAY)
	@$(BIN)/sovietpacific map $(DAY) -o out/$(DAY).html
	@$(BIN)/sovietpacific map $(DAY) -o out/$(DAY).png

test: $(DEVELOP) ## Lint, check types and run the tests, but for the slow ones
	$(BIN)/ruff check src tests release tools benchmarks notebooks docs
	$(BIN)/ruff format --check src tests release tools benchmarks notebooks docs
	$(BIN)/mypy
	$(BIN)/mypy -p release -p tools
	$(BIN)/python -m pytest -m "not slow" -n auto

test-slow: $(DEVELOP) ## Run the slow tests: rebuild the data, make the site, drive the pages, run the notebooks, spoil everything
	$(BIN)/python -m pytest -m slow -n auto

coverage: $(DEVELOP) ## Run the same tests and fail where they leave more than 5 % of src unrun
	@mkdir -p out/coverage
	$(BIN)/python -m pytest -m "not slow" -n auto --cov --cov-report=term-missing:skip-covered --cov-report=html:out/coverage/html

data: $(RUN) ## Build data/ from seeds/ (the same bytes every time)
	$(BIN)/sovietpacific build

coast: $(RUN) ## Clip the base layers anew from the packages of the registries, then build
	$(BIN)/sovietpacific build --coast

fonts: $(RUN) ## Cut the fonts of sheets anew from their packages, with the signs of all names in data/
	@$(BIN)/python -c "from pathlib import Path; from sovietpacific.builder.fonts import make_fonts; \
	  print(*make_fonts(Path('data'), Path('src/sovietpacific/maps/printed/fonts')), sep='\n')"

words: $(DEVELOP) ## Compile the catalogues of words, answers/catalogues, that people write and the library reads
	@$(BIN)/python -m tools.words

vendored: $(DEVELOP) ## Compare the scripts of others in the maps' assets with npm's packages
	@$(BIN)/python -m release.vendored

facts: $(DEVELOP) ## Write down anew what the library promises, release/public_facts.txt (see docs/versions.md)
	@$(BIN)/python -m release.public_facts

wheel: $(RUN) ## Make the wheel, one file with code and data that pip installs anywhere, into dist/
	@$(BIN)/python -m hatchling build -t wheel -d dist

packages: .venv/.release ## Try wheel and sdist with the lowest and the newest versions on every Python there is
	@$(BIN)/python -m release.packages

packages-full: .venv/.release ## The same with the newest versions of today, and the fast tests in two corners
	@$(BIN)/python -m release.packages --suite --today

lock: .venv/.release ## Resolve requirements/ anew where pyproject.toml asks for it (UPGRADE=--upgrade: to the newest), and try it
	@$(BIN)/python -m release.lock $(UPGRADE)
	@$(BIN)/python -m release.lock --check

check-lock: .venv/.release ## Try whether requirements/ installs on Linux, macOS and Windows with every Python
	@$(BIN)/python -m release.lock --check

set-up: .venv/.release ## Try the set-up from nothing with old pip, new pip and uv, while newer packages than ours are on offer
	@$(BIN)/python -m release.set_up --needed

spark: .venv/.spark ## Install Spark, for the one test that needs it (and a Java 17)

check: $(RUN) ## Check seeds and data as they lie
	$(BIN)/sovietpacific check

docs: $(DEVELOP) ## Make the site of the pages, strictly and with no network, into out/docs (open out/docs/index.html)
	@$(BIN)/python -m sphinx -W --keep-going -n -q -j auto -c docs -d out/doctrees . out/docs

gallery: $(DEVELOP) ## Draw the pictures of docs/gallery anew (needs Chromium and its driver)
	PYTHONPATH=. $(BIN)/python docs/gallery/draw.py

house: $(DEVELOP) ## Draw the picture of the rooms (docs/house.svg) and their table anew, and count modules, imports and long functions
	@$(BIN)/python -m tools.picture
	@$(BIN)/python -m tools.house

notebooks: $(DEVELOP) ## Run every notebook into out/notebooks/, with its pictures, as an ordinary notebook
	@mkdir -p out/notebooks
	@cd out/notebooks && for text in ../../notebooks/*.py; do \
	  name=$$(basename $$text .py) && ../../$(BIN)/jupytext --quiet --to ipynb --output $$name.part.ipynb $$text \
	  && ../../$(BIN)/jupyter-execute --inplace --timeout=60 $$name.part.ipynb \
	  && mv $$name.part.ipynb $$name.ipynb && echo "ran $$name" || exit 1; done

# What changes the modules lives apart; it works on a copy, whose parts are links until it starts.
$(MUTANTS)/.ready: requirements/mutants.txt
	$(call make_environment,$(MUTANTS))
	$(call install_locked,$(MUTANTS),mutants)
	@touch $@

mutants: $(MUTANTS)/.ready ## Change MODULES (atlas api builder.checks dates land.locator) bit by bit and see whether a test notices, into out/mutants
	@mkdir -p out/mutants
	@cd out/mutants && ln -sfn $(addprefix ../../,src tests data seeds pyproject.toml) .
	@cd out/mutants && ../../$(MUTANTS)/bin/mutmut run $(foreach module,$(MODULES),'sovietpacific.$(module)*')
	@cd out/mutants && ../../$(MUTANTS)/bin/python ../../tests/mutation/tell.py

# What searches lives apart too; it reads the modules in another way than Python does, and nothing else should.
$(FUZZ)/.ready: requirements/develop.txt requirements/fuzz.txt
	$(call make_environment,$(FUZZ))
	$(call install_locked,$(FUZZ),develop)
	$(call install_locked,$(FUZZ),fuzz)
	@touch $@

fuzz: $(FUZZ)/.ready ## Try TARGETS (all: seeds records geojson csv geo wkb days) with made-up inputs, SECONDS (120) each, into tests/fuzz/corpus
	@PYTHONPATH=src $(FUZZ)/bin/python -m tests.fuzz.run --seconds $(SECONDS) $(TARGETS)

# The rivals of the benchmark live apart: some need other versions than the tests do.
$(BENCH)/.ready: requirements/bench.txt pyproject.toml src/sovietpacific/version.py
	$(call make_environment,$(BENCH))
	$(call install_locked,$(BENCH),bench)
	$(call install_project,$(BENCH))
	$(call check_packages,$(BENCH))
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
	   echo "## Maps"; echo; PYTHONPATH=. $(BENCH)/bin/python benchmarks/maps.py; echo; \
	   echo "## Sheets and films"; echo; $(BENCH)/bin/python benchmarks/sheets.py; } > out/RESULTS.md
	@mv out/RESULTS.md benchmarks/RESULTS.md
	@cat benchmarks/RESULTS.md

bench-maps: $(BENCH)/page_assets/.ready ## Measure web maps, the slider and sheets beside Folium's plugins and geopandas, alone
	@PYTHONPATH=. $(BENCH)/bin/python benchmarks/maps.py
	@$(BENCH)/bin/python benchmarks/sheets.py

clean: ## Remove what can be made again, but for data/
	rm -rf .venv .venv-bench .venv-mutants .venv-fuzz out dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
