"""10,000 connections that are kept and rest: memory of each, and how 100 that do not rest fare beside them."""

import contextlib
import json
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
    """KiB for each of the connections, and milliseconds of the 99th percentile beside them and without them."""
    seconds = max(2, int(bench.extent.seconds))
    alone = loads.at_rate(side.url, rate, seconds, ACTIVE)["p99"] / 1000
    server = side.servers[0]
    before = accounting.settled_rss_mib(server.pid, 0.3)
    with held(side, connections) as there:
        each = (accounting.settled_rss_mib(server.pid, 0.3) - before) * 1024 / there
        beside = loads.at_rate(side.url, rate, seconds, ACTIVE)["p99"] / 1000
    return each, beside, alone


def idle(bench):
    if not loads.has_client():
        raise Unmeasured("needs bench/load")
    connections = min(500 if bench.extent.is_smoke else 10_000, configs.most_connections() - 2 * ACTIVE)
    web.write_files(bench)
    values = {"upstream": web.upstream(bench), "folder": bench.folder, "gzip": "off"}
    kept = web.Web("/1k.txt", {}, **web.PROXY)
    found = {}
    for dialect in filter(programs.is_here, ("nginx",) if bench.extent.is_short else ("nginx", "haproxy")):
        for start in (programs.ours, programs.theirs):
            side = kept.side(bench, start, dialect, values)
            bench.warm_up(side, lambda one, seconds: loads.wrk(one.url, seconds))
            found[side.name] = [measure(bench, side, connections, 2000) for _ in range(1 if bench.extent.is_short else 2)]
    return [
        figure
        for dialect in ("nginx", "haproxy")
        if f"theirs-{dialect}" in found
        for figure in beside(bench, dialect, found, connections)
    ]


def beside(bench, dialect, found, connections):
    ours, theirs = found[f"ours-{dialect}"], found[f"theirs-{dialect}"]
    alone = {"p99 ms alone": (sorted(one[2] for one in ours)[len(ours) // 2], sorted(one[2] for one in theirs)[len(theirs) // 2])}
    each = [(a[0], b[0]) for a, b in zip(ours, theirs)]
    slow = [(a[1], b[1]) for a, b in zip(ours, theirs)]
    return [
        Figure(bench.case, "KiB of each", "KiB", dialect, each, Aim(8), 1, remark=f"{connections} of them"),
        Figure(bench.case, "p99 ms beside", "ms", dialect, slow, Aim(1.2), 2, alone),
    ]


CASES = [Case("idle", "10,000 resting connections, 100 active ones beside them", idle, ("wrk",), ("nginx", "haproxy"))]
