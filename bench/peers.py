"""What the scripts of this folder share: starting servers, pinning them, and counting the processor time they use.

Everything listens on 127.0.0.1 on ports that the kernel chose, is started from a temporary folder, and is ended by pid.
"""

import os
import pathlib
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def descendants(pid):
    """The process and all that descend from it."""
    found = [pid]
    for parent in found:
        for task in pathlib.Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += [int(child) for child in task.read_text().split()]
            except OSError:
                pass
    return found


def cpu_seconds(pid):
    """User and system time of the process and its descendants, in seconds."""
    ticks = 0
    for process in descendants(pid):
        try:
            fields = pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS


def rss_mib(pid):
    """Resident memory of the process and its descendants, in MiB; shared pages count once for each."""
    kib = 0
    for process in descendants(pid):
        try:
            status = pathlib.Path(f"/proc/{process}/status").read_text()
        except OSError:
            continue
        kib += next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")), 0)
    return kib / 1024


def answers(port, path="/", timeout=30.0, pause=0.002):
    """Waits for the first response and says how many seconds that took."""
    begun = time.monotonic()
    while time.monotonic() - begun < timeout:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=2) as client:
                client.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
                if client.recv(12).startswith(b"HTTP/1.1 200"):
                    return time.monotonic() - begun
        except OSError:
            pass
        time.sleep(pause)
    raise TimeoutError(f"nothing answers on port {port} within {timeout} s")


class Server:
    """A server in the foreground, pinned to one processor."""

    def __init__(self, name, command, log, cpu=None):
        self.name = name
        pinned = ["taskset", "-c", str(cpu)] if cpu is not None else []
        self.log = open(log, "ab")
        self.process = subprocess.Popen(
            pinned + [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log
        )

    @property
    def pid(self):
        return self.process.pid

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()


def nginx(config, folder, cpu=None):
    return Server("nginx", [program("nginx"), "-p", folder, "-c", config, "-g", "daemon off;"], f"{folder}/nginx.out", cpu)


def fairlead(config, folder, cpu=None):
    command = [ROOT / "fairlead", "nginx", "-p", folder, "-c", config, "-g", "daemon off;"]
    return Server("fairlead", command, f"{folder}/fairlead.out", cpu)


def build_fairlead():
    """Builds and prepares the start-up image now, so that no measurement includes it."""
    subprocess.run([ROOT / "fairlead", "nginx", "-v"], check=True, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def program(name):
    found = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    if found is None:
        sys.exit(f"needs {name}, which is not installed")
    return found


def version(*command):
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return (done.stderr + done.stdout).strip().splitlines()[0]


def machine():
    model = next(
        (line.partition(":")[2].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "unknown"
    )
    return {"processor": model, "processors": os.cpu_count(), "kernel": os.uname().release}


def warn_if_busy():
    load = os.getloadavg()[0]
    if load > 0.5:
        print(f"warning: the machine is busy (load {load:.2f}); compare ratios, not times", file=sys.stderr)


def median(values):
    return statistics.median(values)
