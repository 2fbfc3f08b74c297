"""Messages over WebSocket that an upstream sends back, through a proxy."""

import json
import subprocess

from comparison import configs, loads, programs
from comparison.bench import Pair, Side
from comparison.cases.web import HAPROXY_PROXY
from comparison.figures import Aim, Case, Unmeasured

NGINX = """
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://127.0.0.1:{upstream};
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection "upgrade";
            proxy_read_timeout 600s;
        }}
    }}
"""


class Echo(programs.Server):
    """The upstream of our own client; it ends with its standard input."""

    def __init__(self, folder):
        self.name, self.path = "echo", folder / "echo.out"
        self.log = open(self.path, "ab")
        command = ["taskset", "-c", loads.CPU, str(loads.LOAD_CLIENT), "serve"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, text=True)
        try:
            self.port = json.loads(self.process.stdout.readline())["port"]
        except ValueError as odd:
            raise Unmeasured(f"bench/load serve: {self.said()}") from odd


def echo(bench):
    if not loads.has_client():
        raise Unmeasured("needs bench/load")
    upstream = bench.keep(Echo(bench.folder)).port
    pairs = []
    for dialect in filter(programs.is_here, ("nginx", "haproxy")):
        ours, theirs = (side(bench, start, dialect, upstream) for start in (programs.ours, programs.theirs))
        pairs.append(Pair(dialect, ours, theirs, Aim(1)))

    def load(one, seconds):
        told = loads.client("websocket", one.url, seconds, connections=loads.CONNECTIONS, warmup=0)
        return told["answered"], told["answered"] / told["seconds"]

    def latency(one, rate, seconds):
        return loads.client("websocket", one.url, seconds, connections=loads.CONNECTIONS, warmup=1, rate=rate)["latency_us"]

    return bench.compare(pairs, load, latency, "message")


def side(bench, start, dialect, upstream):
    port, name = programs.free_port(), f"{'ours' if start is programs.ours else 'theirs'}-{dialect}"
    if dialect == "nginx":
        text = configs.nginx(NGINX, bench.folder, name, port, upstream=upstream)
    else:
        text = configs.haproxy(HAPROXY_PROXY, port, upstream=upstream)
    server = bench.start(start, dialect, bench.write(f"{name}.conf", text))
    bench.await_answer(server, port, "/")
    return Side(name, f"ws://127.0.0.1:{port}/", [server])


CASES = [Case("websocket", "WebSocket messages echoed through a proxy", echo, (), ("nginx", "haproxy"), takes=(14, 85))]
