"""A reload with 1,000 virtual hosts: how long until the new configuration answers, and what requests notice of it."""

import concurrent.futures
import http.client
import signal
import statistics
import time

from comparison import configs, loads, programs
from comparison.bench import Side
from comparison.cases.routing import NGINX_MAIN_SIZES, host
from comparison.figures import Aim, Case, Figure, Unmeasured

HOSTS = 1000


def write(bench, name, port, generation):
    line = (
        "    server {{{{ listen 127.0.0.1:{port}; server_name {name}; "
        'location / {{{{ return 200 "ok\\n"; }}}} location = /generation {{{{ return 200 "{generation}"; }}}} }}}}\n'
    )
    servers = "".join(line.format(port=port, name=host(i), generation=generation) for i in range(HOSTS))
    return bench.write(f"{name}.conf", configs.nginx(NGINX_MAIN_SIZES + servers, bench.folder, name, port))


class Reloaded:
    """A program whose file changes while it runs."""

    def __init__(self, bench, start):
        self.bench = bench
        self.name = "ours" if start is programs.ours else "theirs"
        self.port = programs.free_port()
        self.generation = 0
        self.failed = 0
        self.server = bench.start(start, "nginx", write(bench, self.name, self.port, 0))
        bench.await_answer(self.server, self.port, "/")
        self.side = Side(self.name, f"http://127.0.0.1:{self.port}/", [self.server])

    def reload(self):
        """Seconds from the signal to the first answer of the new configuration."""
        self.generation += 1
        write(self.bench, self.name, self.port, self.generation)
        begun = time.monotonic()
        self.server.process.send_signal(signal.SIGHUP)
        while time.monotonic() - begun < 60:
            if self.told() == str(self.generation):
                return time.monotonic() - begun
            time.sleep(0.005)
        raise Unmeasured(f"{self.name}: nothing new a minute after the signal; {self.server.said()}")

    def told(self):
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            asked.request("GET", "/generation", headers={"Host": host(HOSTS // 2)})
            return asked.getresponse().read().decode()
        finally:
            asked.close()

    def slowest(self, rate, seconds, reloads):
        """Milliseconds of the slowest thousandth while that many reloads happen, and how long these took."""
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            load = pool.submit(
                loads.client, "http", self.side.url, seconds, is_strict=self.side.is_ours, rate=rate, connections=64, warmup=1
            )
            took = []
            # The client needs a moment to start and a second to warm up.
            time.sleep(2)
            for _ in range(reloads):
                took.append(self.reload())
                time.sleep(seconds / (reloads + 2))
            self.failed += load.result().get("failed", 0)
            return load.result()["latency_us"]["p99_9"] / 1000, took


def reload(bench):
    if not loads.has_client():
        raise Unmeasured("needs bench/load")
    has_peer = programs.is_here("nginx") and not bench.extent.is_short
    programs_here = [programs.ours] + [programs.theirs] * has_peer
    all_of = [Reloaded(bench, start) for start in programs_here]
    seconds, rate = (3, 2000) if bench.extent.is_short else (8, 2000)
    found = {}
    for one in all_of:
        bench.warm_up(one.side, lambda side, length: loads.wrk(side.url, length))
        one.reload()
        found[one.name] = {"rounds": [], "took": []}
    for _ in bench.rounds(1 if bench.extent.is_short else 3):
        for one in all_of:
            calm, _ = one.slowest(rate, seconds, 0)
            moved, took = one.slowest(rate, seconds, 1 if bench.extent.is_short else 2)
            found[one.name]["rounds"].append((moved, calm))
            found[one.name]["took"] += took
    ours, theirs = found["ours"], found.get("theirs")
    also = {}
    if theirs:
        also = {
            "p99.9 ms with": tuple(statistics.median(pair[0] for pair in each["rounds"]) for each in (ours, theirs)),
            "without": tuple(statistics.median(pair[1] for pair in each["rounds"]) for each in (ours, theirs)),
            "failed": tuple(one.failed for one in all_of),
        }
    figures = [Figure(bench.case, "p99.9 ms", "ms", "(without)", ours["rounds"], Aim(1.5), 2, also, f"{rate}/s")]
    if theirs:
        rounds = list(zip(ours["took"], theirs["took"]))
        figures.append(Figure(bench.case, "s until new", "s", "nginx", rounds, None, 3))
    return figures


CASES = [Case("reload", "a reload with 1,000 virtual hosts", reload, ("wrk",), ("nginx",), takes=(13, 90))]
