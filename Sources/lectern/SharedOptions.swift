import ArgumentParser
import Literate

/// Options of every command that runs lessons.
struct SharedOptions: ParsableArguments {
  @Argument(help: "Lessons, or folders of lessons.")
  var paths: [String]

  @Option(
    name: .customShort("P"),
    help: ArgumentHelp("Give a parameter a value.", valueName: "name:value"),
    transform: Override.init(argument:))
  var parameters: [Override] = []

  @Flag(help: "Print a report as JSON on standard output.")
  var json = false

  @Flag(help: "Print errors and warnings only.")
  var quiet = false

  @Flag(help: "Exit with 8 when there are warnings.")
  var strict = false

  @Flag(name: .customLong("no-cache"), help: "Neither use nor keep earlier results.")
  var ignoresCache = false

  /// `name:value`.
  struct Override {
    let name: String
    let value: String

    init(argument: String) throws {
      guard let colon = argument.firstIndex(of: ":"), colon != argument.startIndex else {
        throw ValidationError("write a name, a colon and a value, e.g. -P lambda:0.5")
      }
      name = String(argument[..<colon])
      value = String(argument[argument.index(after: colon)...])
    }
  }

  var engine: LessonEngine.Options {
    var options = LessonEngine.Options()
    options.overrides = Dictionary(parameters.map { ($0.name, $0.value) }) { $1 }
    options.usesCache = !ignoresCache
    return options
  }
}

/// The lessons that the arguments mean.
enum LessonPaths {
  /// Files as they are, folders as their `*.md` in order; a README is not a lesson.
  static func lessons(in paths: [String]) throws -> [String] {
    let lessons = try paths.flatMap { path -> [String] in
      guard FileSystem.isFolder(path) else { return [path] }
      let folder = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
      let names = (FileSystem.names(in: folder) ?? []).filter {
        $0.hasSuffix(".md") && $0 != "README.md"
      }
      if names.isEmpty {
        throw Diagnostic(
          .error, .usage, path: path, "the folder holds no lesson (*.md)",
          hint: "lectern new \(folder)/01-name.md writes one")
      }
      return names.map { folder == "." ? $0 : "\(folder)/\($0)" }
    }
    let pages = Dictionary(grouping: Set(lessons)) { FileSystem.name(of: $0) }
    if let clash = pages.values.filter({ $0.count > 1 }).map({ $0.sorted() }).min(by: {
      $0[0] < $1[0]
    }) {
      throw Diagnostic(
        .error, .usage, path: clash[1], "its page would take the place of that of \(clash[0])",
        hint: "render them into different folders with --output-dir")
    }
    var seen: Set<String> = []
    return lessons.filter { seen.insert($0).inserted }
  }
}
