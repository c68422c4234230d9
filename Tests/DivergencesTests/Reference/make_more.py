"""Reference values of precision-recall curves for hard pairs, with mpmath: python3 make_more.py > more.json

P is the target with density p, Q the model with density q; alpha = int min(lambda p, q) and
beta = alpha / lambda. All parameters are exact decimals.
Crossings of lambda p = q are bracketed on a dense grid at every scale of both laws and bisected; between
them alpha is a sum of masses from the distribution functions. Each alpha at lambda = 1 is computed again by
tanh-sinh quadrature of the minimum; a pair for which both differ by more than 1e-18 is refused.
"""
import json, sys
from mpmath import mp, mpf, inf, log, exp, sqrt, pi, erfc, loggamma, gammainc, betainc, beta, atan

mp.dps = 50
LAMBDAS = ["0", "1e-12", "1e-3", "0.05", "0.5", "1", "2", "20", "1e3", "1e12", "inf"]


class Law:
    """support [(a, b)], logpdf, cdf, sf, points: a grid at the law's scales, kinks: where it is not smooth"""


def around(centre, scale, sides=(-1, 1), reach=6):
    steps = [mpf(2) ** (mpf(k) / 3) for k in range(-45, int(reach * 10))]
    return [centre] + [centre + side * scale * step for side in sides for step in steps]


class Normal(Law):
    def __init__(self, mean, sd):
        self.m, self.s = mpf(mean), mpf(sd)
        self.support, self.kinks = [(-inf, inf)], []
        self.points = around(self.m, self.s, reach=3)

    def logpdf(self, x):
        return -((x - self.m) / self.s) ** 2 / 2 - log(self.s * sqrt(2 * pi))

    def cdf(self, x):
        return erfc(-(x - self.m) / self.s / sqrt(mpf(2))) / 2

    def sf(self, x):
        return erfc((x - self.m) / self.s / sqrt(mpf(2))) / 2


class Laplace(Law):
    def __init__(self, loc, scale):
        self.m, self.s = mpf(loc), mpf(scale)
        self.support, self.kinks = [(-inf, inf)], [self.m]
        self.points = around(self.m, self.s, reach=3)

    def logpdf(self, x):
        return -abs(x - self.m) / self.s - log(2 * self.s)

    def cdf(self, x):
        z = (x - self.m) / self.s
        return exp(z) / 2 if z < 0 else 1 - exp(-z) / 2

    def sf(self, x):
        z = (x - self.m) / self.s
        return exp(-z) / 2 if z > 0 else 1 - exp(z) / 2


class Uniform(Law):
    def __init__(self, a, b):
        self.a, self.b = mpf(a), mpf(b)
        self.support, self.kinks = [(self.a, self.b)], [self.a, self.b]
        self.points = [self.a + (self.b - self.a) * mpf(k) / 16 for k in range(17)]

    def logpdf(self, x):
        return -log(self.b - self.a) if self.a < x < self.b else -inf

    def cdf(self, x):
        return min(mpf(1), max(mpf(0), (x - self.a) / (self.b - self.a)))

    def sf(self, x):
        return 1 - self.cdf(x)


class Gamma(Law):
    def __init__(self, shape, rate):
        self.k, self.r = mpf(shape), mpf(rate)
        self.support, self.kinks = [(mpf(0), inf)], [mpf(0)]
        self.points = around(mpf(0), 1 / self.r, sides=(1,), reach=6)
        self.points += [mpf(10) ** (-k) / self.r for k in range(3, 400, 1 if self.k < 0.1 else 8)]
        if self.k > 1:
            mode = (self.k - 1) / self.r
            self.points += [x for x in around(mode, sqrt(self.k) / self.r, reach=3) if x > 0]

    def logpdf(self, x):
        if x <= 0:
            return -inf
        return self.k * log(self.r) + (self.k - 1) * log(x) - self.r * x - loggamma(self.k)

    def cdf(self, x):
        return gammainc(self.k, 0, self.r * x, regularized=True) if x > 0 else mpf(0)

    def sf(self, x):
        return gammainc(self.k, self.r * x, inf, regularized=True) if x > 0 else mpf(1)


class Exponential(Gamma):
    def __init__(self, rate):
        super().__init__(1, rate)

    def cdf(self, x):
        return 1 - exp(-self.r * x) if x > 0 else mpf(0)

    def sf(self, x):
        return exp(-self.r * x) if x > 0 else mpf(1)


class Beta(Law):
    def __init__(self, a, b):
        self.a, self.b = mpf(a), mpf(b)
        self.support, self.kinks = [(mpf(0), mpf(1))], [mpf(0), mpf(1)]
        small = [mpf(2) ** (-mpf(k) / 2) for k in range(2, 160)]
        self.points = sorted(set(small + [1 - x for x in small] + [mpf(k) / 64 for k in range(65)]))

    def logpdf(self, x):
        if not 0 < x < 1:
            return -inf
        return (self.a - 1) * log(x) + (self.b - 1) * log(1 - x) - log(beta(self.a, self.b))

    def cdf(self, x):
        return mpf(0) if x <= 0 else mpf(1) if x >= 1 else betainc(self.a, self.b, 0, x, regularized=True)

    def sf(self, x):
        return mpf(1) if x <= 0 else mpf(0) if x >= 1 else betainc(self.b, self.a, 0, 1 - x, regularized=True)


class StudentT(Law):
    def __init__(self, df, loc="0", scale="1"):
        self.n, self.m, self.s = mpf(df), mpf(loc), mpf(scale)
        self.support, self.kinks = [(-inf, inf)], []
        self.points = around(self.m, self.s, reach=30)

    def logpdf(self, x):
        z, n = (x - self.m) / self.s, self.n
        return -(n + 1) / 2 * log(1 + z * z / n) - log(self.s * sqrt(n) * beta(mpf(1) / 2, n / 2))

    def sf(self, x):
        z, n = (x - self.m) / self.s, self.n
        if n == 1:
            return atan(1 / z) / pi if z > 0 else 1 - atan(-1 / z) / pi if z < 0 else mpf(1) / 2
        if z == 0:
            return mpf(1) / 2
        tail = betainc(n / 2, mpf(1) / 2, 0, n / (n + z * z), regularized=True) / 2
        return tail if z > 0 else 1 - tail

    def cdf(self, x):
        return self.sf(2 * self.m - x)


class Cauchy(StudentT):
    def __init__(self, loc, scale):
        super().__init__("1", loc, scale)


class LogNormal(Law):
    def __init__(self, mean, sd):
        self.log = Normal(mean, sd)
        self.support, self.kinks = [(mpf(0), inf)], [mpf(0)]
        self.points = [exp(x) for x in self.log.points if abs(x) < 2000]

    def logpdf(self, x):
        return self.log.logpdf(log(x)) - log(x) if x > 0 else -inf

    def cdf(self, x):
        return self.log.cdf(log(x)) if x > 0 else mpf(0)

    def sf(self, x):
        return self.log.sf(log(x)) if x > 0 else mpf(1)


class Mixture(Law):
    def __init__(self, weights, components):
        self.w, self.c = [mpf(w) for w in weights], [make(c) for c in components]
        assert abs(sum(self.w) - 1) < mpf(10) ** -40
        self.support = union([i for c in self.c for i in c.support])
        self.kinks = [x for c in self.c for x in c.kinks]
        self.points = [x for c in self.c for x in c.points]

    def logpdf(self, x):
        logs = [log(w) + c.logpdf(x) for w, c in zip(self.w, self.c)]
        top = max(logs)
        return top if top == -inf else top + log(sum(exp(l - top) for l in logs if l > top - 200))

    def cdf(self, x):
        return sum(w * c.cdf(x) for w, c in zip(self.w, self.c))

    def sf(self, x):
        return sum(w * c.sf(x) for w, c in zip(self.w, self.c))


class Affine(Law):
    def __init__(self, of, scale, shift):
        self.of, self.k, self.t = make(of), mpf(scale), mpf(shift)
        image = lambda x: self.k * x + self.t
        self.support = sorted(tuple(sorted((image(a), image(b)))) for a, b in self.of.support)
        self.kinks, self.points = [image(x) for x in self.of.kinks], [image(x) for x in self.of.points]

    def logpdf(self, x):
        return self.of.logpdf((x - self.t) / self.k) - log(abs(self.k))

    def cdf(self, x):
        y = (x - self.t) / self.k
        return self.of.cdf(y) if self.k > 0 else self.of.sf(y)

    def sf(self, x):
        y = (x - self.t) / self.k
        return self.of.sf(y) if self.k > 0 else self.of.cdf(y)


class Truncated(Law):
    def __init__(self, of, lower, upper):
        self.of, self.a, self.b = make(of), mpf(lower), mpf(upper)
        cut = lambda a, b: (max(a, self.a), min(b, self.b))
        self.support = [i for i in (cut(a, b) for a, b in self.of.support) if i[0] < i[1]]
        inside = lambda points: [x for x in points if self.a < x < self.b]
        ends = [x for x in (self.a, self.b) if abs(x) < inf]
        self.kinks = inside(self.of.kinks) + ends
        width = self.b - self.a if len(ends) == 2 else mpf(1)
        self.points = inside(self.of.points + [p for e in ends for p in around(e, width, reach=3)]) + ends
        self.mass = mass(self.of, self.a, self.b)

    def logpdf(self, x):
        return self.of.logpdf(x) - log(self.mass) if self.a < x < self.b else -inf

    def cdf(self, x):
        return mass(self.of, self.a, min(x, self.b)) / self.mass if x > self.a else mpf(0)

    def sf(self, x):
        return mass(self.of, max(x, self.a), self.b) / self.mass if x < self.b else mpf(0)


TYPES = {
    "normal": (Normal, ["mean", "sd"]), "laplace": (Laplace, ["loc", "scale"]),
    "uniform": (Uniform, ["a", "b"]), "gamma": (Gamma, ["shape", "rate"]),
    "exponential": (Exponential, ["rate"]), "beta": (Beta, ["a", "b"]),
    "student_t": (StudentT, ["df", "loc", "scale"]), "cauchy": (Cauchy, ["loc", "scale"]),
    "log_normal": (LogNormal, ["mean", "sd"]), "mixture": (Mixture, ["weights", "components"]),
    "affine": (Affine, ["of", "scale", "shift"]), "truncated": (Truncated, ["of", "lower", "upper"]),
}


def law(kind, *values):
    return {"type": kind, **dict(zip(TYPES[kind][1], values))}


def make(spec):
    kind, names = TYPES[spec["type"]]
    return kind(*[spec[n] for n in names])


def union(intervals):
    merged = []
    for a, b in sorted(intervals):
        if merged and a <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(b, merged[-1][1]))
        else:
            merged.append((a, b))
    return merged


def mass(l, a, b):
    if a >= b:
        return mpf(0)
    if b == inf:
        return l.sf(a) if a > -inf else mpf(1)
    if a == -inf:
        return l.cdf(b)
    return l.cdf(b) - l.cdf(a) if l.cdf(b) < 0.5 else l.sf(a) - l.sf(b)


def compute(name, P, Q):
    p, q = make(P), make(Q)
    common = [(max(a, c), min(b, d)) for a, b in p.support for c, d in q.support]
    common = sorted((a, b) for a, b in common if a < b)
    ratio = lambda x: q.logpdf(x) - p.logpdf(x)
    pieces = []  # intervals on which r is smooth, each with its grid
    for a, b in common:
        cuts = sorted(set([a, b] + [x for x in p.kinks + q.kinks if a < x < b]))
        for c, d in zip(cuts, cuts[1:]):
            grid = sorted(set(x for x in p.points + q.points if c < x < d))
            fine = grid + [(x + y) / 2 for x, y in zip(grid, grid[1:])]
            if c > -inf and d < inf:
                fine += [c + (d - c) * mpf(k) / 64 for k in range(1, 64)]
            fine = [x for x in set(fine) if c < x < d]
            pieces.append((c, d, sorted((x, ratio(x)) for x in fine)))

    def root(a, b, level):
        below = ratio(a) < level
        for _ in range(170):
            m = (a + b) / 2
            if (ratio(m) < level) == below:
                a = m
            else:
                b = m
        return (a + b) / 2

    # A stationary point of the ratio may hide two crossings between two points of the grid.
    for c, d, grid in pieces:
        extra = []
        for (x, f), (y, g), (z, h) in zip(grid, grid[1:], grid[2:]):
            if (g > f) != (h > g) and abs(g - f) + abs(h - g) > mpf(10) ** -35:
                a, b, sign = x, z, 1 if g > f else -1
                for _ in range(120):
                    u, v = a + (b - a) * mpf("0.382"), a + (b - a) * mpf("0.618")
                    if sign * ratio(u) > sign * ratio(v):
                        b = v
                    else:
                        a = u
                extra.append(((a + b) / 2, ratio((a + b) / 2)))
        grid += extra
        grid.sort()

    def divide(level):
        regions = []
        for c, d, grid in pieces:
            if not grid:
                continue
            start = c
            for (x, f), (y, g) in zip(grid, grid[1:]):
                if (f < level) != (g < level):
                    z = root(x, y, level)
                    regions.append((start, z, f < level))
                    start = z
            regions.append((start, d, grid[-1][1] < level))
        return regions

    def by_masses(lam):
        # The model's density is the smaller one where log(q / p) < log(lambda).
        return sum(mass(q, a, b) if below else lam * mass(p, a, b) for a, b, below in divide(log(lam)))

    def by_quadrature(lam):
        mp.dps = 30
        total = mpf(0)
        for a, b, below in divide(log(lam)):
            l, factor = (q, 1) if below else (p, lam)
            ends = sorted(set([a, b] + sorted(x for x in l.points if a < x < b)[::7]))
            for c, d in zip(ends, ends[1:]):
                if mass(l, c, d) < mpf(10) ** -24:
                    continue
                density = lambda x: exp(l.logpdf(x))
                if c == 0 and d < inf:  # a pole: integrate over log x
                    u = lambda t: exp(l.logpdf(exp(t)) + t)
                    low = log(d)
                    edges = [low - 8 * k for k in range(200, -1, -1)]
                    total += factor * sum(
                        mp.quad(u, [s, t]) for s, t in zip(edges, edges[1:])
                        if mass(l, exp(s), exp(t)) > mpf(10) ** -24)
                else:
                    total += factor * mp.quad(density, [c, d])
        mp.dps = 50
        return total

    alpha, beta_ = {}, {}
    precision = sum((mass(q, a, b) for a, b in common), mpf(0))
    recall = sum((mass(p, a, b) for a, b in common), mpf(0))
    text = lambda x: mp.nstr(x, 25, strip_zeros=False) if x else "0"
    for l in LAMBDAS:
        if l == "0":
            alpha[l], beta_[l] = "0", text(recall)
        elif l == "inf":
            alpha[l], beta_[l] = text(precision), "0"
        else:
            value = by_masses(mpf(l))
            alpha[l], beta_[l] = text(value), text(value / mpf(l))
    difference = abs(by_masses(mpf(1)) - by_quadrature(mpf(1)))
    print(name, alpha["1"], "quadrature differs by", mp.nstr(difference, 3), file=sys.stderr, flush=True)
    assert difference < mpf(10) ** -18, name
    return {"id": name, "P": P, "Q": Q, "support_precision": text(precision),
            "support_recall": text(recall), "alpha": alpha, "beta": beta_}


N = lambda m, s: law("normal", m, s)
U = lambda a, b: law("uniform", a, b)
M = lambda weights, *components: law("mixture", list(weights), list(components))
PAIRS = {
    "far_and_narrow": (N("0", "1"), N("12", "0.3")),
    "rare_far_in_both": (
        M(["0.999999", "0.000001"], N("0", "1"), N("50", "0.1")),
        M(["0.999999", "0.000001"], N("0", "1"), N("-50", "0.1"))),
    "rare_inside": (N("0", "1"), M(["0.999999", "0.000001"], N("0", "1"), N("0.3", "0.0001"))),
    "rare_uniform_inside": (
        N("0", "1"), M(["0.999999", "0.000001"], N("0", "1"), U("0.25", "0.250001"))),
    "t0.5_normal": (law("student_t", "0.5", "0", "1"), N("1", "1")),
    "gamma0.05_exp": (law("gamma", "0.05", "1"), law("exponential", "1")),
    "gamma_large": (law("gamma", "1000", "10"), law("gamma", "900", "9.5")),
    "arcsine_beta22": (law("beta", "0.5", "0.5"), law("beta", "2", "2")),
    "lognormal_wide": (law("log_normal", "0", "10"), law("log_normal", "1", "0.1")),
    "laplace_mixtures": (
        M(["0.5", "0.5"], law("laplace", "-1", "0.1"), law("laplace", "1", "0.1")),
        M(["0.25", "0.25", "0.5"], law("laplace", "-1", "0.2"), law("laplace", "1", "0.05"),
          law("laplace", "0", "3"))),
    "tail_truncated_30": (
        law("truncated", N("0", "1"), "30", "31"), law("affine", law("exponential", "30"), "1", "30")),
    "reflected_gamma": (
        law("affine", law("gamma", "2", "1"), "-1", "3"),
        law("affine", law("exponential", "1"), "0.5", "-1")),
    "nearly_equal": (N("0", "1"), N("0.00000001", "1")),
    "one_jump": (
        M(["0.5", "0.5"], N("0", "1"), U("0", "1")), M(["0.5", "0.5"], N("0", "1"), U("0", "1.000001"))),
    "ten_mixed": (
        M(["0.1"] * 10, N("0", "1"), law("laplace", "2", "0.1"), U("3", "4"), law("exponential", "1"),
          law("gamma", "3", "2"), law("beta", "2", "3"), law("student_t", "2", "-3", "0.5"),
          law("cauchy", "5", "0.1"), law("log_normal", "0", "0.5"), N("-8", "0.01")),
        N("1", "4")),
    "scales_apart": (N("0", "1e-8"), N("0", "1e8")),
    "tiny_in_huge": (M(["0.5", "0.5"], N("0", "1e-8"), N("0", "1e8")), law("student_t", "1.5", "0", "1")),
    "offset": (N("1e8", "1"), law("laplace", "100000001", "1")),
    "holes": (
        M(["0.5", "0.5"], U("0", "1"), U("2", "3")), M(["0.2", "0.8"], U("0.5", "2.5"), U("2.9", "10"))),
}

if __name__ == "__main__":
    names = sys.argv[1:] or list(PAIRS)
    pairs = [compute(name, *PAIRS[name]) for name in names]
    what = " ".join(__doc__.split())
    print(json.dumps({"what": what, "digits": "25 printed", "lambdas": LAMBDAS, "pairs": pairs}, indent=1))
