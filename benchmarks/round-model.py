#!/usr/bin/env python3
"""Round time against the number of executors, by a model of its parts: training, waiting for the slowest worker, broadcast, exchange, gather, and what is left.

    benchmarks/round-model.py --step S [--updates K] [--spread CV] [--parameters N] [--states 0|1|2]
                              [--gbit B] [--local SECONDS] [--driver SECONDS] [--per-task SECONDS] [--images I] [--samples D]

Prints one line per number of executors: seconds of a round and of its parts, images a second, and the share of the round that is training.
"""
import argparse
import math

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--step", type=float, required=True, help="seconds per update of one executor")
parser.add_argument("--updates", type=int, default=10, help="updates of a round, cluster.sync-every")
parser.add_argument("--spread", type=float, default=0.05, help="standard deviation of an executor's round, as a share of it")
parser.add_argument("--parameters", type=float, default=44e6)
parser.add_argument("--states", type=int, default=1, help="values of optimizer state per parameter")
parser.add_argument("--gbit", type=float, default=10, help="network of a machine, Gbit/s each way")
parser.add_argument("--local", type=float, required=True, help="seconds an executor works on its vectors beside the network: copies, serialisation, averaging")
parser.add_argument("--driver", type=float, required=True, help="seconds of the driver before tasks start and after they end")
parser.add_argument("--per-task", type=float, default=0.005, help="seconds of the driver's scheduler per task; a round has two or more per worker")
parser.add_argument("--images", type=float, default=0.5, help="source images per update")
parser.add_argument("--samples", type=int, default=24966, help="source images of an epoch (GTA5)")
args = parser.parse_args()

gigabytes = args.parameters * 4 * (1 + args.states) / 1e9
wire = gigabytes * 8 / args.gbit
print(f"{gigabytes * 1e3:.0f} MB of parameters and state; {wire:.2f} s of network each time they pass a machine")
print("executors  train  waiting for the slowest  broadcast  exchange  gather  other   round  share of training  images/s  rounds of an epoch")
for workers in (1, 2, 4, 8, 16, 32, 64, 128):
    train = args.updates * args.step
    # The expected largest of W normal variables lies sqrt(2 ln W) deviations above their mean, a little less for few.
    slowest = args.spread * train * math.sqrt(2 * math.log(workers)) if workers > 1 else 0
    # Blocks of a broadcast go from executor to executor; the driver sends about one copy, an executor gets one and passes about one on.
    broadcast = wire * (1 if workers == 1 else 2)
    # Every worker gives and gets all slices but its own.
    exchange = wire * (workers - 1) / workers
    gather = wire
    tasks = 2 * workers + math.ceil(gigabytes * 1e9 / 2**24)
    other = args.local + args.driver + args.per_task * tasks
    seconds = train + slowest + broadcast + exchange + gather + other
    images = workers * args.updates * args.images
    print(
        f"{workers:9d} {train:6.1f} {slowest:24.1f} {broadcast:10.1f} {exchange:9.1f} {gather:7.1f} {other:6.1f} {seconds:7.1f}"
        f" {100 * train / seconds:17.0f}% {images / seconds:9.2f} {args.samples / images:19.1f}"
    )
