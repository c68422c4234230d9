"""Generators at hard arguments: near 1, near the ends of the doubles, near the end of the conjugate's domain.

Each generator is given here by f alone; f' is its difference quotient, f* its maximum found by bisection,
all in 1100 digits. Run `python3 make_generators.py > generators.json` (needs mpmath, takes some minutes).
"""
import json
import math
from mpmath import exp, inf, log, mp, mpf, nstr, sqrt

mp.dps = 1100


def alpha(a):
    a = mpf(a)
    if a == 0:
        return lambda u: u - 1 - log(u)
    if a == 1:
        return lambda u: u * log(u) - u + 1
    return lambda u: (u**a - a * u - (1 - a)) / (a * (a - 1))


GENERATORS = {
    "kl": (lambda u: u * log(u), inf),
    "rkl": (lambda u: -log(u), 0),
    "js": (lambda u: (u * log(u) - (1 + u) * log((1 + u) / 2)) / 2, log(2) / 2),
    "gan": (lambda u: u * log(u) - (1 + u) * log(1 + u), 0),
    "chi2_pearson": (lambda u: (u - 1) ** 2, inf),
    "chi2_neyman": (lambda u: (1 - u) ** 2 / u, 1),
    "hellinger_full": (lambda u: (sqrt(u) - 1) ** 2, 1),
    "jeffreys": (lambda u: (u - 1) * log(u), inf),
    "le_cam": (lambda u: (u - 1) ** 2 / (2 * (u + 1)), mpf(1) / 2),
}
for order in [-50.0, -3.0, -0.1, -1e-9, 0.0, 1e-9, 0.3, 0.5, 1 - 1e-9, 1.0, 1 + 1e-9, 1.5, 3.0, 50.0]:
    GENERATORS[f"alpha_{order!r}"] = (
        alpha(order), inf if order >= 1 else 1 / (1 - mpf(order)))

RATIOS = [
    1e-300, 1e-100, 1e-16, 1e-5, 0.3, 0.49, 0.51, 0.66, 0.67, 0.9, 0.999, 1 - 1e-8, 1 - 2.0**-53, 1.0,
    1 + 2.0**-52, 1 + 1e-8, 1.001, 1.1, 1.49, 1.51, 1.9, 2.1, 3.0, 10.0, 1e5, 1e16, 1e100, 1e300]


def slope(f, u):
    h = u * mpf(10) ** -60
    return (f(u + h) - f(u - h)) / (2 * h)


def conjugate(f, t):
    """The maximum of t u - f(u) and where it is, None beyond exp(-720)..exp(720)."""
    low, high = mpf(-720), mpf(720)
    if slope(f, exp(low)) >= t or slope(f, exp(high)) <= t:
        return None
    for _ in range(120):
        middle = (low + high) / 2
        if slope(f, exp(middle)) < t:
            low = middle
        else:
            high = middle
    u = exp(low)
    return t * u - f(u), u


def values(end):
    if end == inf:
        return [-1e100, -1e6, -700.0, -40.0, -3.0, -1.1, -0.9, -1e-3, -1e-9, -1e-16, 1e-16, 1e-9, 1e-3, 0.9,
                1.1, 1.9, 2.1, 3.0, 40.0, 700.0]
    end = float(end)
    below = [end - d for d in [1e-12, 1e-6, 1e-3, 0.05, 0.3, 0.6, 1, 2, 10, 700, 1e6, 1e100]]
    near = [-1e-12, -1e-100, -1e-300] if end == 0 else [
        end - 2.0 * math.ulp(end), 1e-9, 1e-16, -1e-16, -1e-9, -1e-3]
    return sorted(set(below + near))


def text(x):
    return nstr(x, 22, strip_zeros=False, min_fixed=0, max_fixed=0)


def fits(x):
    return abs(x) < mpf(2) ** 1024 and (x == 0 or abs(x) > mpf(2) ** -1022)


out = {}
for name, (f, end) in GENERATORS.items():
    rows = {"f": {}, "f_prime": {}, "conjugate": {}, "grad_conjugate": {}}
    for u in RATIOS:
        value, derivative = (f(mpf(u)), slope(f, mpf(u))) if u != 1 else (f(mpf(1)), None)
        if fits(value):
            rows["f"][repr(u)] = text(value)
        if derivative is not None and fits(derivative):
            rows["f_prime"][repr(u)] = text(derivative)
    for t in values(end):
        found = conjugate(f, mpf(t))
        if found is None:
            continue
        if fits(found[0]):
            rows["conjugate"][repr(t)] = text(found[0])
        if fits(found[1]):
            rows["grad_conjugate"][repr(t)] = text(found[1])
    out[name] = rows
print(json.dumps({"what": __doc__.strip(), "generators": out}, indent=1))
