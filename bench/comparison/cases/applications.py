"""Python applications in one worker, beside gunicorn and nginx with uWSGI; slow clients; a gibibyte up and down."""

import multiprocessing
import os
import socket
import threading
import time

from comparison import accounting, configs, loads, programs
from comparison.bench import SERVERS_CPU, Pair, Side
from comparison.figures import Aim, Case, Figure, Unmeasured

SLOW_CLIENTS = 200

APPLICATION = """
BODY = b"Hello, world!\\n"
PIECE = b"x" * 65536
# More than a worker may send ahead of what was passed on, and more than sockets hold.
SLOW_DOWNLOAD = 2 << 20


def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(BODY)))])
    return [BODY]


def transfer(environ, start_response):
    if environ["REQUEST_METHOD"] == "POST":
        read = environ["wsgi.input"].read
        count = 0
        while piece := read(65536):
            count += len(piece)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [str(count).encode()]
    start_response("200 OK", [("Content-Type", "application/octet-stream")])
    return (PIECE for _ in range(int(environ["QUERY_STRING"]) // len(PIECE)))


def slow(environ, start_response):
    if environ["REQUEST_METHOD"] == "POST":
        environ["wsgi.input"].read()
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"unlikely"]
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(SLOW_DOWNLOAD))])
    return (PIECE for _ in range(SLOW_DOWNLOAD // len(PIECE)))


def application(environ, start_response):
    path = environ["PATH_INFO"]
    return (transfer if path == "/transfer" else slow if path == "/slow" else hello)(environ, start_response)


try:
    import flask
except ImportError:
    flask = None
if flask:
    app = flask.Flask(__name__)

    @app.route("/")
    def index():
        return flask.Response("Hello, world!\\n", mimetype="text/plain")
"""

NGINX_UWSGI = """
    server {{
        listen 127.0.0.1:{port};
        location / {{
            include /etc/nginx/uwsgi_params;
            uwsgi_pass unix:{folder}/uwsgi.sock;
        }}
    }}
"""


def side(bench, name, port, *servers):
    for server in servers:
        bench.keep(server)
    bench.await_answer(servers[-1], port, "/")
    return Side(name, f"http://127.0.0.1:{port}/", list(servers))


def fairlead(bench, target, *options, cpu=SERVERS_CPU):
    port = programs.free_port()
    command = [programs.FAIRLEAD, "gunicorn", "-b", f"127.0.0.1:{port}", "--chdir", bench.folder, *options, target]
    # The same interpreter as for the others, whatever comes first on the path.
    path = {"PATH": f"{os.path.dirname(programs.PYTHON)}:{os.environ['PATH']}"}
    return side(bench, "ours", port, programs.Server("fairlead", command, bench.folder / "fairlead.out", cpu, path))


def gunicorn(bench, target, name, *options, cpu=SERVERS_CPU):
    port = programs.free_port()
    command = [programs.PYTHON, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "--chdir", bench.folder, *options, target]
    return side(bench, name, port, programs.Server("gunicorn", command, bench.folder / f"{name}.out", cpu))


def nginx_uwsgi(bench, target, cpu=SERVERS_CPU):
    port = programs.free_port()
    module, _, name = target.partition(":")
    command = [programs.program("uwsgi"), "--plugins", "python3", "--master", "--processes", "1", "--disable-logging"]
    command += ["--die-on-term", "--socket", f"{bench.folder}/uwsgi.sock", "--chmod-socket=666", "--chdir", bench.folder]
    command += ["--module", module, "--callable", name]
    uwsgi = programs.Server("uwsgi", command, bench.folder / "uwsgi.out", cpu)
    config = bench.write("uwsgi.conf", configs.nginx(NGINX_UWSGI, bench.folder, "uwsgi", port))
    return side(bench, "uwsgi", port, uwsgi, programs.theirs("nginx", config, bench.folder, cpu))


def throughput(target, share=None, times=None, everywhere=False):
    """`share` is that of a peer's processor time which is to be reached, `times` that of what it answers a second."""

    def run(bench):
        bench.write("bench_application.py", APPLICATION)
        cpu, load_cpu = (None, "0-63") if everywhere else (SERVERS_CPU, loads.CPU)
        ours = fairlead(bench, target, "-w", "1", "-k", "sync", cpu=cpu)
        peers = {}
        if programs.is_here("gunicorn"):
            peers["gunicorn"] = gunicorn(bench, target, "gunicorn", "-w", "1", "-k", "sync", cpu=cpu)
        if programs.is_here("gunicorn") and not bench.extent.is_short:
            peers["gthread"] = gunicorn(bench, target, "gthread", "-w", "1", "-k", "gthread", "--threads", "4", cpu=cpu)
        if programs.is_here("uwsgi") and programs.is_here("nginx"):
            peers["uwsgi"] = nginx_uwsgi(bench, target, cpu)
        # gunicorn's sync workers close each connection, which wrk counts as an error of reading.
        load = lambda one, seconds: loads.wrk(
            one.url, seconds, cpu=load_cpu, tolerated="^Socket errors: connect 0,.*write 0, timeout 0"
        )
        share_of, times_of = (
            {name: Aim(bound, times is side) for name, bound in (side or {}).items()} for side in (share, times)
        )
        pairs = [Pair(name, ours, peer, share_of.get(name), times_of.get(name)) for name, peer in peers.items()]
        # Of fewer requests a second the compiler has to see for longer.
        return bench.compare(pairs, load, weight=2)

    return run


def slow_clients(port, count):
    """Connects clients that write their request, or read their answer, a byte a second; ends when it is killed.

    A process of its own, so that the clients who are measured do not wait for its interpreter.
    """
    clients = []
    for i in range(count):
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(("127.0.0.1", port))
        if i % 2 == 0:
            client.sendall(b"POST /slow HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n")
        else:
            client.sendall(b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n")
        clients.append(client)
    begun = time.monotonic()
    turn = 0
    while True:
        # They take turns, spread over the second.
        due = begun + turn / count
        time.sleep(max(0.0, due - time.monotonic()))
        client = clients[turn % count]
        if turn % count % 2 == 0:
            client.sendall(b"z")
        elif not client.recv(1):
            raise EOFError("a slow download ended early")
        turn += 1


def slow(bench):
    """The 99th percentile of requests one after another, 200 a second, beside slow clients and without them."""
    bench.write("bench_application.py", APPLICATION)
    ours = fairlead(bench, "bench_application:application", "-w", "2", "-k", "sync", cpu=None)
    port = int(ours.url.rstrip("/").rpartition(":")[2])
    bench.warm_up(ours, lambda one, seconds: loads.wrk(one.url, seconds))
    seconds = 2 if bench.extent.is_short else 15
    rounds, middle = [], []
    for _ in bench.rounds(min(3, bench.extent.rounds)):
        alone = loads.at_rate(ours.url, 200, seconds, connections=1)
        clients = multiprocessing.get_context("fork").Process(target=slow_clients, args=(port, SLOW_CLIENTS))
        clients.start()
        try:
            time.sleep(3)
            beside = loads.at_rate(ours.url, 200, seconds, connections=1)
            if not clients.is_alive():
                raise Unmeasured("the slow clients did not last")
        finally:
            clients.kill()
            clients.join()
        rounds.append((beside["p99"] / 1000, alone["p99"] / 1000))
        middle.append((beside["p50"] / 1000, alone["p50"] / 1000))
    return [Figure(bench.case, "p99 ms beside", "ms", "(alone)", rounds, Aim(2), 2, {"p50 ms": middle[len(middle) // 2]})]


class Watch(threading.Thread):
    """The highest resident memory of one process."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid = pid
        self.ended = threading.Event()
        self.highest = 0.0

    def run(self):
        while not self.ended.wait(0.05):
            self.highest = max(self.highest, accounting.own_rss_mib(self.pid))


def upload(port, size):
    head = f"POST /transfer HTTP/1.1\r\nHost: localhost\r\nContent-Length: {size}\r\nConnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(head.encode())
        piece = b"u" * 65536
        for _ in range(size // len(piece)):
            client.sendall(piece)
        answer = b""
        while received := client.recv(65536):
            answer += received
    return str(size).encode() in answer


def download(port, size):
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(f"GET /transfer?{size} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode())
        count = 0
        while piece := client.recv(1 << 20):
            count += len(piece)
    return count > size


def transfer(bench):
    """The memory of the master while much passes through it."""
    size = 1 << 30
    bench.write("bench_application.py", APPLICATION)
    ours = fairlead(bench, "bench_application:application", "-w", "1", "-k", "sync", "-t", "600", cpu=None)
    port, pid = int(ours.url.rstrip("/").rpartition(":")[2]), ours.servers[0].pid
    idle = accounting.own_rss_mib(pid)
    figures = []
    for name, move in (("upload", upload), ("download", download)):
        watch = Watch(pid)
        watch.start()
        begun = time.monotonic()
        if not move(port, size):
            raise Unmeasured(f"the {name} was not complete")
        took = time.monotonic() - begun
        watch.ended.set()
        watch.join()
        remark = f"{idle:.0f} MiB before, 1 GiB in {took:.1f} s"
        figures.append(Figure(bench.case, f"MiB, {name}", "MiB", "", [watch.highest], None, 0, remark=remark))
    return figures


NEEDS = ("wrk",)
PEERS = ("gunicorn", "uwsgi", "nginx")
HELLO, FLASK = "bench_application:application", "bench_application:app"
SHARE = {"uwsgi": 0.7}

CASES = [
    Case(
        "hello",
        "WSGI, a constant text in one worker",
        throughput(HELLO, SHARE, {"gunicorn": 4, "gthread": 4, "uwsgi": 2}),
        NEEDS,
        PEERS,
        takes=(9, 50),
    ),
    Case(
        "flask",
        "Flask, a constant text in one worker",
        throughput(FLASK, SHARE, {"gunicorn": 2.5, "gthread": 2.5, "uwsgi": 1.2}),
        (*NEEDS, "python:flask"),
        PEERS,
        takes=(10, 56),
    ),
    Case(
        "hello-everywhere", "hello, programs and load on all processors", throughput(HELLO, everywhere=True), NEEDS, PEERS, False
    ),
    Case("flask-everywhere", "flask, the same", throughput(FLASK, everywhere=True), (*NEEDS, "python:flask"), PEERS, False),
    Case("slow-clients", "latency beside 200 slow clients, two sync workers", slow, NEEDS, (), False, takes=(14, 110)),
    Case("transfer", "1 GiB up and down through a worker, memory of the master", transfer, (), (), False, takes=(8, 8)),
]
