"""TLS 1.3 in front of a file of 1 KiB: connections that are kept, new ones, and ones that resume a session."""

import dataclasses
import subprocess

from comparison import configs, loads, programs
from comparison.bench import Pair, Side
from comparison.cases.web import write_files
from comparison.figures import Aim, Case, Unmeasured

NGINX = """
    open_file_cache max=1000 inactive=60s;
    server {{
        listen 127.0.0.1:{port} ssl;
        ssl_certificate {folder}/all.pem;
        ssl_certificate_key {folder}/all.pem;
        ssl_protocols TLSv1.3;
        root {folder}/www;
    }}
    server {{ listen 127.0.0.1:{plain}; root {folder}/www; }}
"""
# Few are enough to keep the server busy.
NEWCOMERS = 16
# Browsers see the first most; older sites have the second.
CURVE = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")
RSA = ("-newkey", "rsa:2048")


def certificate(bench, key=CURVE):
    """Key and certificate in one file."""
    folder = bench.folder
    request = [programs.program("openssl"), "req", "-x509", "-nodes", "-days", "2", *key, "-subj", "/CN=localhost"]
    done = subprocess.run([*request, "-keyout", f"{folder}/k", "-out", f"{folder}/c"], capture_output=True, text=True)
    if done.returncode != 0:
        raise Unmeasured(f"openssl: {done.stderr.strip()}")
    return bench.write("all.pem", (folder / "k").read_text() + (folder / "c").read_text())


@dataclasses.dataclass(frozen=True)
class Tls:
    """How clients come: `kept`, `new`, or `resumed`."""

    clients: str
    aim: float

    def __call__(self, bench):
        write_files(bench)
        certificate(bench)
        ours, theirs = (self.side(bench, start) for start in (programs.ours, programs.theirs))
        pairs = [Pair("nginx", ours, theirs, Aim(self.aim))]
        if self.clients == "kept":
            return bench.compare(
                pairs,
                lambda side, seconds: loads.wrk(side.url, seconds),
                lambda side, rate, seconds: loads.at_rate(side.url, rate, seconds),
            )
        return bench.compare(pairs, self.newcomers, what="connection", weight=25)

    def newcomers(self, side, seconds):
        if self.clients == "new":
            # wrk shakes hands anew each time, and never offers a session.
            return loads.wrk(side.url, seconds, {"Connection": "close"}, connections=NEWCOMERS)
        port = side.url.split(":")[2].partition("/")[0]
        return loads.resumptions(port, "/1k.txt", seconds, NEWCOMERS)

    def side(self, bench, start):
        port, plain = programs.free_port(), programs.free_port()
        name = "ours" if start is programs.ours else "theirs"
        text = configs.nginx(NGINX, bench.folder, name, port, plain=plain)
        server = bench.start(start, "nginx", bench.write(f"{name}.conf", text))
        bench.await_answer(server, plain, "/1k.txt")
        return Side(name, f"https://127.0.0.1:{port}/1k.txt", [server])


CASES = [
    Case("tls-kept", "TLS 1.3, file of 1 KiB, connections kept", Tls("kept", 0.8), ("nginx", "wrk", "openssl"), takes=(7, 38)),
    Case("tls-new", "TLS 1.3, a new connection for each request", Tls("new", 0.8), ("nginx", "wrk", "openssl"), takes=(7, 30)),
    Case("tls-resumed", "the same with sessions resumed", Tls("resumed", 0.9), ("nginx", "openssl"), takes=(8, 34)),
]
