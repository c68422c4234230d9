import Distributions

/// A target of two normal components and a normal, Laplace or uniform model on the line, with quarters and halves
/// for parameters.
struct LinePair: Sendable {
  /// The kinds of models.
  enum Kind: Int, Sendable, CaseIterable {
    case normal, laplace, uniform
  }

  /// The first component's weight in quarters, 1 to 3, and both components' distance from 0 and deviation in halves.
  var quarters: Int
  var distance: Int
  var deviation: Int
  /// The model's kind, its centre in halves and its scale in halves.
  var kind: Kind
  var centre: Int
  var scale: Int

  /// The laws.
  var laws: (target: any ContinuousDistribution, model: any ContinuousDistribution) {
    get throws {
      let (m, s) = (Double(distance) / 2, Double(deviation) / 2)
      let target = try Mixture(
        weights: [Double(quarters) / 4, Double(4 - quarters) / 4],
        components: [try Normal(mean: -m, sd: s), try Normal(mean: m, sd: s)])
      let (c, b) = (Double(centre) / 2, Double(scale) / 2)
      switch kind {
      case .normal: return (target, try Normal(mean: c, sd: b))
      case .laplace: return (target, try Laplace(location: c, scale: b))
      case .uniform: return (target, try Uniform(lower: c - b, upper: c + b))
      }
    }
  }

  /// Both laws as formulas.
  var tex: String {
    let (w, m, s) = (quarters, Double(distance) / 2, (Double(deviation) / 2).tex)
    let (c, b) = (Double(centre) / 2, Double(scale) / 2)
    let model =
      switch kind {
      case .normal: "\\mathcal N(\(c.tex), \(b.tex)^2)"
      case .laplace: "\\text{Laplace}(\(c.tex), \(b.tex))"
      case .uniform: "\\mathcal U(\((c - b).tex), \((c + b).tex))"
      }
    return "$P = \\tfrac{\(w)}4\\,\\mathcal N(\((-m).tex), \(s)^2) + \\tfrac{\(4 - w)}4\\,"
      + "\\mathcal N(\(m.tex), \(s)^2)$, $\\hat P = \(model)$"
  }

  /// Distances up to 5, deviations and scales up to 3.
  static let arbitrary = Arbitrary<LinePair> { generator, size in
    let range = 2 + UInt64(size * 5)
    func count() -> Int { Int(generator.next() % range) }
    return LinePair(
      quarters: 1 + Int(generator.next() % 3), distance: count(), deviation: 1 + count(),
      kind: Kind.allCases[Int(generator.next() % 3)], centre: count(), scale: 1 + count())
  } shrink: { pair in
    let counts = [
      pair.quarters - 1, pair.distance, pair.deviation - 1, pair.kind.rawValue, pair.centre,
      pair.scale - 1,
    ]
    return simplerCounts(counts).compactMap { counts in
      Kind(rawValue: counts[3]).map {
        LinePair(
          quarters: counts[0] + 1, distance: counts[1], deviation: counts[2] + 1, kind: $0,
          centre: counts[4], scale: counts[5] + 1)
      }
    }
  }
}
