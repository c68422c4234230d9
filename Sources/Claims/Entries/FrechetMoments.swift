import Distributions

extension Claim {
  /// 2025 deck, "FID falls short": true, two moments are all that the distance sees.
  static let frechetMoments = Claim(
    id: "fid-moments",
    title: "The Fréchet distance sees two moments only",
    source: "2025 deck, slide FID falls short; 2024 deck, slide Traditional metrics",
    statement: #"""
      The FID compares mean and covariance alone and assumes that the features are Gaussian, "which may not hold true in practice";
      it accounts for both quality and diversity, "but without a clear trade-off".
      """#,
    verdict: .holds,
    remark: #"""
      $P = (\tfrac23,\tfrac13)$ on $\{-1,2\}$ and its mirror image on $\{1,-2\}$ have mean 0 and variance 2: FID 0, although no point has mass
      under both. In general $\text{FID}\le W_2^2$ of the laws themselves (Gelbrich), with equality for Gaussians.
      """#,
    checks: [
      Check(.printed, .exhaustive, holds: true) { _ in disjointWithEqualMoments() },
      Check(.fact("the same FID with precision 1 and with recall 1"), .exact, holds: true) { _ in
        sameDistanceOppositeFaults()
      },
      Check(
        .fact(#"$\text{FID}\le W_2^2$ of the laws themselves"#), .exact,
        holds: true, on: pairs
      ) { pair in
        "\(tex(pair)): FID exceeds $W_2^2 = \(transportCost(pair).tex)$"
      } _: { pair in
        let (first, second) = (Moments(pair.target), Moments(pair.model))
        let shift = first.mean - second.mean
        // FID <= W means shift^2 + v + w - W <= 2 sqrt(v w).
        let excess = shift * shift + first.variance + second.variance - transportCost(pair)
        return excess <= 0 || excess * excess <= 4 * first.variance * second.variance
      },
      Check(
        .fact("the root of FID obeys the triangle inequality"), .exact, holds: true,
        on: LineGaussians.arbitrary.and(LineGaussians.arbitrary)
      ) { (first, second) in
        "\(first.tex), \(second.tex)"
      } _: { (first, second) in
        let (ab, bc, ac) = squaredSides(first, second)
        let excess = ac - ab - bc
        return excess <= 0 || excess * excess <= 4 * ab * bc
      },
      Check(
        .fact("FID itself obeys the triangle inequality"), .exact, holds: false,
        on: LineGaussians.arbitrary.and(LineGaussians.arbitrary)
      ) { (first, second) in
        let (ab, bc, ac) = squaredSides(first, second)
        let third = LineGaussians(
          shift: first.shift + second.shift, target: first.model, model: second.model)
        return "\(first.tex), then $\\mathcal N(\(third.shift), \(third.model * third.model))$: "
          + "$\(ac) > \(ab) + \(bc)$"
      } _: { (first, second) in
        let (ab, bc, ac) = squaredSides(first, second)
        return ac <= ab + bc
      },
    ])

  /// Mean and variance of the law proportional to counts on -k, …, k.
  private struct Moments: Hashable {
    var mean: Rational
    var variance: Rational

    init(_ counts: [Int]) {
      let weights = normalized(counts)
      let points = counts.indices.map { Rational($0 - counts.count / 2) }
      let first = zip(weights, points).reduce(Rational(0)) { $0 + $1.0 * $1.1 }
      mean = first
      variance = zip(weights, points).reduce(-first * first) { $0 + $1.0 * $1.1 * $1.1 }
    }
  }

  /// All laws of at most 8 counts on -2, …, 2, fewest counts first, against those before.
  private static func disjointWithEqualMoments() -> Check.Finding {
    var seen: [Moments: [[Int]]] = [:]
    var laws = 0
    for total in 1...8 {
      for counts in compositions(of: total, parts: 5) {
        laws += 1
        let moments = Moments(counts)
        for other in seen[moments] ?? []
        where zip(other, counts).allSatisfy({ $0 == 0 || $1 == 0 }) {
          return .held(
            cases: laws,
            detail: "P ~ \(other), Q ~ \(counts) on -2...2: mean \(moments.mean), variance "
              + "\(moments.variance) of both, so FID 0, and TV 1")
        }
        seen[moments, default: []].append(counts)
      }
    }
    return .refuted(
      counterexample: "no two of the \(laws) laws of at most 8 counts on -2, …, 2", shrinks: 0)
  }

  private static func compositions(of total: Int, parts: Int) -> [[Int]] {
    if parts == 1 { return [[total]] }
    return (0...total).flatMap { first in
      compositions(of: total - first, parts: parts - 1).map { [first] + $0 }
    }
  }

  /// Against P uniform on ±1: the point 1, and a law that covers P and more, both at FID 2.
  private static func sameDistanceOppositeFaults() -> Check.Finding {
    let target = Moments([0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0])
    let point = Moments([0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0])
    let broad = Moments([0, 0, 1, 0, 4, 0, 6, 0, 4, 0, 1])
    // With standard deviations 0 and 2 the products in the formula are rational.
    func distance(_ law: Moments, deviation: Rational) -> Rational {
      law.mean * law.mean + target.variance + law.variance - 2 * deviation
    }
    let distances = (distance(point, deviation: 0), distance(broad, deviation: 2))
    guard target.mean == 0, target.variance == 1, point.variance == 0, broad.variance == 4,
      distances == (2, 2)
    else { return .refuted(counterexample: "$\(distances)$", shrinks: 0) }
    return .held(
      cases: 2,
      detail: "P uniform on {-1, 1}; the point 1 has precision 1, recall 1/2; "
        + "(1, 4, 6, 4, 1)/16 on {-3, -1, 1, 3, 5} has precision 5/8, recall 1; FID 2 for both")
  }

  /// Two laws on -3, …, 3.
  private static let pairs = Arbitrary<FinitePair> { generator, size in
    func counts() -> [Int] {
      var counts = (0..<7).map { _ in Int(generator.next() % 4) }
      if counts.allSatisfy({ $0 == 0 }) { counts[Int(generator.next() % 7)] = 1 }
      return counts
    }
    return FinitePair(target: counts(), model: counts())
  } shrink: { pair in
    let smaller =
      simplerCounts(pair.target).map { FinitePair(target: $0, model: pair.model) }
      + simplerCounts(pair.model).map { FinitePair(target: pair.target, model: $0) }
    return smaller.filter { $0.target.contains { $0 > 0 } && $0.model.contains { $0 > 0 } }
  }

  private static func tex(_ pair: FinitePair) -> String {
    "on $-3, \\dots, 3$: $P = \(texVector(normalized(pair.target)))$, "
      + "$\\hat P = \(texVector(normalized(pair.model)))$"
  }

  /// The squared 2-Wasserstein distance on the line: mass is moved in order.
  private static func transportCost(_ pair: FinitePair) -> Rational {
    var (from, to) = (normalized(pair.target), normalized(pair.model))
    var cost: Rational = 0
    var (i, j) = (0, 0)
    while i < from.count, j < to.count {
      let mass = min(from[i], to[j])
      cost += mass * Rational((i - j) * (i - j))
      from[i] -= mass
      to[j] -= mass
      if from[i] == 0 { i += 1 } else { j += 1 }
    }
    return cost
  }

  /// Squared distances of three laws: the first pair, and the second pair's steps from its second law.
  private static func squaredSides(
    _ first: LineGaussians, _ second: LineGaussians
  ) -> (Int, Int, Int) {
    let middle = LineGaussians(shift: second.shift, target: first.model, model: second.model)
    let whole = LineGaussians(
      shift: first.shift + second.shift, target: first.target, model: second.model)
    return (first.frechet, middle.frechet, whole.frechet)
  }
}
