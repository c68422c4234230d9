/// One way to test a claim, with what the ledger expects of it.
public struct Check: Sendable {
  /// Which form of the statement a check tests.
  public enum Form: Sendable, Hashable, Codable {
    /// The statement as printed.
    case printed
    /// The corrected statement, or the printed one with all hypotheses that it needs.
    case corrected
    /// The corrected statement without one hypothesis: necessary when a counterexample is found, not needed when not.
    case without(hypothesis: String)
    /// A fact that goes with the claim, e.g. a closed form.
    case fact(String)
  }

  /// What a check found.
  public enum Finding: Sendable, Hashable, Codable {
    /// It held in all cases; the detail is one line, e.g. "7 vertices, residual 0".
    case held(cases: Int, detail: String)
    /// It fails: a counterexample, shrunk, such that a reader can check it by hand, in Markdown with `$TeX$`.
    case refuted(counterexample: String, shrinks: Int)
    /// No case met the hypotheses: nothing was tested, which is a failure of the check.
    case vacuous
    /// The check itself threw an error.
    case broke(String)
  }

  /// What a check is run with.
  public struct Conditions: Sendable {
    /// The number of random instances, at least 1.
    public var instances: Int
    /// The seed of the random instances; a check is given one of its own, derived from the run's.
    public var seed: UInt64

    /// The number of random instances and their seed.
    public init(instances: Int = 1000, seed: UInt64 = 2025) {
      self.instances = instances
      self.seed = seed
    }
  }

  /// Which form it tests.
  public var form: Form
  /// How it decides.
  public var evidence: Evidence
  /// Whether the ledger expects it to hold; otherwise a counterexample is expected.
  public var isExpectedToHold: Bool
  /// Runs the check; an error is a finding of its own.
  public var run: @Sendable (Conditions) throws -> Finding

  /// A check of one form of a claim.
  public init(
    _ form: Form, _ evidence: Evidence, holds: Bool,
    run: @escaping @Sendable (Conditions) throws -> Finding
  ) {
    self.form = form
    self.evidence = evidence
    isExpectedToHold = holds
    self.run = run
  }

  /// A check of a property on random cases: the first failure is shrunk.
  ///
  /// - Parameters:
  ///   - counterexample: how the smallest failing case is told, with the numbers of both sides, so that it can be
  ///     checked by hand.
  ///   - property: whether the statement holds for a case; nil where its hypotheses do not; an error is neither,
  ///     and the check counts as broken.
  public init<Value>(
    _ form: Form, _ evidence: Evidence, holds: Bool, on cases: Arbitrary<Value>,
    counterexample: @escaping @Sendable (Value) throws -> String,
    _ property: @escaping @Sendable (Value) throws -> Bool?
  ) {
    self.init(form, evidence, holds: holds) { conditions in
      switch check(cases, cases: conditions.instances, seed: conditions.seed, property) {
      case .held(let reached):
        return .held(
          cases: reached, detail: reached == 1 ? "1 instance" : "\(reached) instances")
      case .vacuous: return .vacuous
      case .failed(let value, let shrinks, let reason):
        // An error refutes nothing: the case is told, and the check counts as broken.
        guard (try? property(value)) != nil else { return .broke("\(reason) for \(value)") }
        return .refuted(counterexample: try counterexample(value), shrinks: shrinks)
      }
    }
  }
}
