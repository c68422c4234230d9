import Distributions

/// A model, an acceptance function of its atoms and the law of what is accepted, from their definitions.
struct Refinement {
  let target: [Rational]
  let model: [Rational]
  let acceptance: [Rational]

  init(_ pair: FinitePair, acceptance: (_ p: Rational, _ q: Rational) -> Rational) throws {
    let (target, model) = try pair.laws
    self.init(
      target: target.weights, model: model.weights,
      acceptance: zip(target.weights, model.weights).map(acceptance))
  }

  init(target: [Rational], model: [Rational], acceptance: [Rational]) {
    self.target = target
    self.model = model
    self.acceptance = acceptance
  }

  /// `sum a q`.
  var rate: Rational { zip(acceptance, model).reduce(0) { $0 + $1.0 * $1.1 } }

  /// `a q / sum a q`, nil when nothing is accepted.
  var law: [Rational]? {
    let rate = rate
    return rate == 0 ? nil : zip(acceptance, model).map { $0 * $1 / rate }
  }

  /// Whether the acceptance is a probability at every atom that the model draws.
  var isValid: Bool { zip(acceptance, model).allSatisfy { $1 == 0 || (0 <= $0 && $0 <= 1) } }
}

extension FinitePair {
  /// The exact weights of both laws.
  var weights: (target: [Rational], model: [Rational]) {
    get throws {
      let (target, model) = try laws
      return (target.weights, model.weights)
    }
  }

  /// Whether some atom has mass under both laws.
  var overlaps: Bool { zip(target, model).contains { $0 > 0 && $1 > 0 } }

  /// Whether the model has mass wherever the target has.
  var targetIsCovered: Bool { zip(target, model).allSatisfy { $0 == 0 || $1 > 0 } }

  /// `M = max p / q` over the atoms that the model draws.
  var maximumRatio: Rational {
    get throws {
      let (target, model) = try weights
      return zip(target, model).reduce(0) { $1.1 > 0 ? max($0, $1.0 / $1.1) : $0 }
    }
  }

  /// The support-based precision and recall `Q(p > 0)` and `P(q > 0)`.
  var supports: (precision: Rational, recall: Rational) {
    get throws {
      let (target, model) = try weights
      return zip(target, model).reduce((0, 0)) { sum, weights in
        (
          sum.0 + (weights.0 > 0 ? weights.1 : 0),
          sum.1 + (weights.1 > 0 ? weights.0 : 0)
        )
      }
    }
  }
}

/// The precision `alpha_lambda = sum min(lambda p, q)`.
func alpha(_ target: [Rational], _ model: [Rational], _ lambda: Rational) -> Rational {
  zip(target, model).reduce(0) { $0 + min(lambda * $1.0, $1.1) }
}
