"""Times Lectern's benchmark executable, sys.argv[1], against Python peers, each pair in turn."""

import statistics
import subprocess
import sys
import time

import numpy

ROUNDS = 5


def ours(name):
    lines = subprocess.run([sys.argv[1], name], check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    return statistics.median(map(float, lines[0].split())), [float(value) for value in lines[1].split()]


def timed(body):
    start = time.perf_counter()
    value = body()
    return 1e3 * (time.perf_counter() - start), value


def repeated(body, repeats):
    """The median time of some calls: the first of a short one touches new memory."""
    calls = [timed(body) for _ in range(repeats)]
    return statistics.median(time for time, _ in calls), calls[0][1]


def compare(title, name, peer, check, goal, repeats=1):
    """Medians over rounds in turn, so that a busy machine slows both alike."""
    rounds = [(ours(name), repeated(peer, repeats)) for _ in range(ROUNDS)]
    check(rounds[0][0][1], rounds[0][1][1])
    fast = statistics.median(own[0] for own, _ in rounds)
    slow = statistics.median(other[0] for _, other in rounds)
    print(f"{title:<44} {fast:9.2f} ms {slow:9.1f} ms {slow / fast:7.2f} x   (goal {goal})", flush=True)


def weights(seed, count=100_000):
    """Uniform numbers by SplitMix64, as in CurveBenchmarks.swift, normalised."""
    with numpy.errstate(over="ignore"):
        z = numpy.uint64(seed) + numpy.arange(1, count + 1, dtype=numpy.uint64) * numpy.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
        z = z ^ (z >> numpy.uint64(31))
    values = (z >> numpy.uint64(11)) * 2.0**-53
    return values / values.sum()
