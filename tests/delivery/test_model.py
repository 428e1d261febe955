"""No history of a job breaks a promise: see model.py. Those that did are in test_histories.py.

A longer search: MODEL_EXAMPLES=5000 python -m pytest tests/delivery/test_model.py
--hypothesis-seed=7 --timeout=0
"""

import os

from hypothesis import HealthCheck, Phase, settings

from tests.delivery.model import Histories

EXAMPLES = 100
SEARCHED = int(os.environ.get("MODEL_EXAMPLES", "0"))

TestHistories = Histories.TestCase
TestHistories.settings = settings(
    derandomize=not SEARCHED,
    database=None,
    deadline=None,
    max_examples=SEARCHED or EXAMPLES,
    stateful_step_count=12,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate] if SEARCHED else list(Phase),
)
