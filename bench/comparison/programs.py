"""The programs that are compared: where they are, installing them, their versions, and starting them.

Everything listens on 127.0.0.1 on ports that the kernel chose, is started from a temporary folder, and is ended by pid.
"""

import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import time

from comparison import accounting

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PYTHON = "/usr/bin/python3"
FAIRLEAD = ROOT / "fairlead"

# What has to be there for a case, and the Debian package it comes from; "python:" is a module of Debian's Python.
PACKAGES = {
    "nginx": "nginx-full",
    "haproxy": "haproxy",
    "caddy": "caddy",
    "stunnel4": "stunnel4",
    "wrk": "wrk",
    "openssl": "openssl",
    "gunicorn": "gunicorn",
    "uwsgi": "uwsgi-core uwsgi-plugin-python3",
    "python:flask": "python3-flask",
    "python:gevent": "python3-gevent",
}
SYSTEM_PATH = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"


def is_here(name):
    if name.startswith("python:"):
        look = "import importlib.util, sys; sys.exit(importlib.util.find_spec(sys.argv[1]) is None)"
        return subprocess.run([PYTHON, "-c", look, name[7:]], capture_output=True).returncode == 0
    return shutil.which(name, path=SYSTEM_PATH) is not None


def program(name):
    found = shutil.which(name, path=SYSTEM_PATH)
    if found is None:
        sys.exit(f"needs {name}, which is not installed (Debian package {PACKAGES.get(name, name)})")
    return found


def install(names):
    """Installs what is missing where that is possible; the names that are missing still."""
    missing = [name for name in names if not is_here(name)]
    if not missing or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return missing
    packages = " ".join(PACKAGES[name] for name in missing).split()
    print(f"installing {' '.join(packages)}", file=sys.stderr)
    # Packages that would start their daemons are kept from it.
    policy = pathlib.Path("/usr/sbin/policy-rc.d")
    is_ours = not policy.exists()
    if is_ours:
        policy.write_text("#!/bin/sh\nexit 101\n")
        policy.chmod(0o755)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    quiet = {"env": environment, "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        subprocess.run(["apt-get", "update", "-q"], **quiet)
        fetch = ["apt-get", "install", "-q", "-y", "--no-install-recommends"]
        # Where one of them does not exist none is installed: then each for itself.
        if subprocess.run([*fetch, *packages], **quiet).returncode != 0:
            for package in packages:
                subprocess.run([*fetch, package], **quiet)
    finally:
        if is_ours:
            policy.unlink()
    return [name for name in missing if not is_here(name)]


VERSIONS = {
    "nginx": (("-v",), r"nginx/(\S+)"),
    "haproxy": (("-v",), r"version (\S+)"),
    "caddy": (("version",), r"v?(\d\S*)"),
    "stunnel4": (("-version",), r"stunnel (\S+)"),
    "wrk": (("-v",), r"wrk (\S+)"),
    "openssl": (("version",), r"OpenSSL (\S+)"),
    "gunicorn": (("--version",), r"version (\S+)\)"),
    "uwsgi": (("--version",), r"(\d\S*)"),
}


def versions(names):
    """Of those that are installed, and of ours."""
    found = {"fairlead": revision(), "java": java_version()}
    for name in names:
        if name not in VERSIONS or not is_here(name):
            continue
        words, pattern = VERSIONS[name]
        done = subprocess.run([program(name), *words], capture_output=True, text=True, stdin=subprocess.DEVNULL)
        told = re.search(pattern, done.stderr + done.stdout)
        found[name] = told.group(1) if told else "unknown"
    return found


def revision():
    done = subprocess.run(["git", "-C", ROOT, "describe", "--always", "--dirty"], capture_output=True, text=True)
    return done.stdout.strip() or "unknown"


def jdk():
    """The one that Fairlead runs on."""
    done = subprocess.run(["sh", "-c", f". {ROOT}/.mvn/find-jdk.sh; find_jdk && echo $jdk"], capture_output=True, text=True)
    return pathlib.Path(done.stdout.strip())


def java_version():
    told = re.search(r'JAVA_RUNTIME_VERSION="([^"]+)"', (jdk() / "release").read_text())
    return told.group(1) if told else "unknown"


def flags():
    """Those that ./fairlead gives to Java for nginx: what is measured is what is shipped."""
    environ = {**os.environ, "FAIRLEAD_TELL": "1"}
    told = subprocess.run([FAIRLEAD, "nginx"], env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    words = told.stdout.split("\0")
    java = next((i for i, word in enumerate(words) if word.endswith("/bin/java")), len(words))
    given = words[java + 1 : words.index("-cp") if "-cp" in words else None]
    places = ("-XX:AOTCache=", "-Xlog:", "-Djava.library.path=")
    return " ".join(word for word in given if not word.startswith(places))


def build_fairlead():
    """Builds and prepares the start-up image now, so that no measurement includes it."""
    done = subprocess.run([FAIRLEAD, "nginx", "-v"], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"./fairlead could not be built:\n{done.stderr}")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port, path="/", timeout=30.0, pause=0.002, host="localhost", servers=()):
    """Waits for the first response and says how many seconds that took; not longer than all of these servers live."""
    begun = time.monotonic()
    request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
    while time.monotonic() - begun < timeout:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
                client.sendall(request)
                if client.recv(12).startswith(b"HTTP/1.1 200"):
                    return time.monotonic() - begun
        except OSError:
            pass
        require_running(servers)
        time.sleep(pause)
    raise TimeoutError(f"no 200 for {path} on port {port} within {timeout} s")


def require_running(servers):
    for server in servers:
        if server.process.poll() is not None:
            raise TimeoutError(f"{server.name} has ended: {server.said()}")


def listens(port, timeout=30.0, servers=()):
    """Waits until somebody accepts connections; not longer than all of these servers live."""
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 2).close()
            return
        except OSError:
            pass
        require_running(servers)
        time.sleep(0.02)
    raise TimeoutError(f"nobody listens on port {port} after {timeout} s")


class Server:
    """A program in the foreground, pinned to processors where some are named."""

    def __init__(self, name, command, log, cpu=None, env=None):
        self.name = name
        pinned = ["taskset", "-c", str(cpu)] if cpu is not None else []
        self.path = pathlib.Path(log)
        self.log = open(log, "ab")
        self.process = subprocess.Popen(
            pinned + [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            env=os.environ | env if env else None,
        )

    @property
    def pid(self):
        return self.process.pid

    def cpu_seconds(self):
        return accounting.cpu_seconds(self.pid)

    def rss_mib(self):
        return accounting.rss_mib(self.pid)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()

    def said(self):
        return self.path.read_text(errors="replace")[-2000:]


# How each program is started in the foreground from one file; ours takes the arguments of the program it stands in for.
COMMANDS = {
    "nginx": lambda config, folder: ["-p", folder, "-c", config, "-g", "daemon off;"],
    "haproxy": lambda config, folder: ["-db", "-f", config],
    "caddy": lambda config, folder: ["run", "--config", config, "--adapter", "caddyfile"],
    "stunnel4": lambda config, folder: [config],
}
OUR_NAMES = {"stunnel4": "stunnel"}
# Those whose files we read.
READ = ("nginx", "haproxy", "stunnel4")


def theirs(name, config, folder, cpu=None, log=None):
    command = [program(name), *COMMANDS[name](config, folder)]
    # Go starts as many threads as the machine has processors unless it is told otherwise; a home keeps caddy's files here.
    env = {"GOMAXPROCS": "1", "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    return Server(name, command, log or f"{config}.out", cpu, env=env if name == "caddy" else None)


def ours(name, config, folder, cpu=None, log=None, java=None):
    """Fairlead in that program's stead."""
    command = [FAIRLEAD, OUR_NAMES.get(name, name), *COMMANDS[name](config, folder)]
    return Server("fairlead", command, log or f"{config}.out", cpu, env={"FAIRLEAD_JAVA_OPTS": java} if java else None)
