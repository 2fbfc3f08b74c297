"""Makes the measured part of docs/performance.md and its pictures from what was stored."""

import json
import textwrap

from comparison import cases, drawing, report

BEGIN = "<!-- measured: what follows is written by bench/compare --publish -->"
END = "<!-- end of what was measured -->"
TITLES = {
    "ratios": "Ours as a share of theirs",
    "latencies": "Latency at a fixed rate",
    "routing": "Processor time with many hosts, locations and entries",
}


def publish(stored, docs, is_update=False):
    """Writes the page, the results and the pictures into a folder; what a page says outside the marks stays."""
    folder = docs / "performance"
    folder.mkdir(parents=True, exist_ok=True)
    results = folder / "results.json"
    if is_update and results.exists():
        stored = updated(json.loads(results.read_text()), stored)
    (folder / "results.json").write_text(json.dumps(stored, indent=1) + "\n")
    drawn = []
    for name, draw in drawing.PICTURES.items():
        picture = draw(stored["figures"])
        if picture:
            (folder / f"{name}.svg").write_text(picture)
            drawn.append(name)
    page = docs / "performance.md"
    old = page.read_text() if page.exists() else f"# Performance\n\n{BEGIN}\n{END}\n"
    before, _, rest = old.partition(BEGIN)
    page.write_text(before + BEGIN + "\n\n" + measured(stored, drawn) + "\n" + END + rest.partition(END)[2])


def updated(old, new):
    """What is new, and of the cases that were not measured again what is old."""
    again = {one["case"] for one in new["figures"]} | set(new["unmeasured"])
    order = [case.name for case in cases.ALL]
    figures = [one for one in old["figures"] if one["case"] not in again] + new["figures"]
    return new | {
        "figures": sorted(figures, key=lambda one: order.index(one["case"])),
        "unmeasured": {name: why for name, why in old["unmeasured"].items() if name not in again} | new["unmeasured"],
        "versions": old["versions"] | new["versions"],
        "seconds": old["seconds"] + new["seconds"],
    }


def measured(stored, drawn):
    machine, extent = stored["machine"], stored["extent"]
    versions = ", ".join(f"{name} {version}" for name, version in stored["versions"].items())
    figures = stored["figures"]
    judged = [one["reached"] for one in figures if "reached" in one]
    said = (
        f"Measured on {stored['date']}: {machine['processor']}, {machine['processors']} processors, {machine['memory_gib']} GiB, "
        f"Linux {machine['kernel']}, {machine['system']}; {versions}. {extent['rounds']} rounds of {extent['seconds']:g} s each after "
        f"{extent['warmup']:,} requests, {stored['seconds'] // 60} minutes in all. Java's flags as shipped: `{stored['flags']}`. "
        f"**{sum(judged)} of {len(judged)} reached.** All of it with every round: [results.json](performance/results.json)."
    )
    lines = [
        *textwrap.wrap(said, 130, break_on_hyphens=False, break_long_words=False),
        "",
        "| case | what | beside | theirs | ours | ratio | to reach | |",
        "|---|---|---|--:|--:|--:|---|---|",
    ]
    lines += [row(one) for one in figures]
    lines += ["", "What each case is:", ""]
    named = {one["case"] for one in figures}
    lines += [f"- `{case.name}`: {case.row}" for case in cases.ALL if case.name in named]
    lines += also(figures)
    if stored["unmeasured"]:
        lines += ["", "Not measured:", ""] + [f"- `{name}`: {why.splitlines()[0]}" for name, why in stored["unmeasured"].items()]
    for name in drawn:
        lines += ["", f"![{TITLES[name]}](performance/{name}.svg)"]
    return "\n".join(lines) + "\n"


def row(one):
    ratio = f"{one['ratio']:.2f}" if "ratio" in one else ""
    theirs = report.number(one.get("theirs"), one["digits"])
    verdict = {True: "reached", False: "**not reached**", None: ""}[one.get("reached")]
    ours = report.number(one["ours"], one["digits"])
    cells = (one["case"], one["measure"], one.get("peer", ""), theirs, ours, ratio, one.get("aim", ""), verdict)
    return f"| {' | '.join(cells)} |"


def also(figures):
    """What the same runs told beside what is judged: throughput, latency, memory."""
    told = [one for one in figures if one["also"] or one["remark"]]
    if not told:
        return []
    lines = ["", "Beside that the same runs told (ours : theirs):", "", "| case | beside | |", "|---|---|---|"]
    for one in told:
        pairs = [f"{name} {report.number(a)} : {report.number(b)}" for name, (a, b) in one["also"].items()]
        lines.append(f"| {one['case']} | {one.get('peer', '')} | {', '.join(pairs + [one['remark']] * bool(one['remark']))} |")
    return lines
