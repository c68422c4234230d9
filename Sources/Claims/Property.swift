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
  func outcome(_ value: Value) -> CaseOutcome {
    do {
      guard let holds = try property(value) else { return .skipped }
      return holds ? .passed : .isFalse
    } catch {
      return .threw("\(error)")
    }
  }
  var generator = SeededGenerator(seed: seed)
  var reached = 0
  for index in 0..<max(0, cases) {
    var value = arbitrary.draw(&generator, Double(index) / Double(max(1, cases - 1)))
    var failure = outcome(value)
    if failure != .skipped { reached += 1 }
    guard failure.isFailure else { continue }
    var shrinks = 0
    search: while shrinks < 10_000 {
      for smaller in arbitrary.shrink(value) {
        let other = outcome(smaller)
        guard other.isOfTheKind(failure) else { continue }
        (value, failure) = (smaller, other)
        shrinks += 1
        continue search
      }
      break
    }
    let reason = if case .threw(let error) = failure { "it threw \(error)" } else { "it is false" }
    return .failed(value: value, shrinks: shrinks, reason: reason)
  }
  return reached == 0 ? .vacuous : .held(cases: reached)
}

/// What became of one case.
private enum CaseOutcome: Equatable {
  case passed
  case skipped
  case isFalse
  case threw(String)

  var isFailure: Bool { self != .passed && self != .skipped }

  /// A case that throws is no smaller version of one that is false, nor the other way round.
  func isOfTheKind(_ other: CaseOutcome) -> Bool {
    switch (self, other) {
    case (.isFalse, .isFalse), (.threw, .threw): true
    default: false
    }
  }
}
