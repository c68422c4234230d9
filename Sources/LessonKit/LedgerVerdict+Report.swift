import Claims
import LessonWire

extension LedgerVerdict.Entry {
  /// A report for the page.
  init(_ report: ClaimReport) {
    let claim = report.claim
    self.init(
      title: claim.title, source: claim.source, statement: claim.statement,
      correction: claim.correction, remark: claim.remark, recorded: .init(claim.verdict),
      measured: report.verdict.map { .init($0) }, differences: report.differences,
      difference: report.differences.map(plainText).joined(separator: "; "),
      counterexample: report.counterexample, necessary: report.necessary,
      notNeeded: report.notNeeded,
      failingFoundations: Ledger.failingFoundations(of: claim).map {
        .init(claim: $0.id, title: $0.title)
      },
      findings: report.checks.map { .init($0) }, instances: report.conditions.instances,
      seed: report.conditions.seed)
  }
}

extension LedgerVerdict.Standing {
  init(_ verdict: Claim.Verdict) {
    self =
      switch verdict {
      case .holds: .holds
      case .needsHypotheses: .needsHypotheses
      case .fails: .fails
      case .misprint: .misprint
      case .empirical: .empirical
      }
  }
}

extension LedgerVerdict.Finding {
  init(_ check: Claims.Check.Report) {
    let (form, subject): (Form, String?) =
      switch check.form {
      case .printed: (.printed, nil)
      case .corrected: (.corrected, nil)
      case .without(let hypothesis): (.without, hypothesis)
      case .fact(let fact): (.fact, fact)
      }
    let evidence: LessonWire.Evidence =
      switch check.evidence {
      case .exact: .exact
      case .exhaustive: .exhaustive
      case .quadrature: .quadrature
      case .property: .property
      case .simulation: .simulation
      }
    let detail =
      switch check.finding {
      case .held(_, let detail): detail
      case .refuted(let counterexample, _): counterexample
      case .vacuous: "no case met the hypotheses"
      case .broke(let reason): reason
      }
    self.init(
      form: form, subject: subject, evidence: evidence, holds: check.finding.holds,
      cases: check.finding.cases, detail: detail)
  }
}
