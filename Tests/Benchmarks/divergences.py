"""Times f-divergences of 10^6 atoms against NumPy's vectorised expressions and checks that both find the same values.

usage: divergences.py path/to/curve-benchmarks     (needs numpy)
"""

import numpy

from timing import compare, weights

COUNT = 1_000_000


def kl(p, q):
    mask = p > 0
    return (p[mask] * numpy.log(p[mask] / q[mask])).sum()


def total_variation(p, q):
    return numpy.abs(p - q).sum() / 2


def chi_squared(p, q):
    return ((p - q) ** 2 / q).sum()


def jensen_shannon(p, q):
    middle = (p + q) / 2
    return (kl(p, middle) + kl(q, middle)) / 2


def main():
    p, q = weights(1, COUNT), weights(2, COUNT)
    for name, peer in [("kl", kl), ("tv", total_variation), ("chi2", chi_squared), ("js", jensen_shannon)]:

        def check(values, expected):
            assert abs(values[0] - expected) <= 1e-12 * abs(expected), (name, values, expected)

        compare(f"{name} of 10^6 atoms / NumPy, one core", f"divergence-{name}", lambda: peer(p, q), check,
                ">= 0.67 x", repeats=9)


main()
