"""What puts the programs under load, all of it pinned to processor 1."""

import json
import re
import subprocess
import time

from comparison import programs
from comparison.figures import Unmeasured

CPU = "1"
CONNECTIONS = 64
LOAD_CLIENT = programs.ROOT / "bench/load"

# What a browser sends with a request: 700 bytes with the request line and Host.
BROWSER = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8",
    "Accept-Language": "en-GB,en;q=0.9,de-DE;q=0.8,de;q=0.7",
    "Accept-Encoding": "gzip, deflate, br",
    "Cache-Control": "max-age=0",
    "Upgrade-Insecure-Requests": "1",
    "Sec-Fetch-Dest": "document",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Site": "same-origin",
    "Sec-Fetch-User": "?1",
    "Referer": "http://localhost/catalogue/overview?sort=name&page=3",
    "Cookie": "session=7b5f0c1d9a3e4f6885d2c0b1a9f8e7d6; theme=light; consent=necessary",
}


def wrk(url, seconds, headers=None, script=None, connections=CONNECTIONS, cpu=CPU, tolerated=""):
    """Closed loop over connections that are kept: how many requests were answered, and a second's share of them.

    Any error ends the case, except those that `tolerated` matches.
    """
    command = [
        "taskset",
        "-c",
        cpu,
        programs.program("wrk"),
        "-t1",
        f"-c{connections}",
        f"-d{max(1, int(seconds))}s",
        "--timeout",
        "60s",
    ]
    for name, value in (headers or {}).items():
        command += ["-H", f"{name}: {value}"]
    if script:
        command += ["-s", str(script)]
    done = subprocess.run([*command, url], capture_output=True, text=True)
    errors = re.search(r"Socket errors: .*|Non-2xx.*", done.stdout)
    if done.returncode != 0 or (errors and not (tolerated and re.search(tolerated, errors.group()))):
        raise Unmeasured(f"wrk at {url}: {errors.group() if errors else done.stderr.strip()}")
    requests, seconds = re.search(r"(\d+) requests in ([0-9.]+)s", done.stdout).groups()
    return int(requests), int(requests) / float(seconds)


def resumptions(port, path, seconds, clients):
    """A new TLS connection for each request that resumes the client's session: how many, and a second's share.

    Of openssl's own client, which is compiled, small and warm at once; each takes one connection after another.
    """
    command = ["taskset", "-c", CPU, programs.program("openssl"), "s_time", "-connect", f"127.0.0.1:{port}", "-www", path]
    command += ["-time", str(max(1, int(seconds))), "-reuse"]
    begun = time.monotonic()
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    running = [subprocess.Popen(command, **quiet) for _ in range(clients)]
    told = [one.communicate()[0] for one in running]
    took = time.monotonic() - begun
    counts = [re.search(r"(\d+) connections in .* real seconds", text) for text in told]
    if not all(counts) or any(one.returncode for one in running):
        raise Unmeasured(f"openssl s_time: {told[0][-300:]}")
    count = sum(int(one.group(1)) for one in counts)
    # It prints a letter for each connection: r for one that resumed a session, * for another.
    resumed = sum(line.count("r") for line in re.findall(r"^[r*t]+$", "\n".join(told), re.MULTILINE))
    if resumed < count * 0.9:
        raise Unmeasured(f"only {resumed} of {count} connections resumed a session")
    return count, count / took


def has_client():
    """Whether our own client is there, which sends at a fixed rate."""
    return LOAD_CLIENT.exists()


def build_client():
    """Builds it now, so that no measurement includes that."""
    if has_client():
        subprocess.run([LOAD_CLIENT], stdin=subprocess.DEVNULL, capture_output=True)


def client(kind, url, seconds, cpu=CPU, is_strict=True, **options):
    """Runs our own client; what it printed. An option True is a flag, a list is given several times.

    Requests that fail end the case where it is strict.
    """
    command = ["taskset", "-c", cpu, LOAD_CLIENT, kind, url, "--seconds", seconds]
    for name, value in options.items():
        flag = "--" + name.replace("_", "-")
        for one in value if isinstance(value, list) else [value]:
            command += [flag] if one is True else [] if one in (None, False) else [flag, one]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise Unmeasured(f"bench/load at {url}: {done.stderr.strip()[-500:]}")
    found = json.loads(done.stdout)
    if (is_strict and found.get("failed")) or not found.get("answered"):
        raise Unmeasured(f"bench/load at {url}: {found.get('failures')}, {found.get('answered')} answered")
    return found


def at_rate(url, rate, seconds, connections=CONNECTIONS, headers=None, **options):
    """Latency in microseconds at a fixed rate, counted from when each request was due: corrected for coordinated omission."""
    lines = [f"{name}: {value}" for name, value in (headers or {}).items()]
    found = client("http", url, seconds, rate=int(rate), connections=connections, warmup=1, header=lines, **options)
    return found["latency_us"]
