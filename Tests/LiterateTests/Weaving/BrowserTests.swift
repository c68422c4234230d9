import Foundation
import Literate
import Testing

/// What a browser makes of a page, as far as one is there to ask.
@Suite struct BrowserTests {
  private static let browser: String? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return ["chromium-headless-shell", "chromium"].lazy
      .flatMap { name in folders.map { "\($0)/\(name)" } }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  @Test(
    .enabled(if: browser != nil, "no Chromium on PATH: apt-get install chromium-headless-shell"),
    .timeLimit(.minutes(2)))
  func `a browser without network finds formulas, figures and statements in the page`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "page.html")
    try SampleLesson.page().html.write(to: file, atomically: true, encoding: .utf8)

    let process = Process()
    process.executableURL = URL(filePath: try #require(Self.browser))
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND",
      "--user-data-dir=\(folder.path)", "--dump-dom", file.absoluteString,
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let dom = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)

    // The parser closes what is open and moves what is out of place: these are still where they were.
    #expect(dom.contains(/<figure id="fig-pair"><div class="card"><svg/))
    #expect(dom.contains(/<section class="statement theorem" id="thm-ends">/))
    #expect(dom.contains(/<math[^>]*>\s*<semantics>/))
    #expect(dom.contains(/<table><thead><tr><th scope="col"/))
    #expect(!dom.contains("<parsererror"))
  }
}
