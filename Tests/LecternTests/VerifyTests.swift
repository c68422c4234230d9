import Foundation
import Testing

/// `lectern verify`, and lessons whose theorem blocks name claims of the ledger.
struct VerifyTests {
  struct Summary: Decodable {
    struct Claim: Decodable {
      struct Check: Decodable {
        let form: String
        let outcome: String
        let evidence: String
        let expectedToHold: Bool
        let cases: Int?
      }
      let id: String
      let verdict: String?
      let recorded: String
      let asRecorded: Bool
      let counterexample: String?
      let correction: String?
      let differences: [String]
      let checks: [Check]
    }
    let instances: Int
    let seed: UInt64
    let exitCode: Int32
    let differing: [String]
    let claims: [Claim]
  }

  private func summary(_ bench: Workbench, _ arguments: [String]) throws -> Summary {
    let id = UUID().uuidString
    let command = ([Workbench.command.path, "verify", "--json"] + arguments).joined(separator: " ")
    let (status, output) = try bench.shell("\(command) 2> \(id)")
    let summary = try JSONDecoder().decode(Summary.self, from: Data(output.utf8))
    #expect(summary.exitCode == status)
    #expect(bench.read(id) == "")
    return summary
  }

  @Test func `a claim that fails as recorded is no failure, and shows why`() throws {
    let outcome = try Workbench().lectern("verify", "thm-2.5-beta", "--instances", "200")
    #expect(outcome.status == 0, "\(outcome.stdout)")
    #expect(outcome.stderr == "")
    for text in [
      "thm-2.5-beta  fails as printed  exact", "as printed: β_λ(P‖P\u{302})",
      "counterexample: P = (1), P\u{302} = (1), λ = 2", "corrected: β_λ",
      "1 claim: 1 fails as printed; all as recorded (200 instances a check, seed 2025, ",
    ] { #expect(outcome.stdout.contains(text), "\(text) is not in \(outcome.stdout)") }
  }

  @Test func `json has the findings, the same for the same seed`() throws {
    let bench = try Workbench()
    let first = try summary(bench, ["thm-2.5", "--instances", "50", "--seed", "3"])
    #expect(first.claims.map(\.id) == ["thm-2.5-alpha", "thm-2.5-beta"])
    #expect((first.instances, first.seed) == (50, 3))
    #expect(first.claims.map(\.verdict) == ["holds", "fails"])
    #expect(first.differing == [])
    let beta = first.claims[1]
    #expect(beta.checks[0].form == "printed" && beta.checks[0].outcome == "refuted")
    #expect(beta.counterexample?.contains("$\\lambda = 2$") == true)
    #expect(beta.correction != nil)
    let second = try summary(bench, ["thm-2.5", "--instances", "50", "--seed", "3"])
    #expect(first.claims.map(\.counterexample) == second.claims.map(\.counterexample))
  }

  @Test func `the whole ledger agrees with its record`() throws {
    let summary = try summary(Workbench(), [])
    #expect(summary.differing == [])
    #expect(summary.claims.count > 20)
    for claim in summary.claims {
      #expect(claim.verdict == claim.recorded, "\(claim.id)")
      #expect(claim.differences == [])
      #expect(!claim.checks.isEmpty)
    }
  }

  @Test func `too few instances find no counterexample, which differs from the record`() throws {
    let bench = try Workbench()
    let summary = try summary(bench, ["--instances", "1"])
    #expect(summary.exitCode == 1)
    let id = try #require(summary.differing.first)
    let outcome = try bench.lectern("verify", id, "--instances", "1")
    #expect(outcome.status == 1)
    for text in [
      "(differs)", "    differs: ", "1 instance may be too few", "differs from the record: \(id)",
    ] {
      #expect(outcome.stdout.contains(text), "\(text) is not in \(outcome.stdout)")
    }
    let quiet = try bench.lectern("verify", id, "--instances", "1", "--quiet")
    #expect(quiet.status == 1)
    #expect(quiet.stdout.hasPrefix("\(id): "))
    #expect(quiet.stderr == "")
  }

  @Test func `quiet says nothing when all is as recorded`() throws {
    let outcome = try Workbench().lectern("verify", "thm-2.5-beta", "--quiet")
    #expect(outcome.status == 0)
    #expect(outcome.stdout == "" && outcome.stderr == "")
  }

  static let usage: [([String], String)] = [
    (["thm-2.5-bta"], "did you mean thm-2.5-beta?"),
    (["thm-2.5-bet"], "did you mean thm-2.5-beta?"),
    (["something-else"], "lectern verify lists all claims"), ([""], "the ledger has no claim \"\""),
    (["--instances", "0"], "a check draws at least 1 instance"),
    (["--instances", "-5"], "-5"), (["--instances", "many"], "many"), (["--seed", "-1"], "-1"),
    (["--seed", "1.5"], "1.5"), (["--sed", "1"], "--sed"),
  ]

  @Test(arguments: usage)
  func `a wrong command line is told, with 2`(arguments: [String], text: String) throws {
    let bench = try Workbench()
    let process = bench.process(["verify"] + arguments)
    let pipe = Pipe()
    process.standardError = pipe
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let message = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 2, "\(message)")
    #expect(message.contains(text), "\(text) is not in \(message)")
  }

  // MARK: - Lessons

  private func lesson(_ claim: String, cell: String = "print(1)") -> String {
    """
    ---
    title: A lesson
    ---

    ::: {#thm-pr .theorem claim="\(claim)"}
    :::

    ::: {#rem-on .remark uses="thm-pr"}
    On @thm-pr.
    :::

    ```{swift}
    //| label: one
    \(cell)
    ```
    """
  }

  @Test func `a block that fails as recorded renders, red, with its correction`() throws {
    let bench = try Workbench()
    try bench.write(lesson("thm-2.5-beta"), to: "lesson.md")
    let outcome = try bench.lectern("render", "lesson.md", "--strict")
    #expect(outcome.status == 0, "\(outcome.stderr)")
    #expect(
      outcome.stdout.hasSuffix(
        "claims: 0 hold, 1 fail as printed (as recorded), 0 fail, 0 not checked\n"))
    let page = try #require(bench.read("_site/lesson.html"))
    for text in [
      "Fails as printed", "ledger-fails", "Counterexample", "Corrected statement", "seed 2025",
      "2025 deck, Theorem 2.5, second line", "which fails",
    ] { #expect(page.contains(text), "\(text) is not on the page") }
    // Nothing is checked again, and the page says the same.
    #expect(
      try bench.lectern("render", "lesson.md", "--json").stdout.contains("\"isUnchanged\" : true"))
    #expect(try bench.lectern("check", "lesson.md").status == 0)
  }

  @Test func `findings are kept for a lesson whose cells change`() throws {
    let bench = try Workbench()
    try bench.write(lesson("thm-2.5-beta"), to: "lesson.md")
    #expect(try bench.lectern("render", "lesson.md").status == 0)
    try bench.write(
      lesson("thm-2.5-beta", cell: "verify(ledger: \"thm-2.5-beta\")"), to: "lesson.md")
    #expect(try bench.lectern("render", "lesson.md").status == 0)
    // The call finds what the block's check left in the cache.
    #expect(bench.read("_site/lesson.html")?.contains("<code>claim thm-2.5-beta</code>") == true)
  }

  @Test func `an unknown claim is an error at the block, with the nearest name`() throws {
    let bench = try Workbench()
    try bench.write(lesson("thm-2.5-bta"), to: "lesson.md")
    let outcome = try bench.lectern("render", "lesson.md")
    #expect(outcome.status == 3)
    #expect(
      outcome.stderr.contains(
        "lesson.md:5:23: error [thm-pr]: the ledger has no claim \"thm-2.5-bta\""),
      "\(outcome.stderr)")
    #expect(outcome.stderr.contains("hint: did you mean thm-2.5-beta?"))
    #expect(bench.read("_site/lesson.html")?.contains("Not checked") == true)
  }

  @Test func `a cell's call tells what the block tells`() throws {
    let bench = try Workbench()
    let code = """
      print(verify(ledger: "thm-2.5-beta"), verify(ledger: "thm-2.5-alpha"))
      print(verify(ledger: "thm-2.5-bta"))
      """
    let line = try bench.lesson(code)
    let outcome = try bench.lectern("render", "lesson.md")
    #expect(outcome.status == 3)
    #expect(outcome.stderr.contains("lesson.md:\(line + 1)"), "\(outcome.stderr)")
    #expect(outcome.stderr.contains("did you mean thm-2.5-beta?"))
    let page = try #require(bench.read("_site/lesson.html"))
    #expect(page.contains("true true\nfalse"))
    #expect(page.contains("Fails as printed"))
    try bench.lesson("verify(ledger: \"thm-2.5-beta\", instances: 0)")
    let none = try bench.lectern("render", "lesson.md")
    #expect(none.status == 5)
    #expect(none.stderr.contains("a check draws at least 1 instance"))
  }

  @Test func `a call whose instances are too few differs, with 1`() throws {
    let bench = try Workbench()
    let summary = try summary(bench, ["--instances", "1"])
    let id = try #require(summary.differing.first)
    let line = try bench.lesson("verify(ledger: \"\(id)\", instances: 1)")
    let outcome = try bench.lectern("render", "lesson.md")
    #expect(outcome.status == 1, "\(outcome.stderr)")
    #expect(
      outcome.stderr.contains("lesson.md:\(line)")
        && outcome.stderr.contains("differs from the ledger's"))
    #expect(outcome.stdout.contains("1 differ from the record"))
    #expect(bench.read("_site/lesson.html")?.contains("ledger-differs") == true)
  }

  @Test func `a lesson shows entries and a table of the ledger`() throws {
    let bench = try Workbench()
    try bench.lesson(
      "show(Ledger.table())\nshow(claimReport(\"thm-2.5-beta\"))\nprint(Evidence.exact)")
    let outcome = try bench.lectern("render", "lesson.md")
    #expect(outcome.status == 0, "\(outcome.stderr)")
    let page = try #require(bench.read("_site/lesson.html"))
    for text in ["prop-3.3", "fails as printed", "Counterexample:", "Corrected:"] {
      #expect(page.contains(text), "\(text) is not on the page")
    }
    try bench.lesson("show(claimReport(\"nothing\"))")
    let unknown = try bench.lectern("render", "lesson.md")
    #expect(unknown.status == 5)
    #expect(unknown.stderr.contains("the ledger has no claim \"nothing\""))
  }
}
