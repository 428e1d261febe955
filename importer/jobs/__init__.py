"""The order of the steps: what `run`, `retry`, `rejects`, `results` and `status` do.

This is where the rooms meet: intake gives rows, the journal keeps them, delivery sends them, and
results writes what a person needs next.
"""
