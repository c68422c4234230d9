import ArgumentParser
import Literate

struct Tangle: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print a lesson's program as one Swift file with the lesson's lines.")

  @Argument(help: "The lesson.")
  var path: String

  func run() throws {
    let (lesson, diagnostics) = try LessonRenderer.parsed(path)
    for diagnostic in diagnostics {
      Terminal.note(diagnostic.rendered(source: lesson?.source), terminator: "")
    }
    let code = Diagnostic.exitCode(of: diagnostics, isStrict: false)
    if code != 0 { throw ExitCode(code) }
    if let lesson { print(Program.tangled(lesson, toolchain: try? Toolchain()), terminator: "") }
  }
}
