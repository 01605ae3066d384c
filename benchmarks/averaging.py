#!/usr/bin/env python3
"""Scores and times against the number of workers, the length of a round, and the options of averaging (docs/averaging.md), at equal source images.

    benchmarks/averaging.py CONF --updates N [--workers 1,2,4] [--intervals 5,20,100] [--seeds 1,2,3] [--warm-up N] [--steps N,N]
                            [--base METHOD] [--method NAME:key=value[,key=value...]]... --out DIR [--figure FILE.svg] [key=value...]

With W workers each makes N / W updates, and warm-up and steps of the learning rate come W times as early. Every pair of workers and interval
is one `bin/asm compare` in DIR/wW-kK, so the same command again goes on where it was broken off. --method adds variants to all of them.
Prints a Markdown table; --figure (which needs matplotlib) draws scores and the workers' drift against the interval.
Workers are threads of one machine: times compare with each other, not with a cluster's.
"""
import argparse
import collections
import json
import os
import statistics
import subprocess
import sys

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("conf")
parser.add_argument("--updates", type=int, required=True, help="of one worker; of W workers each makes 1/W of them")
parser.add_argument("--workers", default="1,2,4")
parser.add_argument("--intervals", default="5,20,100", help="cluster.sync-every")
parser.add_argument("--seeds", default="1,2,3")
parser.add_argument("--warm-up", type=int, default=0)
parser.add_argument("--steps", default="", help="training.steps, for experiments with a step schedule")
parser.add_argument("--base", default="adversarial", help="the method of compare that is averaged")
parser.add_argument("--method", action="append", default=[], help="a variant of the experiment itself, such as reset:sync.optimizer-state=reset")
parser.add_argument("--driver-memory", default="3g")
parser.add_argument("--out", required=True)
parser.add_argument("--figure", help="an .svg or .png file")
parser.add_argument("settings", nargs="*")
args = parser.parse_intermixed_args()

home = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")


def numbers(text):
    return [int(n) for n in text.split(",") if n]


def drift(run):
    """The mean of the workers' distance from their mean, relative to the round's movement."""
    with open(os.path.join(run, "metrics.jsonl")) as lines:
        # A number that is not finite is null there.
        values = [line["relative"] for line in map(json.loads, lines) if line.get("kind") == "drift" and line["relative"] is not None]
    return statistics.mean(values) if values else None


Row = collections.namedtuple("Row", "method workers interval scores seconds drifts")


def deviation(scores):
    return statistics.stdev(scores) if len(scores) > 1 else 0


rows = []
for workers in numbers(args.workers):
    # One worker is never averaged: its interval is without effect.
    for interval in numbers(args.intervals) if workers > 1 else numbers(args.intervals)[-1:]:
        out = os.path.join(args.out, f"w{workers}-k{interval}")
        command = [os.path.join(home, "bin", "asm"), "--master", f"local[{max(2, workers)}]", "--driver-memory", args.driver_memory, "compare", args.conf]
        command += [f"cluster.workers={workers}", f"cluster.sync-every={interval}", f"training.updates={args.updates // workers}"]
        command += [f"training.warm-up={args.warm_up // workers}"] if args.warm_up else []
        command += ["training.steps=[" + ",".join(str(step // workers) for step in numbers(args.steps)) + "]"] if args.steps else []
        command += args.settings + ["--methods", args.base, "--seeds", args.seeds, "--out", out]
        for variant in args.method:
            command += ["--method", variant]
        print(" ".join(command[1:]), file=sys.stderr)
        if subprocess.run(command, stdout=sys.stderr).returncode != 0:
            sys.exit(f"{out}: compare failed")
        with open(os.path.join(out, "compare.json")) as file:
            compared = json.load(file)
        for method in compared["methods"]:
            scores = [100 * score for score in method["seeds"].values()]
            drifts = [drift(os.path.join(out, method["method"], f"seed-{seed}")) for seed in method["seeds"]]
            rows.append(Row(method["method"], workers, interval, scores, method["trainSeconds"], [d for d in drifts if d is not None]))

print("| method | workers | interval | updates of each | score, mean (deviation), % | by seed | drift | training, s |")
print("|---|--:|--:|--:|--:|---|--:|--:|")
for method, workers, interval, scores, seconds, drifts in rows:
    spread = f" ({deviation(scores):.1f})" if len(scores) > 1 else ""
    print(f"| {method} | {workers} | {interval if workers > 1 else '-'} | {args.updates // workers} | {statistics.mean(scores):.1f}{spread} "
          f"| {', '.join(f'{score:.1f}' for score in scores)} | {f'{statistics.mean(drifts):.2f}' if drifts else '-'} | {seconds:.0f} |")


def figure(path):
    import matplotlib

    matplotlib.use("Agg")
    # Text stays text, and the same values make the same file.
    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "averaging", "font.family": "sans-serif", "font.size": 9})
    import matplotlib.pyplot as plt

    plain = [row for row in rows if row.method == args.base]
    fig, (score, drifts) = plt.subplots(1, 2, figsize=(8, 3.2), layout="constrained")
    for row in plain:
        if row.workers == 1:
            mean, spread = statistics.mean(row.scores), deviation(row.scores)
            score.axhline(mean, color="#666666", label="1 worker")
            score.axhspan(mean - spread, mean + spread, color="#666666", alpha=0.15, linewidth=0)
    for workers, colour, marker in zip(sorted({row.workers for row in plain} - {1}), ("#0072b2", "#d55e00", "#009e73", "#cc79a7"), "os^D"):
        mine = [row for row in plain if row.workers == workers]
        intervals = [row.interval for row in mine]
        style = {"color": colour, "marker": marker, "markersize": 5, "label": f"{workers} workers"}
        score.errorbar(intervals, [statistics.mean(row.scores) for row in mine], [deviation(row.scores) for row in mine], capsize=3, **style)
        drifts.plot(intervals, [statistics.mean(row.drifts) for row in mine], **style)
    for axes, title in ((score, "score, % (bars: deviation over seeds)"), (drifts, "distance from the mean / movement of the mean")):
        axes.set_xscale("log")
        axes.set_xticks(numbers(args.intervals), args.intervals.split(","))
        axes.minorticks_off()
        axes.set_xlabel("updates between two averagings")
        axes.set_title(title, fontsize=9)
        axes.grid(alpha=0.3)
    score.legend(frameon=False)
    fig.savefig(path, metadata={"Date": None} if path.endswith(".svg") else None, facecolor="white")


if args.figure:
    figure(args.figure)
