"""What a request takes of Java's heap once the program is warm, as its flight recorder counts it, and where."""

import calendar
import json
import re
import subprocess
import time

from comparison import loads, programs
from comparison.cases import web
from comparison.figures import Aim, Case, Figure, Unmeasured

# What each thread has allocated, twice a second, and samples of where.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<configuration version="2.0">
  <event name="jdk.ThreadAllocationStatistics">
    <setting name="enabled">true</setting><setting name="period">500 ms</setting>
  </event>
  <event name="jdk.ObjectAllocationSample">
    <setting name="enabled">true</setting><setting name="throttle">300/s</setting><setting name="stackTrace">true</setting>
  </event>
</configuration>
"""
# So that a sample of each thread lies between two rounds.
REST = 1.5


def jfr(recording, *words):
    done = subprocess.run([programs.jdk() / "bin/jfr", *words, recording], capture_output=True, text=True)
    if done.returncode != 0:
        raise Unmeasured(f"jfr: {done.stderr.strip()}")
    return done.stdout


def totals(recording):
    """Of each thread but the recorder's own: (seconds since 1970, bytes so far), in order."""
    found = {}
    for event in json.loads(jfr(recording, "print", "--json", "--events", "ThreadAllocationStatistics"))["recording"]["events"]:
        values = event["values"]
        thread = values["thread"]
        if thread and not (thread["javaName"] or "").startswith("JFR"):
            found.setdefault((thread["javaThreadId"], thread["javaName"]), []).append(
                (seconds_of(values["startTime"]), values["allocated"])
            )
    return {name: sorted(samples) for name, samples in found.items()}


def seconds_of(text):
    """Of a time in UTC such as 2026-01-02T03:04:05.678901234Z, seconds since 1970."""
    day, hours, minutes, seconds = re.fullmatch(r"(\S+)T(\d+):(\d+):([0-9.]+)Z", text).groups()
    return calendar.timegm(time.strptime(day, "%Y-%m-%d")) + int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def at(samples, moment):
    """What a thread had allocated by a moment when it rested."""
    return next((bytes_so_far for when, bytes_so_far in reversed(samples) if when <= moment), 0)


def measured(bench, what, texts):
    recording = bench.folder / f"{what}.jfr"
    settings = bench.write("allocation.jfc", SETTINGS)
    java = f"-XX:StartFlightRecording:filename={recording},settings={settings} -Xlog:jfr*=error"
    values = {"upstream": web.upstream(bench), "folder": bench.folder, "gzip": "off"}
    start = lambda *places, **more: programs.ours(*places, **more, java=java)
    start.__name__ = "ours"
    side = web.Web("/1k.txt", {}, **texts).side(bench, start, "nginx", values, f"ours-{what}")
    load = lambda one, seconds: loads.wrk(one.url, seconds, loads.BROWSER)
    bench.warm_up(side, load)
    time.sleep(REST)
    moments, requests = [time.time()], []
    for _ in bench.rounds(1 if bench.extent.is_short else 2):
        requests.append(load(side, bench.extent.seconds)[0])
        time.sleep(REST)
        moments.append(time.time())
    bench.end(side.servers[0])
    threads = totals(recording).values()
    sums = [sum(at(samples, moment) for samples in threads) for moment in moments]
    rounds = [(after - before) / count for before, after, count in zip(sums, sums[1:], requests)]
    return Figure(bench.case, f"bytes, {what}", "B", "", rounds, Aim(16), 1, remark=places_of(recording, moments[0]))


def places_of(recording, since):
    """The three places that allocated most from a moment on."""
    weights = {}
    for event in json.loads(jfr(recording, "print", "--json", "--events", "ObjectAllocationSample"))["recording"]["events"]:
        values = event["values"]
        frames = (values["stackTrace"] or {}).get("frames") or []
        if frames and seconds_of(values["startTime"]) >= since:
            method = frames[0]["method"]
            place = f"{method['type']['name'].rpartition('/')[2].rpartition('.')[2]}.{method['name']}"
            weights[place] = weights.get(place, 0) + values["weight"]
    whole = sum(weights.values())
    most = sorted(weights, key=weights.get, reverse=True)[:3]
    return "most: " + ", ".join(f"{place} {weights[place] / whole:.0%}" for place in most)


def allocation(bench):
    web.write_files(bench)
    kinds = {"static": web.STATIC, "logged": web.STATIC | {"log": True}, "proxy": web.PROXY}
    if bench.extent.is_short:
        kinds.pop("logged")
    return [measured(bench, what, texts) for what, texts in kinds.items()]


CASES = [Case("allocation", "bytes of the heap for each request", allocation, ("wrk",), takes=(16, 60))]
