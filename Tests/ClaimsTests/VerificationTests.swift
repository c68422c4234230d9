import Claims
import Distributions
import Divergences
import Synchronization
import Testing

/// Entries made for tests: their checks are the point, their texts are not.
enum SampleClaims {
  static func claim(
    _ id: String = "sample", _ verdict: Claim.Verdict = .holds, restsOn: [String] = [],
    checks: [Check]
  ) -> Claim {
    Claim(
      id: id, title: "T", source: "S", statement: "A", verdict: verdict,
      correction: verdict == .holds || verdict == .empirical ? nil : "C", remark: "R",
      restsOn: restsOn, checks: checks)
  }

  /// A check with a finding that is known beforehand.
  static func check(_ form: Check.Form, expected: Bool, found: Check.Finding) -> Check {
    Check(form, .exact, holds: expected) { _ in found }
  }

  static let held = Check.Finding.held(cases: 5, detail: "5 instances")
  static let refuted = Check.Finding.refuted(counterexample: "$1 = 2$", shrinks: 0)

  /// alpha at lambda = 1 against `factor` times one minus the total variation: true for the factor 1.
  static func overlap(factor: Rational) -> Check {
    @Sendable func sides(_ pair: FinitePair) throws -> (Rational, Rational) {
      let (target, model) = try pair.laws
      let curve = try FinitePrecisionRecallCurve(target: target, model: model)
      let variation = zip(target.weights, model.weights).reduce(Rational(0)) { sum, weights in
        sum + max(weights.0 - weights.1, weights.1 - weights.0)
      }
      return (try curve.alpha(1), factor * (1 - variation / 2))
    }
    return Check(.printed, .exact, holds: true, on: FinitePair.arbitrary) { pair in
      let (left, right) = try sides(pair)
      return "\(try pair.tex): $\(left.tex)$ is not $\(right.tex)$"
    } _: { pair in
      let (left, right) = try sides(pair)
      return left == right
    }
  }
}

@Suite struct VerificationTests {
  struct Refusal: Error {}

  @Test func `a wrong factor in a formula is found, the right one holds`() throws {
    let right = try SampleClaims.claim(checks: [SampleClaims.overlap(factor: 1)]).verified()
    #expect(right.isAsRecorded)
    #expect(right.verdict == .holds)
    #expect(right.cases == 1000)
    #expect(right.differences == [])

    let wrong = try SampleClaims.claim(checks: [SampleClaims.overlap(factor: 2)]).verified()
    #expect(!wrong.isAsRecorded)
    #expect(wrong.verdict == .fails)
    #expect(wrong.counterexample == "$P = (1)$, $\\hat P = (1)$: $1$ is not $2$")
    #expect(wrong.differences.count == 2)
    #expect(wrong.differences[0].contains("was expected to hold and fails: $P = (1)$"))
    #expect(wrong.differences[1].contains("the verdict is \"fails\", recorded is \"holds\""))
  }

  @Test(arguments: [true, false])
  func `a property that no case reaches is no evidence, whatever was expected`(holds: Bool) throws {
    let check = Check(
      .printed, .property, holds: holds, on: FinitePair.arbitrary, counterexample: { _ in "" }
    ) { _ in nil }
    let report = try SampleClaims.claim("sample", holds ? .holds : .fails, checks: [check])
      .verified()
    #expect(report.checks.map(\.finding) == [.vacuous])
    #expect(report.verdict == nil)
    #expect(!report.isAsRecorded)
    #expect(report.differences.first?.contains("nothing was tested") == true)
  }

  @Test func `a check that claims to hold in no case tested nothing`() throws {
    let check = SampleClaims.check(.printed, expected: true, found: .held(cases: 0, detail: ""))
    #expect(try SampleClaims.claim(checks: [check]).verified().checks.map(\.finding) == [.vacuous])
  }

  @Test(arguments: [true, false])
  func `an error refutes nothing and names itself`(holds: Bool) throws {
    let property = Check(
      .printed, .property, holds: holds, on: FinitePair.arbitrary, counterexample: { _ in "" }
    ) { pair in
      if pair.target.count > 1 { throw Refusal() }
      return true
    }
    let direct = Check(.printed, .exact, holds: holds) { _ in throw Refusal() }
    for check in [property, direct] {
      let report = try SampleClaims.claim("sample", holds ? .holds : .fails, checks: [check])
        .verified()
      guard case .broke(let reason) = report.checks[0].finding else {
        Issue.record("\(report.checks[0].finding)")
        continue
      }
      #expect(reason.contains("Refusal"))
      #expect(report.verdict == nil)
      #expect(!report.isAsRecorded)
      #expect(report.differences[0].contains("Refusal"))
    }
  }

  @Test(arguments: [0, -1])
  func `no instances are refused`(instances: Int) {
    let conditions = Check.Conditions(instances: instances)
    #expect(throws: ParameterError.self) { try SampleClaims.claim(checks: []).verified(conditions) }
    #expect(throws: ParameterError.self) { try Ledger.verify(conditions: conditions) }
  }

  // MARK: - Verdicts

  @Test(arguments: Claim.Verdict.allCases)
  func `the verdict follows from what is found`(recorded: Claim.Verdict) throws {
    typealias S = SampleClaims
    func verdict(_ findings: [(Check.Form, Check.Finding)]) throws -> Claim.Verdict? {
      let checks = findings.map { S.check($0.0, expected: $0.1 == S.held, found: $0.1) }
      return try S.claim("sample", recorded, checks: checks).verified().verdict
    }
    let isReading = recorded == .needsHypotheses || recorded == .misprint
    func expected(_ verdict: Claim.Verdict?) -> Claim.Verdict? {
      recorded == .empirical ? .empirical : verdict
    }
    #expect(try verdict([(.printed, S.held)]) == expected(.holds))
    #expect(try verdict([(.printed, S.refuted)]) == expected(.fails))
    #expect(
      try verdict([(.printed, S.refuted), (.corrected, S.held)])
        == expected(isReading ? recorded : .fails))
    #expect(try verdict([(.printed, S.refuted), (.corrected, S.refuted)]) == expected(.fails))
    #expect(try verdict([(.printed, S.held), (.printed, S.refuted)]) == expected(.fails))
    #expect(try verdict([(.printed, S.held), (.corrected, .vacuous)]) == nil)
    #expect(try verdict([(.printed, S.held), (.fact("f"), .broke("b"))]) == nil)
    #expect(try verdict([]) == nil)
    #expect(
      try verdict([(.corrected, S.held), (.without(hypothesis: "h"), S.refuted)])
        == expected(isReading ? recorded : nil))
  }

  @Test func `hypotheses are told apart by whether dropping them refutes the statement`() throws {
    let report = try SampleClaims.claim(
      "sample", .needsHypotheses,
      checks: [
        SampleClaims.check(.printed, expected: false, found: SampleClaims.refuted),
        SampleClaims.check(.corrected, expected: true, found: SampleClaims.held),
        SampleClaims.check(
          .without(hypothesis: "a"), expected: false, found: SampleClaims.refuted),
        SampleClaims.check(.without(hypothesis: "b"), expected: true, found: SampleClaims.held),
      ]
    ).verified()
    #expect(report.necessary == ["a"])
    #expect(report.notNeeded == ["b"])
    #expect(report.counterexample == "$1 = 2$")
    #expect(report.isAsRecorded)
  }

  @Test func `a hypothesis that turns out not to be needed differs from the record`() throws {
    let report = try SampleClaims.claim(
      "sample", .holds,
      checks: [
        SampleClaims.check(.printed, expected: true, found: SampleClaims.held),
        SampleClaims.check(.without(hypothesis: "a"), expected: false, found: SampleClaims.held),
      ]
    ).verified()
    #expect(report.verdict == .holds)
    #expect(!report.isAsRecorded)
    #expect(report.differences.count == 1)
  }

  // MARK: - Runs

  /// Claims whose checks tell the seed that they were given.
  private static let seedTellers = ["a", "b", "c"].map { id in
    SampleClaims.claim(
      id,
      checks: (0..<4).map { _ in
        Check(.printed, .property, holds: true) { .held(cases: 1, detail: "\($0.seed)") }
      })
  }

  private func seeds(_ seed: UInt64, threads: Int) throws -> [String] {
    try Ledger.verify(Self.seedTellers, conditions: .init(seed: seed), threads: threads)
      .flatMap(\.checks).map { if case .held(_, let seed) = $0.finding { seed } else { "" } }
  }

  @Test func `each check has a seed of its own, the same on any number of threads`() throws {
    let alone = try seeds(7, threads: 1)
    #expect(Set(alone).count == 12)
    #expect(try seeds(7, threads: 3) == alone)
    #expect(try seeds(7, threads: 64) == alone)
    #expect(Set(try seeds(8, threads: 2)).isDisjoint(with: alone))
    let one = try Self.seedTellers[1].verified(.init(seed: 7))
    let found = one.checks.map { if case .held(_, let seed) = $0.finding { seed } else { "" } }
    #expect(found == Array(alone[4..<8]))
  }

  @Test func `the ledger's findings do not depend on threads`() throws {
    let conditions = Check.Conditions(instances: 40, seed: 3)
    let alone = try Ledger.verify(conditions: conditions, threads: 1)
    let together = try Ledger.verify(conditions: conditions, threads: 4)
    #expect(alone.map(\.claim.id) == Ledger.claims.map(\.id))
    #expect(together.map(\.claim.id) == Ledger.claims.map(\.id))
    for (a, b) in zip(alone, together) {
      #expect(a.checks.map(\.finding) == b.checks.map(\.finding), "\(a.claim.id)")
    }
  }

  @Test func `progress is told each claim once, and can end the run`() throws {
    let told = Mutex<[String]>([])
    _ = try Ledger.verify(Self.seedTellers, threads: 3) { report in
      told.withLock { $0.append(report.claim.id) }
    }
    #expect(told.withLock(\.self).sorted() == ["a", "b", "c"])
    #expect(throws: Refusal.self) {
      try Ledger.verify(Self.seedTellers, threads: 2) { _ in throw Refusal() }
    }
  }

  @Test func `a ledger of no claims has no reports`() throws {
    #expect(try Ledger.verify([]).isEmpty)
  }
}
