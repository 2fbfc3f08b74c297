"""Connections that are passed on as they are: processor time for what passes, memory of those that rest."""

import socket
import ssl
import statistics
import subprocess
import sys
import threading
import time

from comparison import accounting, configs, loads, programs
from comparison.bench import Side
from comparison.cases import tls
from comparison.figures import Aim, Case, Figure, Unmeasured

GIB = 1 << 30
HAPROXY = """
listen all
    bind 127.0.0.1:{port}
    server one 127.0.0.1:{inner}
"""
STUNNEL = """
foreground = yes
syslog = no
pid =
cert = {folder}/all.pem
[secured]
accept = 127.0.0.1:{port}
connect = 127.0.0.1:{inner}
"""
STREAM = "stream {{ server {{ listen 127.0.0.1:{port}; proxy_pass 127.0.0.1:{inner}; }} }}\n"

# Sends to each client as many zeros as it is told, or holds what comes.
SOURCE = """
import socket, sys
listening = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=4096)
if sys.argv[2] == "hold":
    held = []
    while True:
        held.append(listening.accept()[0])
zeros = memoryview(bytes(1 << 20))
while True:
    one, _ = listening.accept()
    left = int(sys.argv[2])
    try:
        while left > 0:
            one.sendall(zeros[: min(left, 1 << 20)])
            left -= 1 << 20
    except OSError:
        pass
    one.close()
"""


def source(bench, what):
    port = programs.free_port()
    command = [sys.executable, "-c", SOURCE, port, what]
    server = bench.keep(programs.Server("source", command, bench.folder / "source.out", loads.CPU))
    bench.await_listening(server, [port])
    return port


def trusting():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def config(bench, dialect, name, port, inner):
    if dialect == "stunnel4":
        text = STUNNEL.format(folder=bench.folder, port=port, inner=inner)
    elif dialect == "haproxy":
        text = configs.haproxy(HAPROXY, port, "tcp", inner=inner)
    else:
        text = configs.nginx("", bench.folder, name, port, main=STREAM, inner=inner)
    return bench.write(f"{name}-{dialect}.conf", text)


def side(bench, start, dialect, inner):
    port, name = programs.free_port(), "ours" if start is programs.ours else "theirs"
    server = bench.start(start, dialect, config(bench, dialect, name, port, inner))
    bench.await_listening(server, [port])
    return Side(name, port, [server])


# The client, in a process of its own that is pinned as all load is.
SINK = """
import socket, ssl, sys
one = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
if sys.argv[2] == "tls":
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    one = context.wrap_socket(one)
buffer, total = bytearray(1 << 20), 0
while count := one.recv_into(buffer):
    total += count
print(total)
"""


def relay(dialect, bound, has_peer=True):
    def run(bench):
        if dialect == "stunnel4":
            tls.certificate(bench)
        # Full GiB tell more than the seconds of a round would.
        size = GIB // 20 if bench.extent.is_smoke else GIB // 4 if bench.extent.is_short else GIB
        inner = source(bench, str(size))
        starts = [programs.ours] + ([programs.theirs] if has_peer and programs.is_here(dialect) else [])
        sides = [side(bench, start, dialect, inner) for start in starts]

        def load(one, seconds):
            command = [
                "taskset",
                "-c",
                loads.CPU,
                sys.executable,
                "-c",
                SINK,
                str(one.url),
                "tls" if dialect == "stunnel4" else "-",
            ]
            begun = time.monotonic()
            done = subprocess.run(command, capture_output=True, text=True)
            received = int(done.stdout or 0)
            if received < size:
                raise Unmeasured(f"{one.name}: only {received} of {size} bytes came through; {done.stderr[-300:]}")
            return received / GIB, received / GIB / (time.monotonic() - begun)

        if not bench.extent.is_smoke:
            load(sides[0], 1)
        found = bench.turns(sides, load)
        seconds = {name: [each["us"] / 1e6 for each in rounds] for name, rounds in found.items()}
        if len(sides) == 1:
            remark = f"{sides[0].rss_mib():.0f} MiB after it"
            return [Figure(bench.case, "CPU s/GiB", "s", "", seconds["ours"], None, 2, remark=remark)]
        rates = tuple(statistics.median(each["rate"] for each in found[one.name]) for one in sides)
        also = {"GiB/s": rates, "MiB": tuple(one.rss_mib() for one in sides)}
        rounds = list(zip(seconds["ours"], seconds["theirs"]))
        return [Figure(bench.case, "CPU s/GiB", "s", dialect, rounds, Aim(bound), 2, also)]

    return run


def connect_all(port, count, into):
    context = trusting()
    for _ in range(count):
        into.append(context.wrap_socket(socket.create_connection(("127.0.0.1", port), 30)))


def resting(bench):
    """Memory of TLS connections that are passed on and rest: both sockets, the session, and what the relay keeps."""
    tls.certificate(bench, tls.RSA)
    count = min(400 if bench.extent.is_smoke else 10_000, configs.most_connections() - 500)
    inner = source(bench, "hold")
    each_of, remarks = [], []
    has_peer = programs.is_here("stunnel4") and not bench.extent.is_smoke
    for start in [programs.ours] + ([programs.theirs] if has_peer else []):
        one = side(bench, start, "stunnel4", inner)
        pid = one.servers[0].pid
        held = []
        connect_all(one.url, 200, held)
        for each in held:
            each.close()
        held.clear()
        before = accounting.settled_rss_mib(pid)
        parts = [[] for _ in range(4)]
        threads = [threading.Thread(target=connect_all, args=(one.url, count // 4, part)) for part in parts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        opened = sum(map(len, parts))
        grown = accounting.settled_rss_mib(pid) - before
        each_of.append(grown * 1024 / opened)
        remarks.append(f"{opened} connections, {before:.0f} MiB before")
        for part in parts:
            for each in part:
                each.close()
    also = {"KiB of each": tuple(each_of)} if has_peer else {}
    return [Figure(bench.case, "KiB of each", "KiB", "", each_of[:1], Aim(24), 1, also, remarks[0])]


CASES = [
    Case("relay", "bytes passed on in the clear", relay("haproxy", 1), (), ("haproxy",), takes=(5, 24)),
    Case("relay-tls", "bytes passed on out of TLS", relay("stunnel4", 0.8), ("openssl",), ("stunnel4",), takes=(6, 30)),
    # Debian's nginx has that part in a module of its own, which its file would have to name.
    Case("relay-stream", "bytes passed on by nginx's stream block", relay("nginx", None, False), (), (), False, takes=(4, 20)),
    Case("relay-resting", "10,000 TLS connections that are passed on and rest", resting, ("openssl",), (), False, takes=(60, 100)),
]
