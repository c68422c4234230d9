import Claims

/// What `lectern verify --json` prints.
struct VerificationSummary: Encodable {
  struct Claim: Encodable {
    let id: String
    let title: String
    let source: String
    let statement: String
    let correction: String?
    let remark: String
    let verdict: String?
    let recorded: String
    let asRecorded: Bool
    let counterexample: String?
    let necessary: [String]
    let notNeeded: [String]
    let restsOn: [String]
    let failingFoundations: [String]
    let differences: [String]
    let seconds: Double
    let checks: [Check]

    init(_ report: ClaimReport) {
      let claim = report.claim
      id = claim.id
      title = claim.title
      source = claim.source
      statement = claim.statement
      correction = claim.correction
      remark = claim.remark
      verdict = report.verdict?.rawValue
      recorded = claim.verdict.rawValue
      asRecorded = report.isAsRecorded
      counterexample = report.counterexample
      necessary = report.necessary
      notNeeded = report.notNeeded
      restsOn = claim.restsOn
      failingFoundations = Ledger.failingFoundations(of: claim).map(\.id)
      differences = report.differences
      seconds = report.seconds
      checks = report.checks.map { Check($0) }
    }
  }

  struct Check: Encodable {
    let form: String
    let of: String?
    let evidence: Evidence
    let expectedToHold: Bool
    let outcome: String
    let cases: Int?
    let detail: String?
    let counterexample: String?
    let seconds: Double

    init(_ report: Claims.Check.Report) {
      (form, of) =
        switch report.form {
        case .printed: ("printed", nil)
        case .corrected: ("corrected", nil)
        case .without(let hypothesis): ("without", hypothesis)
        case .fact(let fact): ("fact", fact)
        }
      evidence = report.evidence
      expectedToHold = report.isExpectedToHold
      seconds = report.seconds
      switch report.finding {
      case .held(_, let text): (outcome, detail) = ("held", text)
      case .refuted: (outcome, detail) = ("refuted", nil)
      case .vacuous: (outcome, detail) = ("vacuous", "no case met the hypotheses")
      case .broke(let reason): (outcome, detail) = ("broke", reason)
      }
      cases = report.finding.cases
      counterexample = report.finding.counterexample
    }
  }

  let instances: Int
  let seed: UInt64
  let seconds: Double
  let exitCode: Int32
  let differing: [String]
  let claims: [Claim]

  init(_ text: VerificationText) {
    instances = text.instances
    seed = text.seed
    seconds = text.seconds
    differing = text.reports.filter { !$0.isAsRecorded }.map(\.claim.id)
    exitCode = differing.isEmpty ? 0 : 1
    claims = text.reports.map { Claim($0) }
  }
}
