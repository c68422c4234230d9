import ArgumentParser
import Literate

struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell which tools and libraries are there, and what to install.")

  func run() throws {
    var isHealthy = true
    for finding in Health.examine() {
      let mark = finding.isFine ? "ok     " : "missing"
      print("\(mark) \(finding.name): \(finding.detail)")
      isHealthy = isHealthy && finding.isFine
    }
    if !isHealthy { throw ExitCode(Diagnostic.Kind.tool.exitCode) }
  }
}
