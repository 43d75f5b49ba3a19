"""The command line: a thin layer that joins input, checker, reporter and exit code.

Only this package knows of Typer, the environment, the terminal and exit codes.
"""
