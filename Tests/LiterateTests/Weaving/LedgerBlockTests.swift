import Foundation
import LessonWire
import Testing

@testable import Literate

/// Theorem blocks that name claims of the ledger, with verdicts as a lesson's process sends them.
@Suite struct LedgerBlockTests {
  typealias Entry = LedgerVerdict.Entry

  /// An entry as the ledger sends it; with differences, one that differs from the record.
  static func entry(
    _ measured: LedgerVerdict.Standing?, recorded: LedgerVerdict.Standing? = nil,
    differences: [String] = [], foundations: [LedgerVerdict.Foundation] = []
  ) -> Entry {
    let holds = measured == .holds
    return Entry(
      title: "A title on record", source: "2025 deck, Theorem 9", statement: "Printed $x = 1$.",
      correction: holds ? nil : "Corrected $x = 2$.", remark: "Because of $y$.",
      recorded: recorded ?? measured ?? .holds, measured: measured, differences: differences,
      counterexample: holds ? nil : "$x = \\tfrac13$ is not 1", necessary: ["$n > 0$"],
      notNeeded: ["continuity"], failingFoundations: foundations,
      findings: [
        .init(
          form: .printed, evidence: .exact, holds: holds, cases: holds ? 70 : nil,
          detail: holds ? "70 instances" : "$x = \\tfrac13$ is not 1"),
        .init(
          form: .corrected, evidence: .quadrature, holds: true, cases: 30, detail: "30 instances"),
      ], instances: 100, seed: 77)
  }

  static func run(_ verdicts: [(String, Entry?)], cell: String? = nil) -> LessonRun {
    var run = LessonRun()
    run.ledger = verdicts.map {
      LedgerVerdict(claim: $0, cell: cell, entry: $1, known: ["thm-9", "thm-9-beta"])
    }
    return run
  }

  static func lesson(_ body: String) throws -> (lesson: Lesson, diagnostics: [Diagnostic]) {
    let text = "---\ntitle: T\n---\n\(body)"
    let (lesson, diagnostics) = LessonParser.parse(bytes: Array(text.utf8), path: "a.md")
    return (try #require(lesson), diagnostics)
  }

  static let block = """
    ::: {#thm-x .theorem claim="thm-9" title="A title of its own"}
    Words of its own.
    :::

    ::: {#rem-y .remark uses="thm-x"}
    A remark on @thm-x.
    :::
    """

  private func diagnostics(
    _ body: String, _ run: LessonRun
  ) throws -> [Diagnostic] {
    let lesson = try Self.lesson(body).lesson
    return LedgerReport(lesson: lesson, program: Program(lesson)).diagnostics(of: run.ledger)
  }

  // MARK: - The page

  @Test func `a statement that fails as printed shows counterexample and correction`() throws {
    let run = Self.run([("thm-9", Self.entry(.fails))])
    let html = try WeaverTests.page(Self.block, run: run).html
    let text = WeaverTests.text(html)
    for words in [
      "A title of its own", "Words of its own.",
      "✗ Fails as printed exact, quadrature; 30 cases, seed 77; thm-9", "Counterexample",
      "Corrected statement Corrected", "Necessary:", "Not needed: continuity", "Because of",
      "Rests on Theorem 1, which fails", "1 fails as printed (as recorded)",
    ] { #expect(text.contains(words), "\(words) is not in \(text)") }
    #expect(!text.contains("A title on record"))
    #expect(html.contains("statement theorem failing\" id=\"thm-x\""))
    #expect(html.contains("statement remark failing\" id=\"rem-y\""))
    #expect(html.contains("class=\"ledger ledger-fails\""))
    let refuted = try #require(html.firstRange(of: "class=\"refuted\""))
    let corrected = try #require(html.firstRange(of: "class=\"corrected\""))
    #expect(refuted.lowerBound < corrected.lowerBound)
    #expect(try diagnostics(Self.block, run).isEmpty)
  }

  @Test func `a statement that holds is not red and shows no counterexample`() throws {
    let html = try WeaverTests.page(Self.block, run: Self.run([("thm-9", Self.entry(.holds))])).html
    let text = WeaverTests.text(html)
    #expect(text.contains("✓ Holds exact, quadrature; 100 cases, seed 77; thm-9"))
    #expect(text.contains("1 claim holds"))
    #expect(!text.contains("Counterexample"))
    #expect(!html.contains("failing\" id="))
  }

  @Test(arguments: [
    (
      LedgerVerdict.Standing.needsHypotheses, "◐ Holds under added hypotheses", "Complete statement"
    ),
    (.misprint, "✎ Misprint", "Corrected statement"),
    (.empirical, "○ Empirical", "Corrected statement"),
  ])
  func `other verdicts have words of their own`(
    standing: LedgerVerdict.Standing, badge: String, part: String
  ) throws {
    let run = Self.run([("thm-9", Self.entry(standing))])
    let html = try WeaverTests.page(Self.block, run: run).html
    let text = WeaverTests.text(html)
    #expect(text.contains(badge), "\(text)")
    #expect(text.contains(part), "\(text)")
    #expect(!html.contains("failing\" id="))
    #expect(try diagnostics(Self.block, run).isEmpty)
  }

  @Test func `an empty block takes title, source and statement from the ledger`() throws {
    let text = WeaverTests.text(
      try WeaverTests.page(
        "::: {#thm-x .theorem claim=\"thm-9\"}\n\n:::\n",
        run: Self.run([("thm-9", Self.entry(.holds))])
      ).html)
    #expect(text.contains("Theorem 1 A title on record 2025 deck, Theorem 9 Printed"))
  }

  @Test func `a block of several claims has a verdict for each, by its title`() throws {
    let body = """
      ::: {#thm-x .theorem claim="thm-9, thm-9-beta"}
      Two lines.
      :::
      """
    let run = Self.run([("thm-9", Self.entry(.holds)), ("thm-9-beta", Self.entry(.fails))])
    let text = WeaverTests.text(try WeaverTests.page(body, run: run).html)
    #expect(text.contains("A title on record: ✓ Holds"))
    #expect(text.contains("A title on record: ✗ Fails as printed"))
    // The theorem counts once, by what fails.
    #expect(text.contains("Claims of this lesson 1 fails as printed (as recorded) Theorem 1"))
  }

  @Test func `what rests on a failing claim says so in its block and in the list of claims`() throws
  {
    let foundations = [LedgerVerdict.Foundation(claim: "thm-9-beta", title: "The weak stone")]
    let own = Self.entry(.holds, foundations: foundations)
    let alone = try WeaverTests.page(Self.block, run: Self.run([("thm-9", own)])).html
    let words = "Rests on The weak stone (thm-9-beta), which fails as printed"
    #expect(WeaverTests.text(alone).ranges(of: words).count == 2)
    #expect(alone.contains("statement theorem failing\" id=\"thm-x\""))
    #expect(
      WeaverTests.text(alone).contains("Rests on Theorem 1, which rests on a claim that fails"))
    // With a block of its own the failing claim is linked.
    let body = Self.block + "\n\n::: {#thm-z .theorem claim=\"thm-9-beta\"}\n:::\n"
    let both = try WeaverTests.page(
      body, run: Self.run([("thm-9", own), ("thm-9-beta", Self.entry(.fails))])
    ).html
    #expect(both.contains("Rests on <a href=\"#thm-z\">Theorem\u{A0}3</a>, which fails as printed"))
  }

  @Test func `the page of a French lesson is French`() throws {
    let text = WeaverTests.text(
      try WeaverTests.page(
        Self.block, matter: "title: T\nlang: fr", run: Self.run([("thm-9", Self.entry(.fails))])
      ).html)
    for words in [
      "✗ Faux tel qu’imprimé", "Contre-exemple", "Énoncé corrigé", "30 cas, graine 77",
      "1 faux tel qu’imprimé (conforme au registre)",
    ] { #expect(text.contains(words), "\(words) is not in \(text)") }
  }

  @Test func `a claim that a cell had checked is shown under the cell`() throws {
    let body = "```{swift}\n//| label: one\nverify(ledger: \"thm-9\")\n```\n"
    var run = Self.run([("thm-9", Self.entry(.fails))], cell: "one")
    run.cells["one"] = CellRun()
    let html = try WeaverTests.page(body, run: run).html
    let text = WeaverTests.text(html)
    #expect(text.contains("A title on record 2025 deck, Theorem 9 Printed"))
    #expect(text.contains("✗ Fails as printed"))
    #expect(html.contains("<div class=\"statement failing\">"))
    #expect(text.contains("1 fails as printed (as recorded)"))
  }

  // MARK: - Diagnostics

  @Test func `a verdict that differs from the record is an error at the block`() throws {
    let difference = "the corrected statement was expected to hold and fails: $x = \\tfrac12$"
    let run = Self.run([
      ("thm-9", Self.entry(.fails, recorded: .holds, differences: [difference]))
    ])
    let found = try diagnostics(Self.block, run)
    #expect(found.map(\.kind) == [.claim])
    let error = try #require(found.first)
    #expect(error.severity == .error)
    #expect((error.line, error.column, error.label) == (4, 22, "thm-x"))
    #expect(error.message.contains("differs from the ledger's: \(difference)"))
    #expect(Diagnostic.exitCode(of: found, isStrict: false) == 1)
    let html = try WeaverTests.page(Self.block, run: run, diagnostics: found).html
    let text = WeaverTests.text(html)
    #expect(text.contains("≠ Fails as printed, which differs from the record"))
    #expect(text.contains("On record: Holds the corrected statement was expected to hold"))
    #expect(text.contains("1 differs from the record"))
    #expect(html.contains("failing\" id=\"thm-x\""))
  }

  @Test func `a verdict that is undecided differs from the record`() throws {
    let run = Self.run([("thm-9", Self.entry(nil, recorded: .holds, differences: ["broke"]))])
    #expect(try diagnostics(Self.block, run).map(\.kind) == [.claim])
    let text = WeaverTests.text(try WeaverTests.page(Self.block, run: run).html)
    #expect(text.contains("≠ Undecided, which differs from the record"))
  }

  @Test func `a claim that the ledger does not have is an error with the nearest name`() throws {
    let body = Self.block.replacing("claim=\"thm-9\"", with: "claim=\"thm-9-bta\"")
    let run = Self.run([("thm-9-bta", nil)])
    let error = try #require(try diagnostics(body, run).first)
    #expect((error.kind, error.line, error.column) == (.source, 4, 22))
    #expect(error.message == "the ledger has no claim \"thm-9-bta\"")
    #expect(error.hint == "did you mean thm-9-beta?")
    let text = WeaverTests.text(try WeaverTests.page(body, run: run).html)
    #expect(text.contains("○ Not checked"))
  }

  @Test func `an error of a cell's call is at its line`() throws {
    let body = "```{swift}\n//| label: one\n\nverify(ledger: \"nothing-like-it\")\n```\n"
    var run = Self.run([("nothing-like-it", nil)], cell: "one")
    run.ledger[0].line = 2
    let error = try #require(try diagnostics(body, run).first)
    #expect((error.kind, error.line, error.label) == (.source, 7, "one"))
    #expect(error.hint == "lectern verify lists all claims")
  }

  // MARK: - Parsing and the program

  @Test func `blocks name claims in order, and the program checks each once`() throws {
    let body =
      Self.block + "\n\n::: {#thm-z .theorem claim=\"b a-1.5 thm-9\"}\n:::\n"
    let (lesson, diagnostics) = try Self.lesson(body)
    #expect(diagnostics.isEmpty)
    #expect(lesson.ledgerClaims.map(\.claim) == ["thm-9", "b", "a-1.5", "thm-9"])
    #expect(lesson.ledgerClaims.map(\.label) == ["thm-x", "thm-z", "thm-z", "thm-z"])
    #expect(
      Program(lesson).text.hasSuffix(
        "LessonProcess.verify(claims: [\"thm-9\", \"b\", \"a-1.5\"])\nLessonProcess.finish()\n"))
    let plain = try Self.lesson("Words.").lesson
    #expect(!Program(plain).text.contains("verify"))
  }

  @Test func `a name is no way into the program`() throws {
    let body = "::: {#thm-x .theorem claim='a\"]);exit(0)//\\(1)é'}\n:::\n"
    let program = Program(try Self.lesson(body).lesson).text
    #expect(!program.contains("exit(0)"))
    #expect(program.contains("\"a\\u{22}\\u{5d}\\u{29}\\u{3b}exit\\u{28}0\\u{29}"))
  }

  static let wrong: [(String, Int, Int, String)] = [
    ("::: {#thm-x .theorem claim=\"\"}\n:::", 4, 22, "`claim` names no claim of the ledger"),
    ("::: {.theorem claim=\"thm-9\"}\n:::", 4, 15, "a block that names a claim needs a label"),
    ("::: {.proof claim=\"thm-9\"}\n:::", 4, 13, "a proof states no claim of the ledger"),
    ("::: {#thm-x .theorem claims=\"thm-9\"}\n:::", 4, 22, "unknown key `claims`"),
  ]

  @Test(arguments: wrong)
  func `a claim in the wrong place is an error`(
    body: String, line: Int, column: Int, message: String
  ) throws {
    let errors = try Self.lesson(body).diagnostics.filter { $0.severity == .error }
    #expect(errors.map(\.message) == [message])
    #expect(errors.first?.line == line)
    #expect(errors.first?.column == column)
    #expect(errors.first?.hint != nil)
  }

  @Test func `verdicts come in the lesson's order however the checks end`() throws {
    let body =
      "::: {#thm-x .theorem claim=\"c a\"}\n:::\n\n::: {#thm-y .theorem claim=\"b\"}\n:::\n"
    var run = Self.run([("b", nil), ("a", nil), ("c", nil)])
    run.ledger.insert(LedgerVerdict(claim: "z", cell: "one", entry: nil), at: 0)
    run.sortLedger(asIn: try Self.lesson(body).lesson)
    #expect(run.ledger.map(\.claim) == ["c", "a", "b", "z"])
  }
}
