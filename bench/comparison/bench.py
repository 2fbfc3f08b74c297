"""What a case works with: a folder, programs that end with it, load in turns, and how long to measure."""

import contextlib
import dataclasses
import math
import os
import pathlib
import statistics
import tempfile
import time

from comparison import accounting, loads, programs
from comparison.figures import Aim, Figure, Unmeasured

SERVERS_CPU = 0
UPSTREAM_CPU = 1
TRIES = 20


@dataclasses.dataclass(frozen=True)
class Extent:
    """How long is measured: seconds of a round, how many rounds, requests to warm up with, seconds that may take.

    `limit` is that of the whole table in seconds, with building and installing; where there is none, every case takes what it takes.
    """

    name: str
    seconds: float
    rounds: int
    warmup: int
    patience: float
    limit: float | None = None

    @property
    def is_short(self):
        """What does not need to be exact is left out or done once."""
        return self.name != "full"

    @property
    def is_smoke(self):
        return self.name == "smoke"


FULL = Extent("full", seconds=2, rounds=5, warmup=400_000, patience=10, limit=28.5 * 60)
QUICK = Extent("quick", seconds=1, rounds=2, warmup=60_000, patience=4, limit=4.7 * 60)
SMOKE = Extent("smoke", seconds=1, rounds=1, warmup=0, patience=0)


class Side:
    """One of those that take turns: programs that do a job together, and where they are asked."""

    def __init__(self, name, url, servers):
        self.name = name
        self.url = url
        self.servers = servers

    @property
    def is_ours(self):
        return self.name.startswith("ours")

    def cpu_seconds(self):
        return sum(server.cpu_seconds() for server in self.servers)

    def rss_mib(self):
        return sum(server.rss_mib() for server in self.servers)

    @contextlib.contextmanager
    def unbound(self):
        """Lets the threads of ours run on every processor for a while: the compiler then is done in half the time."""
        if not self.is_ours:
            yield
            return
        bound = os.sched_getaffinity(self.servers[0].pid)
        self.bind(range(os.cpu_count()))
        try:
            yield
        finally:
            self.bind(bound)

    def bind(self, processors):
        for server in self.servers:
            for thread in accounting.threads(server.pid):
                try:
                    os.sched_setaffinity(thread, processors)
                except OSError:
                    pass


@dataclasses.dataclass(frozen=True)
class Pair:
    """Ours and theirs, and the bounds for the ratio of their processor time and of what they answer a second."""

    peer: str
    ours: Side
    theirs: Side
    aim: Aim | None = None
    rate_aim: Aim | None = None


class Bench:
    """Belongs to one case: what it starts ends with it, in the opposite order."""

    def __init__(self, case, extent, seconds=None):
        """`seconds` is what the case may take, as far as that depends on the number of rounds."""
        self.case = case
        self.extent = extent
        self.end_at = math.inf if seconds is None else time.monotonic() + seconds
        self.servers = []

    def __enter__(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="fairlead-bench-")
        self.folder = pathlib.Path(self.temporary.name)
        # Workers of the programs run as other users.
        self.folder.chmod(0o755)
        return self

    def __exit__(self, *_):
        for server in reversed(self.servers):
            server.stop()
        self.temporary.cleanup()

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.parent.chmod(0o755)
        if isinstance(text, bytes):
            path.write_bytes(text)
        else:
            path.write_text(text)
        return path

    def keep(self, server):
        self.servers.append(server)
        return server

    def end(self, server):
        """Before the case itself ends."""
        self.servers.remove(server)
        server.stop()

    def start(self, start, dialect, config, cpu=SERVERS_CPU, **options):
        """start is programs.ours or programs.theirs."""
        return self.keep(start(dialect, config, self.folder, cpu, **options))

    def await_answer(self, server, port, path, host="localhost"):
        try:
            programs.answers(port, path, timeout=120, host=host, servers=self.servers)
        except TimeoutError as late:
            raise Unmeasured(f"{server.name}: {late}") from late

    def await_listening(self, server, ports):
        try:
            for port in ports:
                programs.listens(port, timeout=120, servers=self.servers)
        except TimeoutError as late:
            raise Unmeasured(f"{server.name}: {late}") from late

    # Load in turns.

    def left(self):
        """Seconds that the case still has."""
        return self.end_at - time.monotonic()

    def rounds(self, most=None, reserve=0.0):
        """Counts rounds: one, and more while there is time for another like the last one.

        `reserve` is what else is to be done behind them, in seconds.
        """
        for number in range(most or self.extent.rounds):
            begun = time.monotonic()
            yield number
            if self.left() - reserve < time.monotonic() - begun:
                return

    def warm_up(self, side, load, weight=1):
        """By requests where it is ours, so that the compiler has seen enough of them on a busy machine too.

        One of weight 25 does as much as 25 plain ones; heavy ones are given twice the time. What the case has left
        does not matter: on a busy machine fewer rounds tell more than a program that is not warm.
        """
        if self.extent.is_smoke or (self.extent.is_short and not side.is_ours):
            return
        left = self.extent.warmup / weight if side.is_ours else 1
        end = time.monotonic() + self.extent.patience * (1 if weight == 1 else 2)
        with side.unbound():
            while left > 0 and time.monotonic() < end:
                left -= load(side, 1)[0]

    def turns(self, sides, load, weight=1, reserve=0.0):
        """Rounds that alternate: of each side what it answered a second and the microseconds of a request."""
        for side in sides:
            self.warm_up(side, load, weight)
        found = {side.name: [] for side in sides}
        for _ in self.rounds(reserve=reserve):
            for side in sides:
                found[side.name].append(self.round(side, load))
        return found

    def round(self, side, load):
        """Again where a busy machine let nothing be answered."""
        for _ in range(TRIES):
            before = side.cpu_seconds()
            requests, rate = load(side, self.extent.seconds)
            if requests:
                return {"rate": rate, "us": (side.cpu_seconds() - before) / requests * 1e6}
        raise Unmeasured(f"{side.name} answered nothing in {TRIES} rounds")

    def compare(self, pairs, load, latency=None, what="request", weight=1):
        """Figures of processor time for each pair, with throughput, latency and memory beside them.

        load(side, seconds) gives what was answered and how much of that in a second; latency(side, rate, seconds) gives
        percentiles at a rate that all sides bear.
        """
        sides = list({id(side): side for pair in pairs for side in (pair.theirs, pair.ours)}.values())
        # The client that sends at a fixed rate takes a second to start and one to warm up.
        reserve = len(sides) * (self.extent.seconds + 2) if latency and self.tells_latencies() else 0
        found = self.turns(sides, load, weight, reserve)
        memory = {side.name: side.rss_mib() for side in sides}
        rates = {name: statistics.median(one["rate"] for one in rounds) for name, rounds in found.items()}
        latencies = self.latencies(sides, min(rates.values()), latency) if latency else {}
        figures = []
        for pair in pairs:
            ours, theirs = pair.ours.name, pair.theirs.name
            rounds = [(a["us"], b["us"]) for a, b in zip(found[ours], found[theirs])]
            also = {f"{what}s/s": (rates[ours], rates[theirs]), "MiB": (memory[ours], memory[theirs])}
            also |= {name: (latencies[ours][name], latencies[theirs][name]) for name in latencies.get(ours, {})}
            figures.append(Figure(self.case, f"CPU us/{what}", "us", pair.peer, rounds, pair.aim, 2, also))
            if pair.rate_aim:
                rounds = [(a["rate"], b["rate"]) for a, b in zip(found[ours], found[theirs])]
                figures.append(Figure(self.case, f"{what}s/s", "1/s", pair.peer, rounds, pair.rate_aim, 0))
        return figures

    def tells_latencies(self):
        return not self.extent.is_short and loads.has_client()

    def latencies(self, sides, slowest, latency):
        """At half of what the slowest side answers, one after another, in milliseconds."""
        if not self.tells_latencies():
            return {}
        rate = max(100, int(slowest / 2))
        found = {}
        for side in sides:
            told = latency(side, rate, max(1, int(self.extent.seconds)))
            found[side.name] = {f"{name} ms": told[key] / 1000 for name, key in PERCENTILES.items()} | {"at/s": rate}
        return found


PERCENTILES = {"p50": "p50", "p99": "p99", "p99.9": "p99_9"}
