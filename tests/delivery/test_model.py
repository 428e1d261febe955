"""No history breaks a promise: see model.py. Those that did are in test_histories.py."""

from hypothesis import settings

from tests.delivery.model import Histories, searching

EXAMPLES = 100

TestHistories = Histories.TestCase
TestHistories.settings = settings(searching(EXAMPLES), derandomize=True)
