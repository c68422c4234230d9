import ArgumentParser
import LessonWire
import Literate

struct New: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a new lesson that passes `lectern check`.")

  private static let plain = Set(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+".utf8)

  @Argument(help: "The lesson's path, e.g. Notebooks/07-my-lesson.md.")
  var path: String

  func run() throws {
    guard path.hasSuffix(".md") else {
      throw Diagnostic(
        .error, .usage, path: path, "a lesson's name ends in .md", hint: "lectern new \(path).md")
    }
    if FileSystem.exists(path) {
      throw Diagnostic(
        .error, .usage, path: path, "the file exists and is left as it is",
        hint: "choose another name, or remove it first")
    }
    let folder = FileSystem.folder(of: path)
    do {
      // One new folder is a new course; a longer missing path is a slip.
      guard FileSystem.isFolder(folder) || FileSystem.isFolder(FileSystem.folder(of: folder)) else {
        throw Diagnostic(
          .error, .usage, path: path, "there is no folder \(FileSystem.folder(of: folder))",
          hint: "make it first, or correct the path")
      }
      try FileSystem.makeFolder(folder)
      try WholeFile.write(Array(Template.lesson(named: path).utf8), to: path)
    } catch let error as Diagnostic {
      throw error
    } catch {
      throw Diagnostic(
        .error, .tool, path: path, "cannot be written: \(error)",
        hint: "choose a folder that you may write")
    }
    // The second line can be pasted into a shell.
    let isPlain = path.utf8.allSatisfy { $0 > 0x7F || Self.plain.contains($0) }
    let quoted = isPlain ? path : "'\(path.replacing("'", with: "'\\''"))'"
    print("\(path)\nlectern render \(quoted)")
  }
}

/// The text of a new lesson.
enum Template {
  static func lesson(named path: String) -> String {
    var words = FileSystem.name(of: path).dropLast(3).split { $0 == "-" || $0 == "_" || $0 == " " }
    if words.count > 1, words[0].allSatisfy(\.isNumber) { words.removeFirst() }
    let title = words.joined(separator: " ").replacing("\"", with: "'")
    let heading = title.prefix(1).uppercased() + title.dropFirst()
    return """
      ---
      title: "\(heading)"
      lang: en
      ---

      One paragraph that says what the reader will see.

      ::: {#thm-sum .theorem title="Sum of the first integers"}
      $\\sum_{k=1}^{n} k = \\frac{n(n+1)}{2}$ for every $n \\ge 1$.
      :::

      ```{swift}
      //| label: check-sum
      let largest = 200
      verify("thm-sum", evidence: .exhaustive, detail: "n = 1 … \\(largest)") {
        (1...largest).allSatisfy { (n: Int) -> Bool in (1...n).reduce(0, +) == n * (n + 1) / 2 }
      }
      ```

      @thm-sum is checked above. A table shows the first cases.

      ```{swift}
      //| label: tbl-sums
      //| tbl-cap: The first sums.
      let rows: [[any Sendable]] = (1...5).map { (n: Int) in [n, n * (n + 1) / 2] }
      show(Table(head: ["$n$", "sum"], rows: rows))
      ```

      """
  }
}
