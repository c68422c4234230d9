/// What the checks of one claim found, and the verdict that follows from it.
public struct ClaimReport: Sendable {
  /// The entry of the ledger.
  public var claim: Claim
  /// What was run.
  public var conditions: Check.Conditions
  /// One report for each check, in the entry's order.
  public var checks: [Check.Report]

  /// The findings of an entry's checks.
  public init(claim: Claim, conditions: Check.Conditions, checks: [Check.Report]) {
    self.claim = claim
    self.conditions = conditions
    self.checks = checks
  }

  /// The verdict that the findings give; nil when a check tested nothing or broke, or when no check decides.
  ///
  /// A refuted printed statement fails. Whether it was meant to be read with more hypotheses, or is a slip of
  /// notation, is no matter of numbers: the record's word for that is kept where the corrected form holds.
  public var verdict: Claim.Verdict? {
    guard !checks.isEmpty, checks.allSatisfy({ $0.finding.holds != nil }) else { return nil }
    if claim.verdict == .empirical { return .empirical }
    let printed = findings(of: .printed)
    let isMended = !findings(of: .corrected).isEmpty && findings(of: .corrected).allSatisfy(\.self)
    if printed.contains(false) {
      let isReading = claim.verdict == .needsHypotheses || claim.verdict == .misprint
      return isReading && isMended ? claim.verdict : .fails
    }
    if !printed.isEmpty { return .holds }
    // Without a formula to print, the hypotheses that are not printed are what can be dropped.
    switch claim.verdict {
    case .needsHypotheses: return isMended && !necessary.isEmpty ? .needsHypotheses : nil
    case .misprint: return isMended ? .misprint : nil
    default: return checks.allSatisfy { $0.finding.holds == true } ? .holds : nil
    }
  }

  /// Whether the verdict and every check agree with the record.
  public var isAsRecorded: Bool {
    verdict == claim.verdict && checks.allSatisfy(\.isAsExpected)
  }

  /// The counterexample to the printed statement: Markdown with `$TeX$`.
  public var counterexample: String? {
    checks.first { $0.form == .printed && $0.finding.holds == false }?.finding.counterexample
  }

  /// Hypotheses without which the statement was refuted.
  public var necessary: [String] { hypotheses(thatHold: false) }

  /// Hypotheses without which no counterexample was found.
  public var notNeeded: [String] { hypotheses(thatHold: true) }

  /// Seconds of all checks.
  public var seconds: Double { checks.reduce(0) { $0 + $1.seconds } }

  /// The cases that were tested, of all checks together.
  public var cases: Int { checks.reduce(0) { $0 + ($1.finding.cases ?? 0) } }

  /// The kinds of evidence used, the strongest first.
  public var evidence: [Evidence] {
    Evidence.allCases.filter { kind in checks.contains { $0.evidence == kind } }
  }

  /// How the findings differ from the record, one sentence each; counterexamples are Markdown with `$TeX$`.
  public var differences: [String] {
    var differences = checks.filter { !$0.isAsExpected }.map { check in
      switch check.finding {
      case .held(_, let detail): "\(check.form) was expected to fail and held (\(detail))"
      case .refuted(let counterexample, _):
        "\(check.form) was expected to hold and fails: \(counterexample)"
      case .vacuous: "no case met the hypotheses of \(check.form): nothing was tested"
      case .broke(let reason): "the check of \(check.form) broke: \(reason)"
      }
    }
    if verdict != claim.verdict {
      let measured = verdict.map { "\"\($0.rawValue)\"" } ?? "undecided"
      differences.append("the verdict is \(measured), recorded is \"\(claim.verdict.rawValue)\"")
    }
    return differences
  }

  private func findings(of form: Check.Form) -> [Bool] {
    checks.filter { $0.form == form }.compactMap(\.finding.holds)
  }

  private func hypotheses(thatHold holds: Bool) -> [String] {
    checks.compactMap { check in
      guard case .without(let hypothesis) = check.form, check.finding.holds == holds else {
        return nil
      }
      return hypothesis
    }
  }
}
