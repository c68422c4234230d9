"""Times Lectern's budgeted rejection sampling against its peer and checks that both find the same constant.

usage: rejection.py path/to/rejection-benchmarks     (needs numpy)
"""

import statistics
import subprocess
import sys
import time

import numpy

ROUNDS = 3
BUDGET = 3


def ours(name):
    lines = subprocess.run([sys.argv[1], name], check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    return statistics.median(map(float, lines[0].split())), [float(value) for value in lines[1].split()]


def weights(seed):
    """Uniform numbers by SplitMix64, as in RejectionBenchmarks.swift, normalised."""
    with numpy.errstate(over="ignore"):
        z = numpy.uint64(seed) + numpy.arange(1, 1_000_001, dtype=numpy.uint64) * numpy.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
        z = z ^ (z >> numpy.uint64(31))
    values = (z >> numpy.uint64(11)) * 2.0**-53
    return values / values.sum()


def bisection(target, model):
    """The usual search for c, to a relative width of 1e-12, then acceptance and refined law: in place."""
    ratio = target / model
    greatest = ratio.max()
    scaled = ratio / greatest
    room = numpy.empty_like(scaled)
    low, high = 1.0, greatest / scaled.min()
    while high - low > 1e-12 * low:
        middle = (low + high) / 2
        numpy.multiply(scaled, middle, out=room)
        numpy.minimum(room, 1, out=room)
        if numpy.dot(room, model) < 1 / BUDGET:
            low = middle
        else:
            high = middle
    acceptance = numpy.minimum(scaled * low, 1)
    refined = acceptance * model
    return low, acceptance, refined / refined.sum()


def main():
    target, model = weights(1), weights(2)
    rows = []
    for _ in range(ROUNDS):
        own, values = ours("million")
        start = time.perf_counter()
        constant = bisection(target, model)[0]
        peer = 1e3 * (time.perf_counter() - start)
        sort, _ = ours("sort")
        exact, _ = ours("exact")
        assert abs(values[1] - constant) <= 1e-9 * constant, (values, constant)
        rows.append((own, peer, sort, exact))
    own, peer, sort, exact = (statistics.median(column) for column in zip(*rows))
    title = "OBRS, 10^6 atoms"
    print(f"{title + ' / bisection in NumPy, 1e-12':<44} {own:9.2f} ms {peer:9.1f} ms {peer / own:7.1f} x   (goal >= 5 x)")
    print(f"{title + ' / sorting the ratios':<44} {own:9.2f} ms {sort:9.1f} ms {own / sort:7.2f} of it (goal <= 2)")
    print(f"{'OBRS, exact, 1,000 atoms':<44} {exact:9.2f} ms {'':>23} (goal < 500 ms)", flush=True)


main()
