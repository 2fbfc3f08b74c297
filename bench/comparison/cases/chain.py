"""stunnel, HAProxy, nginx and gunicorn in a row beside the same files in one program; and what one hop costs."""

import re

from comparison import configs, loads, programs
from comparison.bench import SERVERS_CPU, Pair, Side
from comparison.cases import tls, web
from comparison.figures import Aim, Case

STUNNEL = """
foreground = yes
syslog = no
pid =
cert = {folder}/all.pem
[https]
accept = 127.0.0.1:{https}
connect = 127.0.0.1:{http}
"""
HAPROXY = """
global
    maxconn 4096
    nbthread 1
defaults
    mode http
    timeout client 60s
    timeout server 30s
    timeout connect 4s
frontend all
    bind 127.0.0.1:{http}
    acl is_websocket hdr(Upgrade) -i WebSocket
    acl is_dyn path_beg /dataserver /library /socket.io
    use_backend application if is_websocket or is_dyn
    default_backend www
backend www
    balance roundrobin
    option forwardfor
    server nginx 127.0.0.1:{files} weight 1 maxconn 1024
backend application
    balance roundrobin
    option forwardfor
    server dataserver 127.0.0.1:{application} weight 1 maxconn 1024
"""
NGINX = """
    gzip on;
    gzip_types application/javascript text/xml;
    gzip_proxied any;
    upstream appserver {{ server 127.0.0.1:{application} fail_timeout=10; }}
    server {{
        listen 127.0.0.1:{files};
        root {folder}/www;
        location / {{
            try_files $uri @proxy_to_app;
            expires +30d;
        }}
        location @proxy_to_app {{
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header Host $http_host;
            proxy_buffering off;
            proxy_redirect off;
            proxy_pass http://appserver;
        }}
        location ~ /\\.ht {{ deny all; }}
    }}
"""
UNIT = """
[Service]
WorkingDirectory={folder}
ExecStart=/usr/bin/gunicorn --workers 1 --worker-class {kind} --bind 127.0.0.1:{application} bench_application:application
[Install]
WantedBy=multi-user.target
"""
APPLICATION = """
BODY = b"Hello, world!\\n"


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(BODY)))])
    return [BODY]
"""
FILES = ("stunnel.conf", "haproxy.cfg", "nginx.conf", "dataserver.service")
STATIC, HELLO = "/1k.txt", "/hello"


def nginx_conf(folder, ports):
    return configs.nginx(NGINX, folder, "nginx", 0, files=ports["files"], application=ports["application"])


def write_row(bench, name, kind):
    """The files of a row in a folder of its own, with ports of its own."""
    folder = bench.folder / name
    ports = {each: programs.free_port() for each in ("https", "http", "files", "application")}
    values = ports | {"folder": folder, "kind": kind}
    bench.write(f"{name}/stunnel.conf", STUNNEL.format(**values))
    bench.write(f"{name}/haproxy.cfg", HAPROXY.format(**values))
    bench.write(f"{name}/nginx.conf", nginx_conf(folder, ports))
    bench.write(f"{name}/dataserver.service", UNIT.format(**values))
    bench.write(f"{name}/bench_application.py", APPLICATION)
    bench.write(f"{name}/all.pem", (bench.folder / "all.pem").read_bytes())
    bench.write(f"{name}/www/1k.txt", b"x" * 1024)
    return folder, ports


def real(bench, path, kind):
    """The real programs, one after another, all on one processor."""
    folder, ports = write_row(bench, "real", kind)
    started = re.search(r"ExecStart=(.*)", (folder / "dataserver.service").read_text()).group(1).split()
    gunicorn = [programs.PYTHON, *started, "--chdir", folder]
    servers = [bench.keep(programs.Server("gunicorn", gunicorn, folder / "gunicorn.out", SERVERS_CPU))]
    for dialect, file in (("nginx", "nginx.conf"), ("haproxy", "haproxy.cfg"), ("stunnel4", "stunnel.conf")):
        servers.append(bench.keep(programs.theirs(dialect, folder / file, folder, SERVERS_CPU)))
    return side(bench, "theirs", ports, servers, path)


def one(bench, name, path, kind, *flags):
    """The same files in one program."""
    folder, ports = write_row(bench, name, kind)
    command = [programs.FAIRLEAD, "up", "--adopt", *flags, *(folder / file for file in FILES)]
    server = bench.keep(programs.Server("fairlead", command, folder / "fairlead.out", SERVERS_CPU))
    return side(bench, name, ports, [server], path)


def side(bench, name, ports, servers, path):
    for each in (STATIC, HELLO):
        bench.await_answer(servers[-1], ports["http"], each)
    return Side(name, f"https://127.0.0.1:{ports['https']}{path}", servers)


def row(path, kind="sync"):
    def run(bench):
        tls.certificate(bench, tls.RSA)
        theirs = real(bench, path, kind)
        linked, sockets = one(bench, "ours", path, kind), one(bench, "ours-sockets", path, kind, "--no-link")
        pairs = [
            Pair("the row", linked, theirs, Aim(round(1 / 6, 3)), Aim(6, at_least=True)),
            Pair("row,sockets", sockets, theirs, Aim(1)),
        ]
        # The real row resets connections now and then; that is told by its throughput, and not tolerated of ours.
        return bench.compare(
            pairs,
            lambda one, seconds: loads.wrk(one.url, seconds, tolerated="" if one.is_ours else "Socket errors|Non-2xx"),
            weight=4,
        )

    return run


HOP = """
    open_file_cache max=100;
    upstream inner {{ server 127.0.0.1:{inner}; keepalive 128; keepalive_requests 100000000; }}
    server {{
        listen 127.0.0.1:{port};
        location /kept/ {{ proxy_pass http://inner/; KEPT }}
        location /closing/ {{ proxy_pass http://127.0.0.1:{inner}/; }}
    }}
    server {{
        listen 127.0.0.1:{inner};
        location / {{ root {folder}/www; }}
    }}
""".replace("KEPT", configs.NGINX_KEPT)


def hop(path, is_direct=False):
    """A server that passes requests to another of the same program: without a socket, over loopback, and in nginx."""

    def run(bench):
        web.write_files(bench)
        found = {}
        for name in ("ours", "ours-sockets", "theirs"):
            port, inner = programs.free_port(), programs.free_port()
            config = bench.write(f"{name}/nginx.conf", configs.nginx(HOP, bench.folder, name, port, inner=inner))
            if name == "theirs":
                server = bench.start(programs.theirs, "nginx", config)
            else:
                flags = ["--no-link"] if name == "ours-sockets" else []
                command = [programs.FAIRLEAD, "up", "--nginx", config, *flags]
                server = bench.keep(programs.Server("fairlead", command, f"{config}.out", SERVERS_CPU))
            bench.await_answer(server, port, "/kept/1k.txt")
            found[name] = Side(name, f"http://127.0.0.1:{inner if is_direct else port}{path}", [server])
        pairs = [Pair("nginx", found["ours"], found["theirs"]), Pair("sockets", found["ours"], found["ours-sockets"])]
        return bench.compare(pairs, lambda one, seconds: loads.wrk(one.url, seconds))

    return run


NEEDS = ("wrk", "openssl", "stunnel4", "haproxy", "nginx", "gunicorn")

CASES = [
    Case("chain-static", "a file through stunnel, HAProxy, nginx", row(STATIC), NEEDS, takes=(12, 42)),
    Case("chain-hello", "WSGI hello through stunnel, HAProxy, nginx, gunicorn", row(HELLO), NEEDS, takes=(14, 56)),
    Case("chain-gevent", "the same with greenlets", row(HELLO, "gevent"), (*NEEDS, "python:gevent"), (), False),
    Case("hop-none", "1 KiB of the second of two servers itself", hop("/1k.txt", True), ("wrk", "nginx"), (), False),
    Case("hop-kept", "1 KiB through a hop, connections kept", hop("/kept/1k.txt"), ("wrk", "nginx"), (), False),
    Case("hop-closing", "1 KiB through a hop, a new connection each", hop("/closing/1k.txt"), ("wrk", "nginx"), (), False),
    Case("hop-100k", "100 KiB through a hop", hop("/kept/100k.txt"), ("wrk", "nginx"), (), False),
]
