import ArgumentParser
import Claims
import Distributions
import Glibc
import Literate

struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check the ledger's claims, and show the counterexamples of those that fail.",
    discussion: """
      Each claim is checked as it is printed, as corrected, and without each of its hypotheses, on random instances \
      that the seed determines. Exits with 1 when a verdict differs from the one on record, with the difference.

      --json prints one object: instances, seed, seconds, exitCode, differing (ids), and claims: for each its id, \
      title, source, statement, correction, remark, verdict (absent when undecided), recorded, asRecorded, \
      counterexample, necessary, notNeeded, restsOn, failingFoundations, differences, seconds, and checks with form \
      (printed, corrected, without, fact), of, evidence, expectedToHold, outcome (held, refuted, vacuous, broke), \
      cases, detail, counterexample, seconds. Texts are Markdown with $TeX$.
      """)

  @Argument(
    help: ArgumentHelp(
      "Claims, e.g. thm-2.5-beta, or how their ids begin, e.g. thm-2; all when none is given.",
      valueName: "id"))
  var ids: [String] = []

  // A negative number is a value, not an option.
  @Option(parsing: .unconditional, help: "How many random instances a check draws, at least 1.")
  var instances = Claims.Check.Conditions().instances

  @Option(parsing: .unconditional, help: "The seed of the random instances, 0 or more.")
  var seed = Claims.Check.Conditions().seed

  @Flag(help: "Print a report as JSON on standard output.")
  var json = false

  @Flag(help: "Print only what differs from the record.")
  var quiet = false

  func validate() throws {
    guard instances >= 1 else {
      throw ValidationError("--instances is \(instances): a check draws at least 1 instance")
    }
  }

  func run() throws {
    let claims = try LedgerSelection.claims(named: ids)
    // Nothing is written that a signal could leave behind, and a check of many instances does not look.
    for signal in [SIGINT, SIGTERM, SIGHUP] { Glibc.signal(signal, SIG_DFL) }
    let line = VerificationProgress(
      of: claims.count, isSilent: quiet || json || !Terminal.isInteractive)
    let clock = ContinuousClock()
    let start = clock.now
    let reports = try Ledger.verify(
      claims, conditions: Claims.Check.Conditions(instances: instances, seed: seed),
      threads: Int(sysconf(CInt(_SC_NPROCESSORS_ONLN))),
      progress: { line.ended($0) })
    line.finish()
    let text = VerificationText(
      reports: reports, instances: instances, seed: seed, seconds: (clock.now - start) / .seconds(1)
    )
    if json {
      try printJSON(VerificationSummary(text))
    } else if quiet {
      for report in reports where !report.isAsRecorded { print(text.difference(report)) }
    } else {
      print(text.table)
    }
    if reports.contains(where: { !$0.isAsRecorded }) {
      throw ExitCode(Diagnostic.Kind.claim.exitCode)
    }
  }
}

/// The claims that the arguments mean.
enum LedgerSelection {
  /// In the ledger's order, each once.
  static func claims(named names: [String], in ledger: [Claim] = Ledger.claims) throws -> [Claim] {
    if names.isEmpty { return ledger }
    var chosen: Set<String> = []
    for name in names {
      let found = ledger.map(\.id).filter { $0 == name || begins($0, with: name) }
      if found.isEmpty {
        let near = Spelling.nearest(to: name, in: ledger.map(\.id))
        throw Diagnostic(
          .error, .usage, "the ledger has no claim \"\(name)\"",
          hint: near.map { "did you mean \($0)?" } ?? "lectern verify lists all claims")
      }
      chosen.formUnion(found.contains(name) ? [name] : found)
    }
    return ledger.filter { chosen.contains($0.id) }
  }

  /// Whether `name` is the beginning of an id up to one of its separators.
  private static func begins(_ id: String, with name: String) -> Bool {
    guard id.hasPrefix(name), let last = name.last else { return false }
    return "-.".contains(last) || "-.".contains(id.dropFirst(name.count).first ?? " ")
  }
}
