"""From exec to the first response, memory when idle and after load, and how long a look at the configuration takes."""

import subprocess
import time

from comparison import configs, loads, programs
from comparison.figures import Aim, Case, Figure

NGINX = """
    server {{
        listen 127.0.0.1:{port};
        location / {{ return 200 "hello\\n"; }}
    }}
"""
# Java gives back what compiling took some seconds after it.
REST = 8
CADDY = '    respond "hello"\n'
APPLICATION = """
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "6")])
    return [b"hello\\n"]
"""


def config(bench, dialect, name, port):
    text = configs.nginx(NGINX, bench.folder, name, port) if dialect == "nginx" else configs.caddy(CADDY, port)
    return bench.write(f"{name}.conf", text)


def starters(bench):
    """For each program what starts it on a port, as a user would: on all processors."""

    def from_file(start, dialect):
        return lambda port: start(dialect, config(bench, dialect, start.__name__, port), bench.folder)

    def gunicorn(port):
        bench.write("bench_application.py", APPLICATION)
        words = ["-m", "gunicorn", "-w", "1", "-b", f"127.0.0.1:{port}", "--chdir", bench.folder, "bench_application:application"]
        return programs.Server("gunicorn", [programs.PYTHON, *words], bench.folder / "gunicorn.out")

    found = {"ours": from_file(programs.ours, "nginx")}
    for name in ("nginx",) if bench.extent.is_short else ("nginx", "caddy"):
        if programs.is_here(name):
            found[name] = from_file(programs.theirs, name)
    if programs.is_here("gunicorn"):
        found["gunicorn"] = gunicorn
    return found


def one_round(starts, seconds):
    """Of each program seconds until it answers, MiB when it has rested, MiB after load."""
    found, running = {}, {}
    try:
        for name, start in starts.items():
            port = programs.free_port()
            running[name] = port, start(port)
            found[name] = [programs.answers(port)]
        time.sleep(REST)
        for name, (port, server) in running.items():
            found[name].append(server.rss_mib())
            if programs.is_here("wrk"):
                loads.wrk(f"http://127.0.0.1:{port}/", seconds, tolerated="Socket errors: connect 0")
            found[name].append(server.rss_mib())
            server.stop()
    finally:
        for _, server in running.values():
            server.stop()
    return found


def start_up(bench):
    extent = bench.extent
    starts = starters(bench)
    found = {name: [] for name in starts}
    for _ in bench.rounds(1 if extent.is_short else 4):
        for name, told in one_round(starts, extent.seconds).items():
            found[name].append(told)
    figures = []
    for column, (measure, unit, bound) in enumerate(
        [("first response", "s", 0.25), ("idle", "MiB", 64), ("after load", "MiB", None)]
    ):
        others = {
            name: (median_of(found["ours"], column), median_of(runs, column)) for name, runs in found.items() if name != "ours"
        }
        rounds = [run[column] for run in found["ours"]]
        figures.append(Figure(bench.case, measure, unit, "", rounds, bound and Aim(bound), 3 if unit == "s" else 1, others))
    return figures


def median_of(runs, column):
    return sorted(run[column] for run in runs)[len(runs) // 2]


def look(bench):
    """`-t`, the wall time of it."""
    rounds, peer = [], "nginx" if programs.is_here("nginx") else ""
    path = config(bench, "nginx", "looked-at", programs.free_port())
    words = ["-t", "-p", bench.folder, "-c", path]
    for _ in bench.rounds(3 if bench.extent.is_short else 10):
        ours = wall([programs.FAIRLEAD, "nginx", *words])
        rounds.append((ours, wall([programs.program("nginx"), *words])) if peer else ours)
    also = {}
    if peer:
        also = {"nginx": (median_of(rounds, 0), median_of(rounds, 1))}
        rounds = [ours for ours, _ in rounds]
    return [Figure(bench.case, "-t", "s", "", rounds, Aim(0.3), 3, also)]


def wall(command):
    begun = time.monotonic()
    subprocess.run([str(part) for part in command], check=True, capture_output=True, stdin=subprocess.DEVNULL)
    return time.monotonic() - begun


CASES = [
    Case("start", "start-up, memory", start_up, (), ("nginx", "caddy", "gunicorn"), takes=(14, 65)),
    Case("look", "a look at the configuration (-t)", look, (), ("nginx",), in_smoke=True, takes=(2, 5)),
]
