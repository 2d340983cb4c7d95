# Everything a newcomer needs: `make demo` and `make test` do all the set-up.
# Wanted on the machine: Python >= 3.11 (with venv), Node >= 20.19, make.

PYTHON ?= python3
PORT ?= 8888
OPEN ?= yes
N ?= 1000

BIN := $(CURDIR)/.venv/bin
STAMPS := .make
export PATH := $(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

PIP := $(BIN)/python -m pip install --quiet --constraint constraints.txt
FRONT := $(shell find src style schema -type f) package.json tsconfig.json install.json

.PHONY: demo test lint types unit server ui conformance build bench fuzz docs check clean

## demo: JupyterLab with the sandbox beside it, ready to click (PORT=8888 OPEN=no)
demo: $(STAMPS)/develop
	@$(BIN)/python -m obsdeck.demo --port $(PORT) --root .demo $(if $(filter no,$(OPEN)),--no-open)

## test: everything CI checks; the last line adds up all runners
test: $(STAMPS)/develop $(STAMPS)/test
	@$(BIN)/python test/run.py

## lint: formats, lint and types of both languages
lint: $(STAMPS)/develop $(STAMPS)/test
	@$(BIN)/python test/run.py lint

## unit, server, ui: one runner of `make test` each
unit server ui wheel: $(STAMPS)/develop $(STAMPS)/test
	@$(BIN)/python test/run.py $@

## conformance: all tests that carry a contract statement's id, counted per contract
conformance: $(STAMPS)/develop $(STAMPS)/test
	@$(BIN)/python test/conformance/report.py

## build: the prebuilt wheel, dist/*.whl; its production bundle replaces the development one
build: $(STAMPS)/node $(STAMPS)/venv
	rm -rf dist
	npm run --silent build:prod
	$(PIP) build
	$(BIN)/python -m build --wheel --outdir dist
	@rm -f $(STAMPS)/develop
	@ls dist/*.whl

## bench: all figures, side by side in one run (ROWS=10000,100000,1000000 ONLY=reader|links|server|browser RUNS=3 FILES=…)
bench: $(STAMPS)/develop $(STAMPS)/test
	@node test/bench/bench.mjs $(FILES)

## fuzz: N seeded mutations of the corpus through the VOTable reader (N=1000 SEED=1 FIRST=0 JOBS=1)
fuzz: $(STAMPS)/develop
	@node test/fuzz/votable.mjs $(or $(N),1000) $(or $(SEED),1) $(FIRST)

## docs: the pictures in docs/, taken anew from the real page
docs: $(STAMPS)/develop $(STAMPS)/test
	@$(BIN)/python test/run.py pictures

## clean: forget everything that was built or installed here
clean:
	rm -rf .venv node_modules lib dist obsdeck/labextension tsconfig.tsbuildinfo $(STAMPS) .demo .bench test-results

$(STAMPS)/check:
	@$(PYTHON) -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Obsdeck needs Python 3.11 or newer with the venv module (PYTHON=… names another)."; exit 1; }
	@node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null || \
	  { echo "Obsdeck needs Node.js 20.19 or newer to build."; exit 1; }
	@mkdir -p $(STAMPS) && touch $@

# JupyterLab runs scripts of its own with Node, which are no modules as ours are: hence the
# package.json in the environment.
$(STAMPS)/venv: pyproject.toml constraints.txt hatch_build.py | $(STAMPS)/check
	@echo "Installing the Python side …"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo '{ "type": "commonjs" }' > .venv/package.json
	@$(PIP) --editable '.[sandbox]' 'jupyterlab>=4.6,<4.7' 'jupyter-builder>=1.2,<2' ipykernel
	@touch $@

$(STAMPS)/test: $(STAMPS)/venv
	@echo "Installing the test tools …"
	@$(PIP) --editable '.[sandbox,test]'
	@touch $@

$(STAMPS)/node: package.json package-lock.json .npmrc | $(STAMPS)/check
	@echo "Installing the JavaScript side …"
	@npm ci --loglevel=error --no-progress
	@touch $@

$(STAMPS)/develop: $(FRONT) $(STAMPS)/node | $(STAMPS)/venv
	@echo "Building …"
	@npm run --silent build
	@jupyter-builder develop . --overwrite >/dev/null
	@touch $@
