import LessonWire
import Testing

struct RecordCodingTests {
  static let records: [Record] = [
    .began(cell: "fig-λ"), .ended(cell: "a", stdout: 3, stderr: 0, seconds: 0.5),
    .output(
      Output(
        id: "a-1", cell: "a",
        content: .figure(svg: "<svg/>", png: Blob([0, 255, 1]), pdf: nil, description: "d"))),
    .output(Output(id: "t", cell: "a", content: .table(head: ["x"], rows: [["1"], []]))),
    .parameter(
      Parameter(
        name: "n", symbol: "ν", cell: "a", lower: -.infinity, upper: .infinity, value: 2, text: "2",
        isLogarithmic: false)),
    .verdict(
      Verdict(claim: "thm-x", cell: "a", holds: true, evidence: .exact, detail: "r", line: 4)),
    .checksLedger, .ledger(LedgerVerdict(claim: "thm-9", entry: nil, known: ["thm-8"])),
    .ledger(
      LedgerVerdict(
        claim: "thm-9", cell: "a", line: 3,
        entry: LedgerVerdict.Entry(
          title: "T", source: "S", statement: "$x$", correction: nil, remark: "R",
          recorded: .needsHypotheses, measured: nil, differences: ["d"], counterexample: "$y$",
          necessary: ["h"], notNeeded: ["g"],
          failingFoundations: [LedgerVerdict.Foundation(claim: "b", title: "B")],
          findings: [
            LedgerVerdict.Finding(
              form: .without, subject: "h", evidence: .exact, holds: false, detail: "$y$")
          ], instances: 5, seed: .max))), .memo(name: "m", hit: true, seconds: 0),
    .stopped(signal: 4, frames: [1, .max], thrown: []),
    .failed(message: "no", hint: nil, isUsage: true, frames: [7]), .finished,
  ]

  @Test(arguments: [1, 2, 3, 7, 1 << 20])
  func `records survive the wire in pieces of any size`(piece: Int) throws {
    let bytes = try Self.records.flatMap { try $0.frame() }
    var decoder = RecordDecoder()
    var decoded: [Record] = []
    for start in stride(from: 0, to: bytes.count, by: piece) {
      decoder.append(bytes[start..<min(start + piece, bytes.count)])
      while let record = try decoder.next() { decoded.append(record) }
    }
    try decoder.finish()
    #expect(decoded == Self.records)
  }

  @Test func `a value that is not a number survives`() throws {
    let parameter = Parameter(
      name: "s", cell: "a", lower: 0, upper: 1, value: .nan, text: "text", isLogarithmic: false)
    var decoder = RecordDecoder()
    decoder.append(try Record.parameter(parameter).frame())
    guard case .parameter(let decoded) = try decoder.next() else {
      Issue.record("no parameter came back")
      return
    }
    #expect(decoded.value.isNaN)
    #expect(decoded.text == "text")
  }

  @Test func `a frame that announces too much is refused before its bytes arrive`() {
    var decoder = RecordDecoder()
    decoder.append([255, 255, 255, 255])
    #expect(throws: RecordError.tooLong(0xffff_ffff)) { try decoder.next() }
  }

  @Test func `a frame that holds no record is refused with its beginning`() {
    var decoder = RecordDecoder()
    decoder.append([5, 0, 0, 0] + Array("hello".utf8))
    #expect(throws: RecordError.corrupt("hello")) { try decoder.next() }
  }

  @Test func `every cut inside a frame is noticed`() throws {
    let frame = try Record.finished.frame()
    for length in 1..<frame.count {
      var decoder = RecordDecoder()
      decoder.append(frame[..<length])
      #expect(try decoder.next() == nil)
      let missing = length < 4 ? 4 - length : frame.count - length
      #expect(throws: RecordError.truncated(missing: missing)) { try decoder.finish() }
    }
  }
}
