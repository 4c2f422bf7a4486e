# Cuelight: build, try, test, measure. `make help` lists what there is.
#
# Settings, all optional:
#   CUELIGHT_APT=no       never install anything, only say what is missing
#   CUELIGHT_GO=PATH      the go command to use
#   CUELIGHT_JOBS=N       how many packages to build or test at a time (2)
#   CUELIGHT_BROWSER=PATH the Chromium or Chrome that the tests drive
#   CUELIGHT_OBS_ROOTS=yes make the roots of test-obs without asking
#   CUELIGHT_RUN=ARGS     what `make run` gives the program beside --sandbox

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
export CUELIGHT_JOBS ?= 2

GO := .ci/scripts/go.sh

.PHONY: help run build test test-obs unit lint fmt mutants fuzz bench terminal windows package package-windows test-packages clean clean-obs

help: ## Show what can be made
	@awk -F ":.*## " "/^[a-z-]+:.*## / { printf \"  make %-15s %s\\n\", \$$1, \$$2 }" $(MAKEFILE_LIST)

run: build ## Try Cuelight in the sandbox: the window, or the terminal where there is no display
	@.ci/scripts/run.sh

build: ## Build build/cuelight, installing what the build misses
	@.ci/scripts/need.sh go build
	@.ci/scripts/build.sh

# In CI the other releases of OBS belong to it. The packages are tried apart, by
# test-packages.
test: ## Check and test everything with real OBS, keyring, RTMP ingest and Chromium
	@.ci/scripts/need.sh go build tests
	@$(if $(CI),.ci/scripts/obs-roots.sh make)
	@$(MAKE) --no-print-directory lint
	@.ci/scripts/test.sh $(if $(CI),all)

test-obs: ## Test with the other releases of OBS in .ci/obs-versions, each in a Debian root
	@.ci/scripts/need.sh go build tests
	@.ci/scripts/obs-roots.sh make
	@.ci/scripts/test.sh others

unit: ## Test what needs no real OBS, keyring, ingest or browser (quick)
	@.ci/scripts/need.sh go build
	@.ci/scripts/test.sh unit

lint: ## Check formatting, vet, staticcheck and the house rules
	@.ci/scripts/need.sh go build
	@.ci/scripts/lint.sh

fmt: ## Format the source
	@.ci/scripts/lint.sh fmt

mutants: ## Change the code of the most delicate rooms and see that a test notices (an hour)
	@.ci/scripts/need.sh go build
	@.ci/scripts/mutants.sh

fuzz: ## Fuzz every reader of foreign bytes; FUZZ_TIME=10m for each
	@.ci/scripts/need.sh go build
	@.ci/scripts/fuzz.sh $${FUZZ_TIME:-10m}

bench: build ## Measure: time to window, memory, one-click set-up (never fails on a number)
	@.ci/scripts/need.sh bench
	@.ci/scripts/bench.sh

terminal: ## Build build/cuelight-terminal: no window, no OpenGL, no other library needed
	@.ci/scripts/need.sh go
	@mkdir -p build
	@CGO_ENABLED=0 $(GO) build -p $(CUELIGHT_JOBS) -tags nowindow -trimpath -ldflags "-s -w $$(.ci/scripts/version.sh --linker)" -o build/cuelight-terminal .

windows: ## Cross-build build/cuelight.exe and build/cuelight.com
	@.ci/scripts/need.sh go windows
	@.ci/scripts/windows.sh

package: ## Make the packages for Linux in dist/: .deb, archives, checksums, SBOM
	@.ci/scripts/need.sh go build package
	@.ci/scripts/package.sh

package-windows: ## Make the packages for Windows in dist/: installer, portable archive
	@.ci/scripts/need.sh go build package
	@.ci/scripts/package-windows.sh

test-packages: ## Make all packages twice, install, start and remove them: in a Debian root and under Wine
	@.ci/scripts/need.sh go build tests package checkpackage
	@.ci/scripts/package-roots.sh make
	@.ci/scripts/test-packages.sh

clean: ## Remove what was built
	rm -rf build dist

clean-obs: ## Remove the roots that test-obs and test-packages made
	@.ci/scripts/obs-roots.sh clean
	@.ci/scripts/package-roots.sh clean
