"""Closed forms of divergences and of PR-divergences of two laws on the line, in mpmath with 60 digits.

usage: make_divergences.py > divergences.json     (needs mpmath)
Nothing here integrates: each value is a formula in special functions, unlike the code under test.
"""

import json

from mpmath import beta, erfc, exp, gamma, log, mp, mpf, psi, sqrt

mp.dps = 60


def text(x):
    return mp.nstr(x, 25, strip_zeros=False)


def alpha_from(coefficient, a):
    """D_alpha from the integral of p^a q^(1 - a)."""
    return (coefficient - 1) / (a * (a - 1))


def standard(coefficient):
    """All divergences that follow from the integrals of p^a q^(1 - a)."""
    return {
        "chi2_pearson": coefficient(mpf(2)) - 1,
        "chi2_neyman": coefficient(mpf(-1)) - 1,
        "hellinger_full": 2 - 2 * coefficient(mpf(1) / 2),
        "alpha_1.5": alpha_from(coefficient(mpf("1.5")), mpf("1.5")),
        "alpha_0.25": alpha_from(coefficient(mpf("0.25")), mpf("0.25")),
        "alpha_-0.5": alpha_from(coefficient(mpf("-0.5")), mpf("-0.5")),
    }


def with_kl(values, kl, rkl):
    return {**{k: text(v) for k, v in values.items()}, "kl": text(kl), "rkl": text(rkl), "jeffreys": text(kl + rkl)}


def normals(m, s, n, t):
    m, s, n, t = map(mpf, (m, s, n, t))

    def kl(m, s, n, t):
        return log(t / s) + (s * s + (m - n) ** 2) / (2 * t * t) - mpf(1) / 2

    def coefficient(a):
        v = a * t * t + (1 - a) * s * s
        if v <= 0:
            return mp.inf
        return t**a * s ** (1 - a) / sqrt(v) * exp(-a * (1 - a) * (m - n) ** 2 / (2 * v))

    return with_kl(standard(coefficient), kl(m, s, n, t), kl(n, t, m, s))


def exponentials(a, b):
    a, b = mpf(a), mpf(b)

    def coefficient(k):
        rate = k * a + (1 - k) * b
        return a**k * b ** (1 - k) / rate if rate > 0 else mp.inf

    return with_kl(standard(coefficient), log(a / b) + b / a - 1, log(b / a) + a / b - 1)


def betas(a, b, c, d):
    a, b, c, d = map(mpf, (a, b, c, d))

    def kl(a, b, c, d):
        return (log(beta(c, d) / beta(a, b)) + (a - c) * psi(0, a) + (b - d) * psi(0, b)
                + (c - a + d - b) * psi(0, a + b))

    def coefficient(k):
        x, y = k * a + (1 - k) * c, k * b + (1 - k) * d
        if x <= 0 or y <= 0:
            return mp.inf
        return beta(x, y) / (beta(a, b) ** k * beta(c, d) ** (1 - k))

    return with_kl(standard(coefficient), kl(a, b, c, d), kl(c, d, a, b))


def gammas(k, a, l, b):
    k, a, l, b = map(mpf, (k, a, l, b))

    def kl(k, a, l, b):
        return (k - l) * psi(0, k) - log(gamma(k)) + log(gamma(l)) + l * log(a / b) + k * (b - a) / a

    def coefficient(t):
        shape, rate = t * k + (1 - t) * l, t * a + (1 - t) * b
        if shape <= 0 or rate <= 0:
            return mp.inf
        return (a ** (t * k) * b ** ((1 - t) * l) / (gamma(k) ** t * gamma(l) ** (1 - t))
                * gamma(shape) / rate**shape)

    return with_kl(standard(coefficient), kl(k, a, l, b), kl(l, b, k, a))


def upper(z):
    return erfc(z / sqrt(mpf(2))) / 2


def shifted_normals(m, lam):
    """D_lambda of N(0, 1) against N(m, 1), m > 0: q < lambda p below log(lambda) / m + m / 2."""
    m, lam = mpf(m), mpf(lam)
    x = log(lam) / m + m / 2
    if lam <= 1:
        return lam * upper(-x) - upper(-(x - m))
    return upper(x - m) - lam * upper(x)


LAMBDAS = ["1e-40", "1e-12", "1e-4", "0.25", "1", "3", "1e3", "1e10", "1e60"]
law = lambda kind, **parameters: {"type": kind, **parameters}
N = lambda m, s: law("normal", mean=m, sd=s)
B = lambda a, b: law("beta", a=a, b=b)
G = lambda k, r: law("gamma", shape=k, rate=r)
E = lambda r: law("exponential", rate=r)


def pairs():
    for a in [("0", "1", "1", "1"), ("0", "1", "0", "2"), ("0", "2", "0", "1"), ("0", "1.375", "0", "1"),
              ("0", "1", "12", "0.3"), ("-3", "0.5", "20", "4"), ("0", "1", "0", "0.001"), ("1e6", "1", "1000001", "1.25")]:
        yield "normal " + " ".join(a), N(*a[:2]), N(*a[2:]), normals(*a)
    for a in [("1", "1.5"), ("1", "1.984375"), ("1", "2"), ("1", "3"), ("0.5", "100")]:
        yield "exponential " + " ".join(a), E(a[0]), E(a[1]), exponentials(*a)
    for a in [("2", "3", "3", "2"), ("0.5", "0.5", "2", "2"), ("1", "1", "1.75", "1"), ("1", "1", "1", "1.75"),
              ("0.25", "0.75", "0.5", "0.25"), ("30", "2", "5", "5")]:
        yield "beta " + " ".join(a), B(*a[:2]), B(*a[2:]), betas(*a)
    for a in [("0.125", "1", "1", "1"), ("2", "1", "0.5", "3"), ("400", "2", "420", "2")]:
        yield "gamma " + " ".join(a), G(*a[:2]), G(*a[2:]), gammas(*a)


if __name__ == "__main__":
    print(json.dumps({
        "what": " ".join(__doc__.split()),
        "pairs": [{"id": i, "P": p, "Q": q, "divergences": d} for i, p, q, d in pairs()],
        "precision_recall": [
            {"shift": m, "values": {l: text(shifted_normals(m, l)) for l in LAMBDAS}} for m in ("0.5", "1", "4")],
    }, indent=1))
