@_exported public import Claims
public import Testing

/// Expects a property of every case: a failure shows the smallest counterexample found, and a property
/// whose hypotheses no case meets fails too.
public func forAll<Value>(
  _ arbitrary: Arbitrary<Value>, cases: Int = 300, seed: UInt64 = 2025,
  sourceLocation: SourceLocation = #_sourceLocation, _ property: (Value) throws -> Bool?
) {
  switch check(arbitrary, cases: cases, seed: seed, property) {
  case .held: break
  case .vacuous:
    Issue.record("no case out of \(cases) met the hypotheses", sourceLocation: sourceLocation)
  case .failed(let value, let shrinks, let reason):
    Issue.record(
      "fails for \(value) (\(shrinks) shrinks, seed \(seed)): \(reason)",
      sourceLocation: sourceLocation)
  }
}
