public import LessonWire

/// What checking a claim found.
public enum ClaimOutcome: Sendable, Hashable {
  /// The claim holds; the text is the evidence, e.g. "7 vertices, residual 0".
  case holds(String)
  /// The claim fails; the text is the counterexample.
  case fails(String)
}

/// Checks a claim and records the verdict: whether `condition` is true.
///
/// An error that `condition` throws is a failed verdict, not the end of the lesson.
///
/// - Parameters:
///   - claim: the label of the theorem block, e.g. "thm-ends".
///   - evidence: how the condition decides.
///   - detail: the evidence in one line.
/// - Returns: whether the claim holds.
@discardableResult
public func verify(
  _ claim: String, evidence: Evidence, detail: String = "", line: Int = #line,
  _ condition: () throws -> Bool
) -> Bool {
  verify(claim, evidence: evidence, line: line) {
    try condition() ? .holds(detail) : .fails(detail)
  }
}

/// Checks a claim and records the verdict with the evidence or the counterexample found.
///
/// An error that `outcome` throws is a failed verdict, not the end of the lesson.
///
/// - Parameters:
///   - claim: the label of the theorem block, e.g. "thm-ends".
///   - evidence: how the outcome was reached.
/// - Returns: whether the claim holds.
@discardableResult
public func verify(
  _ claim: String, evidence: Evidence, line: Int = #line, _ outcome: () throws -> ClaimOutcome
) -> Bool {
  var verdict = Verdict(
    claim: claim, cell: LessonProcess.cell, holds: false, evidence: evidence, detail: "",
    line: line)
  do {
    switch try outcome() {
    case .holds(let detail): (verdict.holds, verdict.detail) = (true, detail)
    case .fails(let detail): verdict.detail = detail
    }
  } catch {
    verdict.detail = "the check threw an error: \(error)"
  }
  guard LessonProcess.hasEngine else {
    FreeStanding.show(verdict)
    return verdict.holds
  }
  LessonProcess.send(.verdict(verdict))
  return verdict.holds
}
