"""Fairlead's workers: processes that run a Python application for requests that Fairlead took in.

Standard library only; CPython 3.9 and later. docs/worker-protocol.md describes what is said to the outside.
"""
