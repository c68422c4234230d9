public import Claims
import Dispatch
import Distributions
import Glibc
import LessonWire

/// Checks a claim of the ledger and records its verdict, as a theorem block with `claim="…"` does.
///
/// A statement that fails as printed, as the ledger records it, is no failure of the lesson; a verdict that differs
/// from the record is one, and so is an id that the ledger does not have. The result is memoised.
///
/// - Parameters:
///   - claim: the entry's id, e.g. "thm-2.5-beta".
///   - instances: how many random instances each check draws, at least 1.
///   - seed: what the instances are drawn from.
/// - Returns: whether the verdict is the one on record.
@discardableResult
public func verify(
  ledger claim: String, instances: Int = Claims.Check.Conditions().instances,
  seed: UInt64 = Claims.Check.Conditions().seed, line: Int = #line
) -> Bool {
  guard instances >= 1 else {
    LessonProcess.fail(
      "verify(ledger: \"\(claim)\") is asked for \(instances) instances",
      hint: "a check draws at least 1 instance")
  }
  let conditions = Claims.Check.Conditions(instances: instances, seed: seed)
  let verdict = LedgerVerdict.of(claim, conditions, cell: LessonProcess.cell, line: line)
  if LessonProcess.hasEngine {
    LessonProcess.send(.ledger(verdict))
  } else {
    FreeStanding.show(verdict)
  }
  return verdict.entry?.isAsRecorded ?? false
}

extension LessonProcess {
  /// Checks the claims that the lesson's theorem blocks name, on all cores.
  ///
  /// The engine puts this call behind the cells; a lesson's author never writes it.
  public static func verify(claims: [String]) {
    send(.checksLedger)
    let threads = max(1, min(sysconf(CInt(_SC_NPROCESSORS_ONLN)), claims.count))
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      for index in stride(from: thread, to: claims.count, by: threads) {
        let verdict = LedgerVerdict.of(claims[index], .init(), cell: nil, line: 1)
        if hasEngine { send(.ledger(verdict)) } else { FreeStanding.show(verdict) }
      }
    }
  }
}

extension Claim {
  /// The claim's report, its findings from an earlier, equal check where there was one.
  ///
  /// - Precondition: there is at least one instance.
  func memoised(_ conditions: Claims.Check.Conditions) -> ClaimReport {
    let checks = cached("claim \(id)", inputs: id, conditions.instances, conditions.seed) {
      try! verified(conditions).checks
    }
    return ClaimReport(claim: self, conditions: conditions, checks: checks)
  }
}

extension LedgerVerdict {
  /// Checks a claim, or takes the findings of an earlier, equal check.
  fileprivate static func of(
    _ id: String, _ conditions: Claims.Check.Conditions, cell: String?, line: Int
  ) -> LedgerVerdict {
    guard let claim = Ledger.claim(id) else {
      return LedgerVerdict(
        claim: id, cell: cell, line: line, entry: nil, known: Ledger.claims.map(\.id))
    }
    return LedgerVerdict(
      claim: id, cell: cell, line: line, entry: Entry(claim.memoised(conditions)))
  }
}
