"""Requests over connections in the clear: files, and what an upstream answers."""

import dataclasses

from comparison import configs, loads, programs
from comparison.bench import UPSTREAM_CPU, Pair, Side
from comparison.figures import Aim, Case

UPSTREAM = """
    open_file_cache max=100;
    server {{
        listen 127.0.0.1:{port} backlog=4096;
        root {folder}/www;
        location = /posted {{ return 200 "taken\\n"; }}
    }}
"""

NGINX_FILES = """
    open_file_cache max=1000 inactive=60s;
    open_file_cache_valid 30s;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/www;
    }}
"""

NGINX_PROXY = configs.NGINX_BACK + """
    server {{
        listen 127.0.0.1:{port};
        location / {{ proxy_pass http://back; KEPT proxy_set_header Host $host; }}
    }}
""".replace("KEPT", configs.NGINX_KEPT)

HAPROXY_PROXY = """
frontend all
    bind 127.0.0.1:{port}
    default_backend back
backend back
    server one 127.0.0.1:{upstream}
"""

CADDY_FILES = "    root * {folder}/www\n    file_server\n"

# It tells the client's address and name unless it is kept from it; neither of the others does.
CADDY_PROXY = """
    reverse_proxy 127.0.0.1:{upstream} {{
        header_up -X-Forwarded-For
        header_up -X-Forwarded-Proto
        header_up -X-Forwarded-Host
    }}
"""

LOCATIONS = (
    """
        location = /healthz { return 200 "ok"; }
        location = /robots.txt { return 404; }
        location /assets/ { root FOLDER/www; }
        location /media/ { root FOLDER/www; }
        location ^~ /fonts/ { root FOLDER/www; }
        location /admin/ { return 403; }
        location /internal/ { return 404; }
        location /account/ { PASS }
        location /api/ { PASS }
        location /api/v1/ { PASS }
        location /api/v2/ { PASS }
        location /search/ { PASS }
        location /checkout/ { PASS }
        location /catalogue/ { PASS }
        location / { PASS }
        location ~ \\.php$ { return 404; }
        location ~ /\\.ht { return 403; }
        location ~* \\.(?:jpg|jpeg|png|gif|ico|webp)$ { root FOLDER/www; expires 30d; }
        location ~* ^/(?:de|fr|it)/print/(.+)$ { return 301 /$1; }
        location ~ ^/user/(\\d+)/avatar$ { return 404; }
""".replace("{", "{{")
    .replace("}", "}}")
    .replace("FOLDER", "{folder}")
    .replace(
        "PASS",
        "proxy_pass http://back; KEPT proxy_set_header Host $host; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;",
    )
    .replace("KEPT", configs.NGINX_KEPT)
)

NGINX_SITE = configs.NGINX_BACK + """
    gzip {gzip};
    gzip_proxied any;
    server {{
        listen 127.0.0.1:{port};
        server_name localhost;
""" + LOCATIONS + "    }}\n"

POST_SCRIPT = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/octet-stream"
wrk.body = string.rep("0123456789abcdef", 256)
"""


@dataclasses.dataclass(frozen=True)
class Web:
    """One path asked for over 64 connections that are kept; a text of configuration for each program that takes part."""

    path: str
    aims: dict
    nginx: str = ""
    haproxy: str = ""
    caddy: str = ""
    headers: dict = dataclasses.field(default_factory=dict)
    posts: bool = False
    log: bool = False
    gzip: str = "off"

    def __call__(self, bench):
        write_files(bench)
        values = {"upstream": upstream(bench), "folder": bench.folder, "gzip": self.gzip}
        here = [peer for peer in self.aims if programs.is_here(peer)]
        here = here[:1] if bench.extent.is_smoke else [peer for peer in here if peer != "caddy" or not bench.extent.is_short]
        # Where we do not read the other's files, ours runs those of nginx.
        read = dict.fromkeys(peer if peer in programs.READ else "nginx" for peer in here)
        ours = {dialect: self.side(bench, programs.ours, dialect, values) for dialect in read}
        pairs = []
        for peer in here:
            theirs = self.side(bench, programs.theirs, peer, values)
            pairs.append(Pair(peer, ours.get(peer) or ours["nginx"], theirs, Aim(self.aims[peer])))
        script = bench.write("post.lua", POST_SCRIPT) if self.posts else None
        return bench.compare(
            pairs,
            lambda side, seconds: loads.wrk(side.url, seconds, self.headers, script),
            lambda side, rate, seconds: loads.at_rate(
                side.url, rate, seconds, headers=self.headers, **({"method": "POST", "body_bytes": 4096} if self.posts else {})
            ),
        )

    def side(self, bench, start, dialect, values, name=None):
        port = programs.free_port()
        name = name or f"{'ours' if start is programs.ours else 'theirs'}-{dialect}"
        if dialect == "nginx":
            log = f"{bench.folder}/{name}.access.log combined" if self.log else "off"
            text = configs.nginx(self.nginx, name=name, port=port, log=log, **values)
        else:
            text = getattr(configs, dialect)(getattr(self, dialect), port=port, **values)
        server = bench.start(start, dialect, bench.write(f"{name}.conf", text))
        bench.await_answer(server, port, "/1k.txt")
        return Side(name, f"http://127.0.0.1:{port}{self.path}", [server])


def write_files(bench):
    bench.write("www/1k.txt", b"x" * 1024)
    bench.write("www/100k.txt", b"x" * 102400)
    bench.write("www/catalogue/page.html", page())


def page():
    """Something like a page: 8 KiB that compress to about a quarter."""
    lines = ["<!doctype html><title>Catalogue</title>"]
    number = 12345
    while sum(map(len, lines)) < 8000:
        number = number * 1103515245 + 12345 & 0x7FFFFFFF
        price = f"{number % 997}.{number % 89:02}"
        lines.append(f'<li class="item"><a href="/catalogue/{number:x}">Item {number % 9973}</a> <b>{price}</b></li>')
    return "\n".join(lines)


def upstream(bench):
    """The server behind: nginx on the processor of the load, where it is installed."""
    port = programs.free_port()
    start = programs.theirs if programs.is_here("nginx") else programs.ours
    config = bench.write("upstream.conf", configs.nginx(UPSTREAM, bench.folder, "upstream", port))
    server = bench.start(start, "nginx", config, cpu=UPSTREAM_CPU)
    bench.await_answer(server, port, "/1k.txt")
    return port


STATIC = {"nginx": NGINX_FILES, "caddy": CADDY_FILES}
PROXY = {"nginx": NGINX_PROXY, "haproxy": HAPROXY_PROXY, "caddy": CADDY_PROXY}
NEEDS = ("wrk",)
ALL = ("nginx", "haproxy", "caddy")


def case(name, row, web, **more):
    return Case(name, row, web, NEEDS, tuple(web.aims), **more)


CASES = [
    case("static-1k", "file of 1 KiB", Web("/1k.txt", {"nginx": 0.75, "caddy": 0.75}, **STATIC), in_smoke=True, takes=(6, 50)),
    case("static-100k", "file of 100 KiB", Web("/100k.txt", {"nginx": 0.85, "caddy": 0.85}, **STATIC), takes=(6, 55)),
    case(
        "static-log",
        "file of 1 KiB with access log",
        Web("/1k.txt", {"nginx": 0.85}, nginx=NGINX_FILES, log=True),
        takes=(6, 36),
    ),
    case(
        "proxy-1k",
        "1 KiB through a proxy, a browser's headers",
        Web("/1k.txt", {"nginx": 0.97, "haproxy": 0.85, "caddy": 0.97}, headers=loads.BROWSER, **PROXY),
        in_smoke=True,
        takes=(12, 90),
    ),
    case(
        "proxy-100k",
        "100 KiB through a proxy",
        Web("/100k.txt", {"haproxy": 0.9, "nginx": 0.9}, nginx=NGINX_PROXY, haproxy=HAPROXY_PROXY),
        takes=(12, 75),
    ),
    case(
        "site",
        "8 KiB through a proxy with log, X-Forwarded-For and 20 locations",
        Web("/catalogue/page.html", {"nginx": 1.0}, nginx=NGINX_SITE, headers=loads.BROWSER, log=True),
        takes=(7, 38),
    ),
    case(
        "site-gzip",
        "the same with gzip",
        Web("/catalogue/page.html", {"nginx": 1.0}, nginx=NGINX_SITE, headers=loads.BROWSER, log=True, gzip="on"),
        takes=(7, 40),
    ),
    case(
        "post-4k",
        "4 KiB posted to an upstream",
        Web("/posted", {"nginx": 1.0, "haproxy": 1.0}, nginx=NGINX_PROXY, haproxy=HAPROXY_PROXY, posts=True),
        takes=(12, 75),
    ),
]
