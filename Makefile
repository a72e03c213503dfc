# `make demo` and `make test` are all a newcomer needs; everything else is a step of those two.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:

# Debug builds in a third of the time, and `make test` uses the same; `make build CONFIGURATION=release` for daily use.
CONFIGURATION ?= debug
BULKHEAD = .build/$(CONFIGURATION)/bulkhead
RECHECK = .build/$(CONFIGURATION)/bulkhead-recheck
COCKPIT := boards/qemu-virt/cockpit.yaml

.PHONY: help setup build tool runtime guests trees demo test mutate fuzz bench corpus format lint clean

help: ## Lists the targets.
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Installs what is missing (apt, PyPI); says what to install where it may not.
	@.make/setup

build: setup tool runtime guests trees ## Builds the tool, the EL2 runtime, the guests and the boards' trees.

tool:
	swift build -c $(CONFIGURATION) --product bulkhead
	swift build -c $(CONFIGURATION) --product bulkhead-recheck

runtime:
	.make/el2 hypervisor

guests: runtime
	.make/el2 guests
	.make/initramfs

trees:
	.make/boards

demo: build ## Boots the two-domain demonstration in QEMU and tells its story.
	$(BULKHEAD) test $(COCKPIT) --story --junit .build/demo/tests.junit.xml -o .build/demo
	@echo "A second, small program that shares no code with the first checks that certificate:"
	@$(RECHECK) .build/demo

test: setup runtime guests trees ## Runs every test, emulated boots, the mutation campaign and bounded fuzzing included.
	.make/fuzz bounded
	$(MAKE) --no-print-directory mutate
	swift test

mutate: runtime guests trees ## Flips every bit of finished images' tables and records: each has to be refused.
	swift build -c release --product bulkhead-mutate
	.build/release/bulkhead-mutate $(COCKPIT)
	.build/release/bulkhead-mutate --sample 20000 $(filter-out $(COCKPIT),$(wildcard boards/*/cockpit.yaml))

fuzz: setup ## Fuzzes every target for minutes: `make fuzz [TARGET=name] [SECONDS=300]`.
	.make/fuzz long "$(TARGET)" $(if $(filter command line,$(origin SECONDS)),$(SECONDS),300)

bench: CONFIGURATION := release
bench: build ## Measures: instructions at EL2 under -icount, the tool's time; `make bench BUDGET=write` for the tests.
	swift build -c release --product bulkhead-bench
	.make/bench $(if $(filter write,$(BUDGET)),--write-budget)

corpus: tool ## Writes boards/corpus.md: what can be assigned on each board of Debian's kernel package.
	$(BULKHEAD) devices --summary .build/cache/device-trees > boards/corpus.md

format: ## Formats the Swift sources in place.
	swift format -i --recursive --parallel Sources Tests Package.swift

lint: ## Says what `make format` would change, and fails if it is anything.
	swift format lint --strict --recursive --parallel Sources Tests Package.swift

clean: ## Removes everything that was built or fetched.
	rm -rf .build
