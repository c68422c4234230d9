# Lectern: `make lessons` renders every lesson, `make test` runs every test.
# Both install what is missing, say so, and do nothing when all is there.

SWIFT_FLAGS := --explicit-target-dependency-import-check error
RELEASE := swift build -c release $(SWIFT_FLAGS)
# Tests compile with -enable-testing, so they keep a folder of their own beside the release build's.
TEST := swift test -c release --scratch-path .build/tests $(SWIFT_FLAGS)
LECTERN := .build/release/lectern

.PHONY: lessons test build lint format imports figures bench clean needs test-needs

lessons: build
	@$(LECTERN) render Notebooks --output-dir _site

build: needs
	@$(RELEASE) --quiet --product LessonKit
	@$(RELEASE) --quiet --product lectern

test: test-needs lint imports build
	@$(TEST)
	@$(LECTERN) check Notebooks

figures: build
	@$(LECTERN) render Notebooks --output-dir _site --update-figures

lint:
	@swift format lint --strict --recursive Package.swift Sources Tests

format:
	@swift format --in-place --recursive Package.swift Sources Tests

# A C library is seen by one module; the mathematics imports neither Foundation nor what is above it.
imports:
	@.ci/imports

needs:
	@.ci/needs

test-needs:
	@.ci/needs tests

bench: build
	@Tests/Benchmarks/run

clean:
	@rm -rf .build _site .lectern
