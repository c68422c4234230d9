public import Distributions

/// A rational number or `+infinity`: the range of lambda on an exact curve, both ends included.
public enum ExtendedRational: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// A rational number.
  case finite(Rational)
  /// Greater than every rational.
  case infinity

  /// The fraction, or `inf`.
  public var description: String {
    switch self {
    case .finite(let value): value.description
    case .infinity: "inf"
    }
  }
}

extension Double {
  /// The nearest double, `.infinity` for infinity.
  public init(_ value: ExtendedRational) {
    switch value {
    case .finite(let value): self.init(value)
    case .infinity: self = .infinity
    }
  }
}
