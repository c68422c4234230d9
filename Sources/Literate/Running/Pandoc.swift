import Glibc
import LessonWire

/// Runs pandoc for the weaver.
enum Pandoc {
  static let hint = "install it: apt-get install pandoc"

  static func html(
    of markdown: String, arguments: [String]
  ) throws -> (html: String, warnings: String) {
    guard let path = Toolchain.find("pandoc") else {
      throw Diagnostic(.error, .tool, "pandoc is not on PATH", hint: hint)
    }
    let (ending, stdout, stderr) = try ChildProcess.run(
      path, arguments, input: Array(markdown.utf8))
    let messages = String(decoding: stderr, as: UTF8.self)
    guard ending == .exited(0) else {
      let first = messages.split(separator: "\n").first.map(String.init) ?? "\(ending)"
      throw Diagnostic(.error, .tool, "pandoc failed: \(first)", hint: "see lectern doctor")
    }
    return (String(decoding: stdout, as: UTF8.self), messages)
  }
}
