/// Why a function does not generate an f-divergence: what is wrong, where, and what to do.
public struct GeneratorFault: Error, Hashable, CustomStringConvertible {
  /// A point of the graph of f.
  public struct Point: Sendable, Hashable, CustomStringConvertible {
    /// The ratio u.
    public var ratio: Double
    /// `f(u)`.
    public var value: Double

    /// For example "f(0.5) = 2.0".
    public var description: String { "f(\(ratio)) = \(value)" }
  }

  /// What is wrong.
  public enum Kind: Sendable, Hashable {
    /// The middle one of three points lies above the line through the others.
    case notConvex(Point, Point, Point)
    /// `f(1)` is not what the generator states as `valueAtOne`, which is 0 unless it says otherwise.
    case valueAtOne(Point, stated: Double)
    /// A value is NaN or minus infinity, or plus infinity between 0 and infinity.
    case notFinite(Point)
    /// `f(0)` is above the limit of f at 0, so that f is not lower semicontinuous.
    case jumpAtZero(Point, limit: Double)
  }

  /// The generator's name.
  public var name: String
  /// What is wrong, with the points that show it.
  public var kind: Kind

  /// A fault of the named generator.
  public init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }

  /// For example "my divergence: f(1.0) = 0.5, but a generator needs f(1) = 0: subtract 0.5 from f".
  public var description: String {
    switch kind {
    case .notConvex(let a, let b, let c):
      let share = (c.ratio - b.ratio) / (c.ratio - a.ratio)
      return "\(name): f is not convex: \(a), \(b), \(c), but convexity needs f(\(b.ratio)) <= "
        + "\(share * a.value + (1 - share) * c.value): check the formula's signs"
    case .valueAtOne(let point, let stated):
      let advice =
        stated == 0
        ? "subtract \(point.value) from f, or state it as valueAtOne"
        : "correct f or the stated valueAtOne"
      return "\(name): \(point), but \(stated) is needed: \(advice)"
    case .notFinite(let point) where point.ratio == 0:
      return "\(name): \(point): return the limit at 0 there (0 for u log u)"
    case .notFinite(let point) where point.value == .infinity:
      return "\(name): \(point): f must be finite on (0, infinity), for ratios near there occur"
    case .notFinite(let point):
      return
        "\(name): \(point): f must be a finite number there; check for 0/0, inf - inf, log of a "
        + "negative number"
    case .jumpAtZero(let point, let limit):
      return "\(name): \(point), but f(u) tends to \(limit) for small u: f must be lower "
        + "semicontinuous, so return the limit at 0"
    }
  }
}

extension GeneratorFunction {
  /// This generator, if a search over `1e-300 <= u <= 1e300` finds nothing wrong with f.
  ///
  /// - Throws: `GeneratorFault` with the point where f is NaN, `-infinity`, or infinite inside of its domain,
  ///   with `f(1)` where it is not `valueAtOne`, with three points that show that f is not convex, or with `f(0)`
  ///   where it is above the limit.
  public func checked() throws(GeneratorFault) -> Self {
    if let fault { throw fault }
    return self
  }

  /// The first fault that a search finds in f, nil for a sound one. It calls f some 10^5 times.
  public var fault: GeneratorFault? {
    GeneratorCheck(f: self).fault.map { GeneratorFault(name: name, kind: $0) }
  }
}

/// This generator, if a search finds nothing wrong with its f; see `GeneratorFunction.checked`.
public func checkedGenerator<F: GeneratorFunction>(_ f: F) throws(GeneratorFault) -> F {
  try f.checked()
}
