"""What finding the right server, location or list entry costs when there are many."""

import random
import statistics

from comparison import configs, loads, programs
from comparison.bench import Side
from comparison.figures import Aim, Case, Figure

SIZES = (10, 100, 1000, 10_000)
FLAT = Aim(1.1)

# All ask in the same shuffled order, so that nobody profits from neighbours in memory.
SCRIPT = """
local lines = {{}}
local at = 0
init = function()
    for line in io.lines("{asked}") do
        local host, path, key = line:match("(%S+) (%S+) (%S+)")
        lines[#lines + 1] = wrk.format("GET", path, {{ ["Host"] = host, ["X-Key"] = key }})
    end
end
request = function()
    at = at % #lines + 1
    return lines[at]
end
"""

NGINX_MAIN_SIZES = """
    server_names_hash_max_size 65536;
    server_names_hash_bucket_size 128;
"""


def host(i):
    return f"shop-{i * 7919 % 100_003}.example"


def hosts(size, port):
    line = '    server {{{{ listen 127.0.0.1:{port}; server_name {name}; location / {{{{ return 200 "ok\\n"; }}}} }}}}\n'
    return "".join(line.format(port=port, name=host(i)) for i in range(size))


def locations(size, port):
    line = '        location /part-{i}/ {{{{ return 200 "ok\\n"; }}}}\n'
    inside = "".join(line.format(i=i) for i in range(size))
    return f"    server {{{{ listen 127.0.0.1:{port};\n        location / {{{{ return 404; }}}}\n{inside}    }}}}\n"


def entries(bench, size, port):
    """A frontend that looks into two lists of that many entries: addresses, none of them the client's, and keys, all asked for."""
    nets = "".join(f"10.{i >> 8 & 255}.{i & 255}.0/24\n" for i in range(size))
    keys = "".join(f"key-{i}\n" for i in range(size))
    return f"""
frontend all{size}
    bind 127.0.0.1:{port}
    acl unwanted src -f {bench.write(f"nets-{size}.txt", nets)}
    acl known hdr(x-key) -f {bench.write(f"keys-{size}.txt", keys)}
    http-request deny if unwanted
    http-request deny if !known
    http-request return status 200 content-type text/plain string ok
"""


def asked(bench, kind, size):
    numbers = [i % size for i in range(max(SIZES))]
    random.Random(1).shuffle(numbers)
    name = host if kind == "hosts" else lambda i: "localhost"
    list_of = bench.write(f"asked-{size}.txt", "".join(f"{name(i)} /part-{i}/ key-{i}\n" for i in numbers))
    return bench.write(f"ask-{size}.lua", SCRIPT.format(asked=list_of))


def sides(bench, start, dialect, kind, sizes):
    """The same program for each size, on a port of its own."""
    ports = {size: programs.free_port() for size in sizes}
    name = "ours" if start is programs.ours else "theirs"
    if dialect == "nginx":
        blocks = "".join((hosts if kind == "hosts" else locations)(size, port) for size, port in ports.items())
        text = configs.nginx(NGINX_MAIN_SIZES + blocks, bench.folder, name, 0)
    else:
        text = configs.haproxy("".join(entries(bench, size, port) for size, port in ports.items()), 0)
    server = bench.start(start, dialect, bench.write(f"{name}.conf", text))
    bench.await_listening(server, ports.values())
    return {size: Side(f"{name}-{size}", f"http://127.0.0.1:{port}/", [server]) for size, port in ports.items()}


def many(kind, dialect):
    def run(bench):
        sizes = (SIZES[0], SIZES[-1]) if bench.extent.is_short else SIZES
        scripts = {size: asked(bench, kind, size) for size in sizes}
        # How theirs grows is no part of what is to be reached.
        has_peer = programs.is_here(dialect) and not bench.extent.is_short
        starts = [programs.ours] + [programs.theirs] * has_peer
        all_of = [sides(bench, start, dialect, kind, sizes) for start in starts]
        load = lambda side, seconds: loads.wrk(side.url, seconds, script=scripts[int(side.name.rpartition("-")[2])])
        found = bench.turns([side for by_size in all_of for side in by_size.values()], load)
        us = {name: [one["us"] for one in rounds] for name, rounds in found.items()}
        also = {}
        if len(all_of) > 1:
            for size in sizes:
                also[f"us with {size}"] = (statistics.median(us[f"ours-{size}"]), statistics.median(us[f"theirs-{size}"]))
            growth = [statistics.median(us[f"{name}-10000"]) / statistics.median(us[f"{name}-10"]) for name in ("ours", "theirs")]
            also["growth"] = tuple(growth)
        rounds = list(zip(us["ours-10000"], us["ours-10"]))
        return [Figure(bench.case, "us, 10,000 to 10", "us", "(with 10)", rounds, FLAT, 2, also)]

    return run


CASES = [
    Case("hosts", "1 of 10 to 10,000 virtual hosts", many("hosts", "nginx"), ("wrk",), ("nginx",), takes=(7, 75)),
    Case("locations", "1 of 10 to 10,000 locations", many("locations", "nginx"), ("wrk",), ("nginx",), takes=(7, 75)),
    Case("lists", "2 lists of 10 to 10,000 entries in ACLs", many("lists", "haproxy"), ("wrk",), ("haproxy",), takes=(7, 75)),
]
