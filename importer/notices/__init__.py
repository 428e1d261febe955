"""Who is told of a pass over the drops: a summary by services, a ping, a file of metrics, a log.

What can't be told is said, and fails nothing.
"""

from importer.notices.teller import Teller

__all__ = ["Teller"]
