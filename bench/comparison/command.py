"""Compares Fairlead with the programs it stands in for, from the same files, in turns, on the same processor.

    bench/compare [--quick] [--seconds 3] [--rounds 5] [--json FILE] [CASE ...]

Each case starts ours and theirs on processor 0 with one event loop each; the load and the upstream run on processor 1. Rounds
alternate, so that a change in the machine's speed meets both. What counts is user and system time of all processes of a side per
request that was answered, and the median of the rounds' ratios, ours to theirs; latencies are those at half of what the slower
side answers, at a fixed rate, counted from when a request was due. Fairlead runs as it is shipped, and is warmed up by requests.

The table has half an hour, with --quick five minutes: what is left of them is shared among the cases that are left, as is planned
for each, and a case has as many rounds as its share allows. Where a length or a number is named, that is what is done.

Programs that are missing are installed where that is possible (root, and a Debian); cases without them are left out.
"""

import argparse
import dataclasses
import pathlib
import signal
import sys
import time
import traceback

from comparison import accounting, bench, cases, loads, machine, pacing, programs, publishing, report
from comparison.figures import Lacking, Unmeasured


def arguments(words):
    parser = argparse.ArgumentParser(
        prog="bench/compare", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("cases", nargs="*", metavar="CASE", help="the whole table where none is named; see --list")
    parser.add_argument("--list", action="store_true", help="names the cases, with the seconds planned for each in short and in full")
    parser.add_argument("--quick", action="store_true", help="the whole table in less than five minutes, less exact")
    parser.add_argument("--smoke", action="store_true", help="a second for each of some cases: shows that the command works")
    parser.add_argument("--seconds", type=float, help="length of a round")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--warmup", type=int, help="requests before the first round")
    parser.add_argument("--json", type=pathlib.Path, help="where to store the results")
    parser.add_argument(
        "--publish",
        type=pathlib.Path,
        nargs="?",
        const=programs.ROOT / "docs",
        metavar="FOLDER",
        help="write the measured part of performance.md there, its results and pictures; docs where no folder is named",
    )
    parser.add_argument("--update", action="store_true", help="with --publish: keep what was published of the other cases")
    parser.add_argument("--no-install", action="store_true", help="leave out what is not installed")
    options = parser.parse_args(words)
    known = {case.name for case in cases.ALL}
    unknown = [name for name in options.cases if name not in known]
    if unknown:
        parser.error(f"unknown case {unknown[0]}; see --list")
    return options


def extent(options):
    chosen = bench.SMOKE if options.smoke else bench.QUICK if options.quick else bench.FULL
    given = {name: getattr(options, name) for name in ("seconds", "rounds", "warmup")}
    chosen = dataclasses.replace(chosen, **{name: value for name, value in given.items() if value is not None})
    # Some 100,000 requests take a quarter of a minute at most on a slow machine.
    if options.warmup:
        chosen = dataclasses.replace(chosen, patience=options.warmup / 100_000 * 15)
    # Who names a length gets it.
    is_named = any(getattr(options, name) is not None for name in ("seconds", "rounds", "warmup"))
    return dataclasses.replace(chosen, limit=None) if is_named else chosen


def selected(options):
    if options.cases:
        return [case for case in cases.ALL if case.name in options.cases]
    return [case for case in cases.ALL if (case.in_smoke if options.smoke else case.in_table)]


def listed():
    for case in cases.ALL:
        takes = "{:>4} s{:>5} s  ".format(*case.takes)
        print(f"{case.name:<18}{takes}{case.row}{'' if case.in_table else ' (only where it is named)'}")
    for chosen in (bench.QUICK, bench.FULL):
        print(f"{chosen.name}: {pacing.Pace([case for case in cases.ALL if case.in_table], chosen, time.monotonic()).told()}")


def measured(case, chosen, seconds):
    """Figures of a case, which may take so many seconds; the share of the machine that others took goes with them."""
    lacking = [name for name in case.needs if not programs.is_here(name)]
    if lacking:
        raise Lacking(f"needs {', '.join(lacking)}")
    if case.peers and not any(map(programs.is_here, case.peers)):
        raise Lacking(f"none of {', '.join(case.peers)} is installed")
    others = accounting.Others()
    with bench.Bench(case.name, chosen, seconds) as setting:
        figures = case.run(setting)
    share = others.share()
    for figure in figures:
        if share > 0.1:
            figure.remark = "; ".join(filter(None, [figure.remark, f"others took {share:.0%} of the machine"]))
    return figures


def main(words=None):
    options = arguments(words)
    if options.list:
        listed()
        return 0
    # Whoever ends the command ends what it started, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    chosen, wanted = extent(options), selected(options)
    begun, begun_at = time.time(), time.monotonic()
    names = dict.fromkeys(name for case in wanted for name in (*case.needs, *case.peers))
    if not (options.no_install or options.smoke):
        programs.install(names)
    machine.raise_descriptors()
    programs.build_fairlead()
    if not options.smoke:
        loads.build_client()
    facts = {
        "date": time.strftime("%Y-%m-%d", time.gmtime(begun)),
        "machine": machine.facts(),
        "versions": programs.versions(names),
        "flags": programs.flags(),
        "extent": dataclasses.asdict(chosen),
        "load_before": machine.warn_if_busy(),
    }
    tell(facts)
    pace = pacing.Pace(wanted, chosen, begun_at) if chosen.limit else None
    if pace:
        print(pace.told(), flush=True)
    figures, failures, has_failed = [], {}, False
    print(report.head())
    for case in wanted:
        try:
            found = measured(case, chosen, pace.share(case) if pace else None)
        except Exception as reason:  # One case that fails must not cost the others.
            if not isinstance(reason, (Unmeasured, TimeoutError)):
                traceback.print_exc()
            failures[case.name] = str(reason)
            has_failed |= not isinstance(reason, Lacking)
            print(f"{case.name:<14}not measured: {reason}", flush=True)
            continue
        figures += found
        for figure in found:
            print("\n".join(report.lines(figure)), flush=True)
    facts["seconds"] = round(time.time() - begun)
    bound = f" of {pacing.told_as(pace.limit)}" if pace else ""
    print(f"{report.summary(figures)}; it took {pacing.told_as(facts['seconds'])}{bound}")
    whole = report.stored(facts, figures, failures)
    if options.json:
        report.store(options.json, whole)
    if options.publish:
        publishing.publish(whole, options.publish, options.update)
    return 1 if has_failed else 0


def tell(facts):
    about = facts["machine"]
    print(
        f"{about['processor']}, {about['processors']} processors, {about['memory_gib']} GiB, kernel {about['kernel']}, "
        f"{about['system']}"
    )
    print(", ".join(f"{name} {version}" for name, version in facts["versions"].items()))
    print(f"Java's flags: {facts['flags']}", flush=True)
