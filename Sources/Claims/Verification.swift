import Dispatch
public import Distributions
import Synchronization

extension Claim {
  /// Runs all checks.
  ///
  /// - Throws: `ParameterError` when `instances` is below 1.
  public func verified(
    _ conditions: Check.Conditions = .init()
  ) throws(ParameterError) -> ClaimReport {
    try conditions.validate()
    return ClaimReport(
      claim: self, conditions: conditions,
      checks: checks.indices.map { report(ofCheck: $0, conditions) })
  }

  /// Runs one check, with a seed of its own: the run's, this claim's name and the check's place.
  fileprivate func report(ofCheck index: Int, _ conditions: Check.Conditions) -> Check.Report {
    let check = checks[index]
    var own = conditions
    var generator = SeededGenerator(seed: conditions.seed, stream: "\(id)/\(index)")
    own.seed = generator.next()
    let clock = ContinuousClock()
    let start = clock.now
    var finding: Check.Finding
    do {
      finding = try check.run(own)
      if case .held(cases: ...0, _) = finding { finding = .vacuous }
    } catch {
      finding = .broke("it threw \(error)")
    }
    return Check.Report(
      form: check.form, evidence: check.evidence, finding: finding,
      isExpectedToHold: check.isExpectedToHold, seconds: (clock.now - start) / .seconds(1))
  }
}

extension Check.Conditions {
  /// - Throws: `ParameterError` when `instances` is below 1.
  fileprivate func validate() throws(ParameterError) {
    guard instances >= 1 else {
      throw ParameterError(
        "Check.Conditions", "instances", value: "\(instances)", rule: "must be at least 1")
    }
  }
}

extension Ledger {
  /// Runs all checks of the given claims on several threads.
  ///
  /// The findings depend on the claims and the conditions only, not on the threads.
  ///
  /// - Parameters:
  ///   - threads: how many checks run at once; by default two.
  ///   - progress: is told each claim's report when its last check has ended, in the order of their ends, never
  ///     two at once; what it throws ends the run after the running checks.
  /// - Returns: the reports in the claims' order.
  /// - Throws: `ParameterError` when `instances` is below 1, and what `progress` throws.
  public static func verify(
    _ claims: [Claim] = claims, conditions: Check.Conditions = .init(), threads: Int = 2,
    progress: @Sendable (ClaimReport) throws -> Void = { _ in }
  ) throws -> [ClaimReport] {
    try conditions.validate()
    let jobs = claims.indices.flatMap { claim in claims[claim].checks.indices.map { (claim, $0) } }
    let state = Mutex(
      Progress(checks: claims.map { Array(repeating: nil, count: $0.checks.count) }))
    @Sendable func report(_ index: Int, _ checks: [Check.Report?]) -> ClaimReport {
      ClaimReport(claim: claims[index], conditions: conditions, checks: checks.compactMap(\.self))
    }
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, jobs.count))) { _ in
      while true {
        let job = state.withLock { state -> Int? in
          guard state.failure == nil, state.next < jobs.count else { return nil }
          state.next += 1
          return state.next - 1
        }
        guard let job else { return }
        let (claim, check) = jobs[job]
        let found = claims[claim].report(ofCheck: check, conditions)
        state.withLock { state in
          state.checks[claim][check] = found
          guard state.failure == nil, !state.checks[claim].contains(nil) else { return }
          do { try progress(report(claim, state.checks[claim])) } catch { state.failure = error }
        }
      }
    }
    return try state.withLock { state in
      if let failure = state.failure { throw failure }
      return claims.indices.map { report($0, state.checks[$0]) }
    }
  }
}

/// How far a run has come.
private struct Progress {
  /// The next check to run.
  var next = 0
  /// The reports that there are, by claim and check.
  var checks: [[Check.Report?]]
  /// What the caller's progress threw.
  var failure: (any Error)?
}
