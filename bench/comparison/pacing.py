"""Shares the time that a table may take among its cases, so that it ends in time on whatever machine."""

import time


class Pace:
    """What each case may take: of the time that is left as large a share as is planned for it of what is still planned.

    A case that needs less leaves more to those behind it, and one that needs more takes it from all of them.
    """

    def __init__(self, cases, extent, begun, clock=time.monotonic):
        """`begun` is when the command was started, so that building is part of it."""
        self.column = 0 if extent.is_short else 1
        self.planned = sum(case.takes[self.column] for case in cases)
        self.count = len(cases)
        self.clock = clock
        self.begun = begun
        # No case is given more than twice what is planned for it.
        self.limit = min(extent.limit, clock() - begun + 2 * self.planned)
        self.end = begun + self.limit

    def share(self, case):
        """Seconds for the case that comes next; no more than twice what is planned for it."""
        takes = case.takes[self.column]
        left = max(0.0, self.end - self.clock())
        share = left * takes / self.planned
        self.planned -= takes
        return min(2 * takes, share)

    def told(self):
        return (
            f"{self.count} cases: {told_as(self.planned)} planned, {told_as(self.limit)} at most; "
            f"{told_as(self.clock() - self.begun)} of them have passed"
        )


def told_as(seconds):
    """As minutes and seconds."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02} min"
