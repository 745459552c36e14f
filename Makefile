# MediRecord: what people type. Meson and Ninja do the work; this file only says what to call.
# Every target does its own set-up and can be used alone.

.DEFAULT_GOAL := help
.PHONY: help setup build install-frontend start demo test test-unit test-integration test-e2e test-coverage lint fuzz bench eval clean

BUILD ?= build

help: ## Show these targets
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' Makefile

setup: ## Install the Debian packages that are missing (as root or with sudo)
	@tools/setup build run test

build: ## Build the program into build/
	@tools/setup build
	@tools/build $(BUILD)

install-frontend: ## Build the dashboard (web/) beside the program; `make start` does it too
	@tools/setup web
	@tools/web-build $(BUILD)

start: ## Install what is missing, build, migrate and serve on http://127.0.0.1:8000
	@tools/setup build run web
	@tools/build $(BUILD)
	@tools/web-build $(BUILD) || echo "start: going on without the dashboard; the API answers" >&2
	@exec $(BUILD)/medirecord serve

demo: ## Fill an empty data directory with a made-up clinic; `make start` then shows it
	@tools/setup build run
	@tools/build $(BUILD)
	@$(BUILD)/medirecord demo

test: ## Run every test that needs no account elsewhere (half an hour on two cores)
	@tools/setup build run web test
	@tools/run-tests all

test-unit: ## Run the unit tests
	@tools/setup build run test
	@tools/run-tests unit

test-integration: ## Run the real program over real HTTP
	@tools/setup build run test
	@tools/run-tests api

test-e2e: ## Use the dashboard in a real browser
	@tools/setup build run web test
	@tools/run-tests e2e

test-coverage: ## Run unit and API tests and show which lines they reach
	@tools/setup build run test
	@tools/coverage

lint: ## Check the rules of the house, formatting and static analysis
	@tools/setup build run test
	@tools/run-tests lint

fuzz: ## Hunt: give each parser new hostile input (FUZZ_SECONDS=60 for each)
	@tools/setup build run test
	@tools/run-tests fuzz

bench: ## Measure against the targets, and against the Django baseline where it is there
	@tools/setup build run bench
	@tools/build build-bench --buildtype=release
	@bench/run build-bench

eval: ## Measure the quality of reading and answering on labelled data
	@tools/setup build run eval
	@tools/build $(BUILD)
	@tools/eval $(BUILD)

clean: ## Remove what was built; data/ stays
	@rm -rf build build-* web/.next web/out
