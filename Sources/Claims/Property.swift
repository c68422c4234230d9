public import Distributions

/// Random values of a type, and smaller versions of a value to try when it fails.
public struct Arbitrary<Value: Sendable>: Sendable {
  /// Draws one value; `size` grows from 0 to 1 over a run, so that small cases come first.
  public var draw: @Sendable (_ generator: inout SeededGenerator, _ size: Double) -> Value
  /// Strictly simpler values, the simplest first.
  public var shrink: @Sendable (Value) -> [Value]

  /// A way to draw and a way to shrink.
  public init(
    draw: @escaping @Sendable (inout SeededGenerator, Double) -> Value,
    shrink: @escaping @Sendable (Value) -> [Value]
  ) {
    self.draw = draw
    self.shrink = shrink
  }
}

/// What became of a property.
public enum PropertyOutcome<Value: Sendable>: Sendable {
  /// It held in the given number of cases that met its hypotheses.
  case held(cases: Int)
  /// No case met its hypotheses: nothing was tested.
  case vacuous
  /// It fails for `value`, of which no smaller version that was tried fails.
  case failed(value: Value, shrinks: Int, reason: String)
}

/// Checks a property on random cases and shrinks the first failure.
///
/// - Parameter property: whether the property holds; nil where its hypotheses do not; an error is a failure.
public func check<Value>(
  _ arbitrary: Arbitrary<Value>, cases: Int, seed: UInt64,
  _ property: (Value) throws -> Bool?
) -> PropertyOutcome<Value> {
  func reasonForFailure(_ value: Value) -> (reached: Bool, reason: String?) {
    do {
      guard let holds = try property(value) else { return (false, nil) }
      return (true, holds ? nil : "it is false")
    } catch {
      return (true, "it threw \(error)")
    }
  }
  var generator = SeededGenerator(seed: seed)
  var reached = 0
  for index in 0..<cases {
    var value = arbitrary.draw(&generator, Double(index) / Double(max(1, cases - 1)))
    let outcome = reasonForFailure(value)
    if outcome.reached { reached += 1 }
    guard var reason = outcome.reason else { continue }
    var shrinks = 0
    search: while shrinks < 10_000 {
      for smaller in arbitrary.shrink(value) {
        if let other = reasonForFailure(smaller).reason {
          (value, reason) = (smaller, other)
          shrinks += 1
          continue search
        }
      }
      break
    }
    return .failed(value: value, shrinks: shrinks, reason: reason)
  }
  return reached == 0 ? .vacuous : .held(cases: reached)
}
