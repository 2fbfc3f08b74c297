"""Runs one case's Fairlead under async-profiler and keeps what it saw, so that causes can be found.

    bench/profile CASE [--event cpu] [--seconds 10] [--to FOLDER]

The case is started as bench/compare starts it, but only ours is asked. Once it is warm the profiler looks on for some seconds;
what it saw is written twice: CASE.html is a flame graph, CASE.collapsed has a line for each stack with the number of samples
(of bytes where --event is alloc). Printed are the methods that most of it was spent in themselves.

The events: cpu (the kernel's share included where it lets itself be seen), alloc (bytes of the heap), wall (waiting as well), lock.
"""

import argparse
import collections
import os
import pathlib
import re
import subprocess
import sys
import zipfile

from comparison import accounting, bench, cases, machine, programs
from comparison.figures import Unmeasured

PROFILER = "tools.profiler:async-profiler:4.4"
LIBRARY = "linux-x64/libasyncProfiler.so"
EVENTS = {
    "cpu": "event=cpu,interval=500us",
    "alloc": "event=alloc,alloc=1k,total",
    "wall": "event=wall",
    "lock": "event=lock,total",
}
# jcmd speaks to Java through a socket that has to be there from the start, because signals are blocked.
FLAGS = "-XX:+StartAttachListener -XX:+UnlockDiagnosticVMOptions -XX:+DebugNonSafepoints"


class Profiled(Exception):
    """The case has been seen; its figures are of no interest."""


class Profiling(bench.Bench):
    """A case's bench on which theirs is not asked, and ours is looked at instead of being measured."""

    def __init__(self, case, extent, event, folder):
        super().__init__(case, extent)
        self.event = event
        self.kept = folder

    def turns(self, sides, load, weight=1, reserve=0.0):
        ours = [side for side in sides if side.is_ours]
        for side in ours:
            self.warm_up(side, load, weight)
            requests = self.watch(side, load)
            name = self.case if len(ours) == 1 else f"{self.case}-{side.name}"
            self.tell(name, side, requests)
        raise Profiled

    def watch(self, side, load):
        before = side.cpu_seconds()
        self.order(side, f"start,{EVENTS[self.event]}")
        requests, _ = load(side, self.extent.seconds)
        used = side.cpu_seconds() - before
        print(
            f"{side.name}: {requests} requests, {used / requests * 1e6:.1f} us of processor time each (the profiler's included)"
        )
        return requests

    def tell(self, name, side, requests):
        collapsed, graph = self.kept / f"{name}.collapsed", self.kept / f"{name}.html"
        unit = ",total" if "total" in EVENTS[self.event] else ""
        self.order(side, f"dump,collapsed{unit},file={collapsed}")
        self.order(side, f"dump,flamegraph{unit},title={name}-{self.event},file={graph}")
        self.order(side, "stop")
        report(collapsed, requests, self.event)
        print(f"{graph}\n{collapsed}")

    def order(self, side, words):
        jcmd = programs.jdk() / "bin/jcmd"
        # The quotes are for jcmd, which else takes what follows a comma for another argument.
        command = [jcmd, java_of(side), "JVMTI.agent_load", library(), f'"{words}"']
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=60)
        if "return code: 0" not in done.stdout:
            raise Unmeasured(
                f'the profiler refused "{words}": {done.stdout.strip()} {done.stderr.strip()} {side.servers[0].said()}'
            )


def java_of(side):
    """The first of the side's processes that is a Java machine."""
    for server in side.servers:
        for process in accounting.descendants(server.pid):
            if pathlib.Path(f"/proc/{process}/exe").resolve().name == "java":
                return process
    raise Unmeasured(f"{side.name} runs no Java machine")


def library():
    """The profiler's, fetched from Maven Central once."""
    folder = programs.ROOT / "bench/target/profiler"
    found = folder / LIBRARY
    if not found.exists():
        fetch = ["mvn", "-B", "-q", "-N", "-f", programs.ROOT / "pom.xml", "dependency:copy", f"-Dartifact={PROFILER}"]
        environment = os.environ | {"JAVA_HOME": str(programs.jdk())}
        subprocess.run([*fetch, f"-DoutputDirectory={folder}"], check=True, stdin=subprocess.DEVNULL, env=environment)
        with zipfile.ZipFile(next(folder.glob("*.jar"))) as jar:
            jar.extract(LIBRARY, folder)
    return found


def report(collapsed, requests, event):
    """The methods at the tops of stacks, and the share of all that each of them has."""
    itself, whole = collections.Counter(), 0
    for line in collapsed.read_text().splitlines():
        stack, _, count = line.rpartition(" ")
        frames = [frame for frame in stack.split(";") if not frame.startswith("[")]
        itself[shown(frames)] += int(count)
        whole += int(count)
    if event == "alloc":
        print(f"{whole / requests:.1f} bytes for each request")
    for name, count in itself.most_common(20):
        each = f"{count / requests:9.1f} B" if event == "alloc" else ""
        print(f"{count / max(1, whole):7.1%}{each}  {name}")


def shown(frames):
    """The top of a stack with who called it; of something made also where."""
    kept = [re.sub(r"_\[.\]$", "", frame).replace("/", ".") for frame in frames[::-1][:3]]
    return " < ".join(kept)


def main(words=None):
    parser = argparse.ArgumentParser(
        prog="bench/profile", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("case", metavar="CASE", help="see bench/compare --list")
    parser.add_argument("--event", choices=list(EVENTS), default="cpu")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--warmup", type=int, default=200_000, help="requests before the profiler looks on")
    parser.add_argument("--to", type=pathlib.Path, default=programs.ROOT / "bench/target/profiles", metavar="FOLDER")
    options = parser.parse_args(words)
    case = next((case for case in cases.ALL if case.name == options.case), None)
    if case is None:
        parser.error(f"unknown case {options.case}; see bench/compare --list")
    options.to.mkdir(parents=True, exist_ok=True)
    machine.raise_descriptors()
    programs.build_fairlead()
    library()
    os.environ["FAIRLEAD_JAVA_OPTS"] = f"{os.environ.get('FAIRLEAD_JAVA_OPTS', '')} {FLAGS}"
    # Enough time for the warm-up of a busy machine.
    extent = bench.Extent("full", options.seconds, 1, options.warmup, patience=60)
    try:
        with Profiling(case.name, extent, options.event, options.to.resolve()) as setting:
            case.run(setting)
    except Profiled:
        return 0
    except (Unmeasured, TimeoutError) as reason:
        sys.exit(f"{case.name}: {reason}")
    sys.exit(f"{case.name} has no rounds of load that could be looked at")
