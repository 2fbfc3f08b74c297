"""What a case finds: figures of ours beside theirs, with what is to be reached."""

import dataclasses
import statistics


@dataclasses.dataclass(frozen=True)
class Aim:
    """A bound for the ratio of ours to theirs, or, where there is nobody beside us or it has a unit, for our figure itself."""

    bound: float
    at_least: bool = False
    unit: str = ""

    def __str__(self):
        return f"{'>=' if self.at_least else '<='} {self.bound:g} {self.unit}".rstrip()

    def holds(self, value):
        return value >= self.bound if self.at_least else value <= self.bound


@dataclasses.dataclass
class Figure:
    """One line of the table: a measure of a case, ours beside one peer's.

    Rounds are pairs (ours, theirs) that were measured one after the other; the ratio is the median of theirs. Where there is
    no peer the rounds hold our figures alone.
    """

    case: str
    measure: str
    unit: str
    peer: str = ""
    rounds: list = dataclasses.field(default_factory=list)
    aim: Aim | None = None
    digits: int = 1
    # Measures of the same runs that say more and have no aim: name to (ours, theirs).
    also: dict = dataclasses.field(default_factory=dict)
    remark: str = ""

    @property
    def ours(self):
        return statistics.median(one[0] if self.peer else one for one in self.rounds)

    @property
    def theirs(self):
        return statistics.median(one[1] for one in self.rounds) if self.peer else None

    @property
    def ratio(self):
        """None where ours counts for itself: beside nothing, a share of theirs says nothing."""
        if not self.peer or (self.aim and self.aim.unit):
            return None
        return statistics.median(one[0] / one[1] for one in self.rounds if one[1])

    @property
    def is_reached(self):
        """None where there is nothing to reach."""
        if self.aim is None:
            return None
        # As printed, so that the table does not contradict itself.
        return self.aim.holds(self.ours if self.ratio is None else round(self.ratio, 3))

    def stored(self):
        found = {"case": self.case, "measure": self.measure, "unit": self.unit, "ours": self.ours}
        if self.peer:
            found |= {"peer": self.peer, "theirs": self.theirs}
        if self.ratio is not None:
            found |= {"ratio": self.ratio}
        if self.aim:
            found |= {"aim": str(self.aim), "reached": self.is_reached}
        found |= {"digits": self.digits, "rounds": self.rounds, "also": self.also, "remark": self.remark}
        return found


@dataclasses.dataclass(frozen=True)
class Case:
    """Something to be measured; `run` is given a Bench and gives figures."""

    name: str
    row: str
    run: object
    needs: tuple = ()
    # Programs without which there is less to compare, and something still.
    peers: tuple = ()
    # Whether it belongs to the table, or is measured only where it is named.
    in_table: bool = True
    in_smoke: bool = False
    # Seconds that are planned for it, in short and in full: its starts, warming up, waits, rounds and latencies, counted.
    takes: tuple = (7, 40)


class Unmeasured(Exception):
    """A case that could not be measured, and why."""


class Lacking(Unmeasured):
    """A case whose programs are not installed, which is no failure."""
