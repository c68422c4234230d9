import Distributions
import Divergences

extension Arbitrary<ExtendedRational> {
  /// Every lambda in `[0, infinity]`: one in eight is 0, one in eight infinity. They shrink towards 1, 2, 1/2, …,
  /// and the two ends do not shrink: where an end fails alone, it is the counterexample.
  static let slope = Arbitrary { generator, size in
    switch generator.next() % 8 {
    case 0: return .finite(0)
    case 1: return .infinity
    default: return .finite(Arbitrary<Rational>.positive.draw(&generator, size))
    }
  } shrink: { lambda in
    switch lambda {
    case .infinity: [.finite(1), .finite(2), .finite(Rational(1) / 2)]
    case .finite(0): [.finite(1), .finite(2), .finite(Rational(1) / 2)]
    case .finite(let value): Arbitrary<Rational>.positive.shrink(value).map { .finite($0) }
    }
  }
}

extension ExtendedRational {
  /// The fraction for a formula, or `\infty`.
  var tex: String {
    switch self {
    case .finite(let value): value.tex
    case .infinity: "\\infty"
    }
  }

  /// `1 / lambda`, with `1 / 0` infinity.
  var inverse: ExtendedRational {
    switch self {
    case .infinity: .finite(0)
    case .finite(let value): value == 0 ? .infinity : .finite(1 / value)
    }
  }

  /// `min(1, lambda)`.
  var atMostOne: Rational {
    switch self {
    case .infinity: 1
    case .finite(let value): min(1, value)
    }
  }
}
