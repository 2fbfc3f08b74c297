"""Two event loops beside one, and the slowest of a thousand requests at half load."""

import re
import statistics

from comparison import configs, loads, programs
from comparison.bench import Side
from comparison.cases import web
from comparison.figures import Aim, Case, Figure, Unmeasured

# 100 KiB that are compressed for each request: the load's own share of the machine is small beside that.
NGINX_GZIP = """
    gzip on;
    gzip_comp_level 5;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/www;
    }}
"""
BOTH = "0-1"


def loops(bench):
    """Throughput with both processors, the load on both of them as well."""
    web.write_files(bench)
    bench.write("www/big.html", "".join(web.page()[i % 7 :] for i in range(12)))
    sides = {}
    # How theirs scales is no part of what is to be reached.
    has_peer = programs.is_here("nginx") and not bench.extent.is_short
    for count, cpu in ((1, "0"), (2, BOTH)):
        for start in [programs.ours] + [programs.theirs] * has_peer:
            port, name = programs.free_port(), f"{'ours' if start is programs.ours else 'theirs'}-{count}"
            text = configs.nginx(NGINX_GZIP, bench.folder, name, port, loops=count)
            server = bench.start(start, "nginx", bench.write(f"{name}.conf", text), cpu)
            bench.await_answer(server, port, "/1k.txt")
            sides[name] = Side(name, f"http://127.0.0.1:{port}/big.html", [server])
    found = bench.turns(
        list(sides.values()), lambda side, seconds: loads.wrk(side.url, seconds, {"Accept-Encoding": "gzip"}, cpu=BOTH)
    )
    rates = {name: [one["rate"] for one in rounds] for name, rounds in found.items()}
    also = {"requests/s, one loop": (statistics.median(rates["ours-1"]),) * 2}
    if "theirs-1" in rates:
        also = {
            f"requests/s, {count}": tuple(statistics.median(rates[f"{who}-{count}"]) for who in ("ours", "theirs"))
            for count in (1, 2)
        }
        scales = [statistics.median(b / a for a, b in zip(rates[f"{who}-1"], rates[f"{who}-2"])) for who in ("ours", "theirs")]
        also["scales"] = tuple(scales)
    rounds = list(zip(rates["ours-2"], rates["ours-1"]))
    return [Figure(bench.case, "requests/s", "1/s", "(one loop)", rounds, Aim(1.8, at_least=True), 0, also)]


def half_load(bench):
    """At half of what the slower answers, for long enough that a thousandth is many; what the collector did goes with it."""
    if not loads.has_client():
        raise Unmeasured("needs bench/load")
    web.write_files(bench)
    values = {"upstream": web.upstream(bench), "folder": bench.folder, "gzip": "off"}
    log = bench.folder / "gc.log"
    kept = web.Web("/1k.txt", {}, **web.PROXY)
    ours = kept.side(
        bench, lambda *args, **more: programs.ours(*args, **more, java=f"-Xlog:gc:file={log}"), "nginx", values, "ours"
    )
    theirs = kept.side(bench, programs.theirs, "nginx", values)
    found = bench.turns([ours, theirs], lambda side, seconds: loads.wrk(side.url, seconds), reserve=bench.left() / 2)
    rate = min(statistics.median(one["rate"] for one in rounds) for rounds in found.values()) / 2
    before = len(pauses(log))
    rounds = []
    for _ in bench.rounds():
        seconds = 2 * max(1, int(bench.extent.seconds))
        rounds.append(tuple(loads.at_rate(side.url, rate, seconds)["p99_9"] / 1000 for side in (ours, theirs)))
    told = pauses(log)[before:]
    remark = f"at {rate:,.0f}/s; the collector paused {len(told)} times" + (f", {max(told):.1f} ms at most" if told else "")
    return [Figure(bench.case, "p99.9 ms", "ms", "nginx", rounds, Aim(1.5), 2, remark=remark)]


def pauses(log):
    """Milliseconds of each pause in Java's log."""
    return [float(ms) for ms in re.findall(r"Pause .* ([0-9.]+)ms$", log.read_text(), re.MULTILINE)]


CASES = [
    Case("loops", "two event loops beside one, 100 KiB compressed", loops, ("wrk",), ("nginx",), takes=(9, 60)),
    Case("half-load", "the slowest thousandth at half load", half_load, ("wrk", "nginx"), ("nginx",), takes=(14, 70)),
]
