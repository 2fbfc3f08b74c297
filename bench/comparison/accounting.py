"""Processor time and memory that processes use, as the kernel tells it."""

import os
import pathlib
import resource
import time

TICKS = os.sysconf("SC_CLK_TCK")


def descendants(pid):
    """The process and all that descend from it."""
    found = [pid]
    for parent in found:
        # A process may go between two looks.
        try:
            for task in os.listdir(f"/proc/{parent}/task"):
                found += [int(child) for child in pathlib.Path(f"/proc/{parent}/task/{task}/children").read_text().split()]
        except OSError:
            pass
    return found


def threads(pid):
    """Of the process and its descendants."""
    found = []
    for one in descendants(pid):
        try:
            found += [int(task) for task in os.listdir(f"/proc/{one}/task")]
        except OSError:
            pass
    return found


def own_cpu_seconds(pid):
    """User and system time of one process, with what threads that ended had used, to the nanosecond."""
    try:
        # The clock of another process: see clock_getcpuclockid(3), whose result this is.
        return time.clock_gettime(((~pid) << 3) | 2)
    except OSError:
        return 0.0


def cpu_seconds(pid):
    """The same of the process and its descendants."""
    return sum(own_cpu_seconds(one) for one in descendants(pid))


def own_rss_mib(pid):
    """Resident memory of one process, in MiB; zero when it has ended."""
    try:
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")), 0) / 1024


def rss_mib(pid):
    """Resident memory of the process and its descendants, in MiB; shared pages count once for each."""
    return sum(own_rss_mib(one) for one in descendants(pid))


def settled_rss_mib(pid, within=0.06, patience=60):
    """Resident memory once it has stopped moving."""
    last = rss_mib(pid)
    for _ in range(patience):
        time.sleep(1)
        now = rss_mib(pid)
        if abs(now - last) < within:
            return now
        last = now
    return last


class Others:
    """How much of the machine's processors programs took that this one did not start, since it was made."""

    def __init__(self):
        self.begun = self.machine(), self.ours()

    @staticmethod
    def machine():
        fields = [int(field) for field in pathlib.Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]]
        idle = fields[3] + fields[4]
        return (sum(fields[:8]) - idle) / TICKS, sum(fields[:8]) / TICKS

    @staticmethod
    def ours():
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        return cpu_seconds(os.getpid()) + ended.ru_utime + ended.ru_stime

    def share(self):
        """From 0 to 1, of all processors; includes time that a hypervisor gave to others."""
        (busy, whole), ours = self.machine(), self.ours()
        passed = whole - self.begun[0][1]
        return max(0.0, busy - self.begun[0][0] - (ours - self.begun[1])) / passed if passed > 0 else 0.0
