"""10,000 connections that are kept and rest: memory of each, and how 100 that do not rest fare beside them."""

import contextlib
import json
import statistics
import subprocess

from comparison import accounting, configs, loads, programs
from comparison.cases import web
from comparison.figures import Aim, Case, Figure, Unmeasured

ACTIVE = 100


@contextlib.contextmanager
def held(side, connections):
    """Connections that had one answer each and rest until the block ends; gives how many there are."""
    command = ["taskset", "-c", loads.CPU, loads.LOAD_CLIENT, "idle", side.url, "--connections", connections]
    holder = subprocess.Popen([str(part) for part in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        told = json.loads(holder.stdout.readline() or "{}")
        if told.get("failed") or not told.get("open"):
            raise Unmeasured(f"bench/load idle, {side.name}: {told}")
        yield told["open"]
        holder.stdin.close()
        lost = json.loads(holder.stdout.readline() or "{}").get("lost")
        if lost:
            raise Unmeasured(f"{side.name} closed {lost} of the resting connections")
    finally:
        holder.kill()
        holder.wait()


def measure(bench, side, connections, rate):
    """KiB for each of the connections, and milliseconds of the 99th percentile beside them and, in full, without them."""
    seconds = max(2, int(bench.extent.seconds))
    patience = 3 if bench.extent.is_short else 8
    alone = None if bench.extent.is_short else loads.at_rate(side.url, rate, seconds, ACTIVE)["p99"] / 1000
    server = side.servers[0]
    before = accounting.settled_rss_mib(server.pid, 0.3, patience)
    with held(side, connections) as there:
        each = (accounting.settled_rss_mib(server.pid, 0.3, patience) - before) * 1024 / there
        beside = loads.at_rate(side.url, rate, seconds, ACTIVE)["p99"] / 1000
    return each, beside, alone


def idle(bench):
    if not loads.has_client():
        raise Unmeasured("needs bench/load")
    connections = min(500 if bench.extent.is_smoke else 10_000, configs.most_connections() - 2 * ACTIVE)
    web.write_files(bench)
    values = {"upstream": web.upstream(bench), "folder": bench.folder, "gzip": "off"}
    kept = web.Web("/1k.txt", {}, **web.PROXY)
    sides = []
    for dialect in filter(programs.is_here, ("nginx",) if bench.extent.is_short else ("nginx", "haproxy")):
        for start in (programs.ours, programs.theirs):
            sides.append(kept.side(bench, start, dialect, values))
            bench.warm_up(sides[-1], lambda one, seconds: loads.wrk(one.url, seconds))
    found = {side.name: [] for side in sides}
    for _ in bench.rounds(1 if bench.extent.is_short else 2):
        for side in sides:
            found[side.name].append(measure(bench, side, connections, 2000))
    return [
        figure
        for dialect in ("nginx", "haproxy")
        if f"theirs-{dialect}" in found
        for figure in beside(bench, dialect, found, connections)
    ]


def beside(bench, dialect, found, connections):
    ours, theirs = found[f"ours-{dialect}"], found[f"theirs-{dialect}"]
    alone = {}
    if not bench.extent.is_short:
        alone = {"p99 ms alone": tuple(statistics.median(one[2] for one in side) for side in (ours, theirs))}
    each = [(a[0], b[0]) for a, b in zip(ours, theirs)]
    slow = [(a[1], b[1]) for a, b in zip(ours, theirs)]
    return [
        Figure(bench.case, "KiB of each", "KiB", dialect, each, Aim(8, unit="KiB"), 1, remark=f"{connections} of them"),
        Figure(bench.case, "p99 ms beside", "ms", dialect, slow, Aim(1.2), 2, alone),
    ]


CASES = [Case("idle", "10,000 resting connections, 100 active ones beside them", idle, ("wrk",), ("nginx", "haproxy"), takes=(22, 150))]
