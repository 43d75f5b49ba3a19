"""The store: reading it from its files, compiling it, linting it."""
