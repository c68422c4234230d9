"""Times Lectern's precision-recall curves against their peers and checks that both find the same values.

usage: curves.py path/to/curve-benchmarks     (needs numpy and scipy)
"""

import math
import warnings

import numpy
from scipy.integrate import IntegrationWarning, quad

from timing import compare, weights


def prd(reference, evaluated, slopes):
    """The published algorithm of Sajjadi et al. (2018): for each slope the sum of a minimum over all atoms.

    Slope by slope and in place: several times faster here than the published broadcast over a matrix of
    slopes by atoms, which needs two gigabytes.
    """
    room = numpy.empty_like(reference)
    precision = numpy.empty_like(slopes)
    for index, slope in enumerate(slopes):
        numpy.multiply(reference, slope, out=room)
        numpy.minimum(room, evaluated, out=room)
        precision[index] = room.sum()
    return precision, precision / slopes


def prd_published(reference, evaluated, slopes):
    """As published: one matrix of slopes by atoms."""
    precision = numpy.minimum(reference[None, :] * slopes[:, None], evaluated[None, :]).sum(axis=1)
    return precision, precision / slopes


def finite():
    reference, evaluated = weights(1), weights(2)
    slopes = numpy.tan(numpy.linspace(1e-6, math.pi / 2 - 1e-6, 1001))

    def check(values, _):
        expected = prd(reference, evaluated, numpy.array([0.01, 0.5, 1, 2, 100]))[0]
        assert numpy.allclose(values, expected, rtol=1e-11, atol=0), (values, expected)

    compare("all vertices, 10^5 atoms / PRD 1001 slopes", "finite",
            lambda: prd_published(reference, evaluated, slopes), check, ">= 50 x")
    compare("  the same / PRD rewritten slope by slope", "finite",
            lambda: prd(reference, evaluated, slopes), check, "none")


def mixture():
    root = math.sqrt(2 * math.pi)

    def target(x):
        a, b = (x + 2) / 0.7, (x - 2) / 0.7
        return (0.5 * math.exp(-0.5 * a * a) + 0.5 * math.exp(-0.5 * b * b)) / (0.7 * root)

    def model(x):
        a = (x + 1.8) / 0.9
        return math.exp(-0.5 * a * a) / (0.9 * root)

    def alphas():
        """Break points where the densities change and limits without mass beyond: enough for 1e-10 at every lambda."""
        values = []
        for step in range(101):
            slope = 2.0 ** ((step - 50) / 5)
            integral, _ = quad(lambda x: min(slope * target(x), model(x)), -12, 12,
                               points=(-4, -2, 0, 2, 4), epsabs=1e-10, epsrel=1e-10, limit=200)
            values.append(integral)
        return values

    def check(values, expected):
        worst = max(abs(a - b) for a, b in zip(values, expected))
        assert worst <= 5e-10, worst

    # At a few lambdas the kinks keep quad from its tolerance of 1e-10: it warns, and is off by a little more.
    warnings.simplefilter("ignore", IntegrationWarning)

    compare("alpha at 101 lambdas, 1e-10 / SciPy quad", "mixture", alphas, check, ">= 20 x")


finite()
mixture()
