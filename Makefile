# For developers. `make` alone does what a change must pass: style, types, tests.

bin := .venv/bin

.PHONY: check format lint types test slow docs golden laws mutants schemas build ci clean

check: lint types test

.venv: pyproject.toml
	python3 -m venv .venv
	$(bin)/pip install -q -e '.[dev]'
	@touch .venv

format: .venv
	$(bin)/ruff format
	$(bin)/ruff check --fix

lint: .venv
	$(bin)/ruff format --check
	$(bin)/ruff check

types: .venv
	$(bin)/mypy

test: .venv
	$(bin)/pytest -q

slow: .venv
	$(bin)/pytest -q -m slow

docs: .venv  # rewrite what README.md and docs/ show of the program; look at the diff
	UPDATE_DOCS=1 $(bin)/pytest -q tests/test_docs.py

golden: .venv  # rewrite tests/golden; look at the diff
	UPDATE_GOLDEN=1 $(bin)/pytest -q tests/test_reporters.py

schemas: .venv  # rewrite claims/schemas from the definition of the fields
	$(bin)/icc-check store schema --into claims

laws: .venv  # try the laws of tests/test_laws.py on every fact, and not on a few
	WHOLE_STORE=1 $(bin)/pytest -q tests/test_laws.py

mutants: .venv  # change the judge in one place after another; do its tests notice?
	$(bin)/python benchmarks/mutants.py

build: .venv
	$(bin)/python -m build

ci:
	.ci/run

clean:
	rm -rf .venv dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis
