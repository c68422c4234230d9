import Foundation
import Testing

/// A folder of its own in which a test writes lessons and runs the real command on them.
///
/// The command needs libLessonKit.so beside it. `swift test` builds the library's targets but not
/// always its dynamic product; then the command and library of `.build/release` are used, which
/// `make test` builds first.
final class Workbench {
  let folder: URL
  static let command = findCommand()

  init(_ name: String = "lessons") throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "lectern-tests-\(UUID().uuidString)").appending(path: name)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }

  /// Writes a file.
  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: name))
  }

  /// Writes a lesson whose second cell is `code`; returns the line of its first line.
  ///
  /// - Parameters:
  ///   - options: option lines of the second cell.
  ///   - frontMatter: further lines of the front matter.
  @discardableResult
  func lesson(
    _ code: String, options: [String] = [], frontMatter: [String] = [], prose: String = "Words.",
    as name: String = "lesson.md"
  ) throws -> Int {
    let lines =
      ["---", "title: A lesson"] + frontMatter
      + [
        "---", "", prose, "", "```{swift}", "//| label: before", "print(\"shown before\")", "```",
        "",
        "```{swift}", "//| label: cell",
      ] + options
    try write((lines + [code, "```", ""]).joined(separator: "\n"), to: name)
    return lines.count + 1
  }

  func read(_ name: String) -> String? {
    try? String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  /// What a run of the command left.
  struct Outcome {
    let status: Int32
    let stdout: String
    let stderr: String
  }

  /// A process of the command, not yet started.
  func process(_ arguments: [String], environment: [String: String] = [:]) -> Process {
    let process = Process()
    process.executableURL = Self.command
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment
      .merging(["XDG_CACHE_HOME": folder.appending(path: "cache").path]) { $1 }
      .merging(environment) { $1 }
    return process
  }

  func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: name).path)
  }

  /// Runs a shell command in the folder; its standard output and status.
  func shell(_ command: String) throws -> (status: Int32, stdout: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "(\(command)) > shell.out"]
    process.currentDirectoryURL = folder
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, read("shell.out") ?? "")
  }

  /// What starts the command as a user who is not root; nil when that cannot be done, or when such a user
  /// may not read the library, as below root's own folder.
  static let user: [String]? = {
    if geteuid() != 0 { return [] }
    let words = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    let probe = Process()
    probe.executableURL = URL(filePath: words[0])
    let library = command.deletingLastPathComponent().appending(path: "libLessonKit.so")
    probe.arguments = words.dropFirst() + ["/usr/bin/test", "-r", library.path]
    probe.standardOutput = FileHandle.nullDevice
    probe.standardError = FileHandle.nullDevice
    guard (try? probe.run()) != nil else { return nil }
    probe.waitUntilExit()
    return probe.terminationStatus == 0 ? words : nil
  }()

  /// Runs the command in the folder, with a cache of its own.
  func lectern(
    _ arguments: String..., environment: [String: String] = [:], asUser user: [String] = []
  ) throws -> Outcome {
    let process = process(arguments, environment: environment)
    if let first = user.first {
      process.executableURL = URL(filePath: first)
      process.arguments = user.dropFirst() + [Self.command.path] + arguments
    }
    let id = UUID().uuidString
    let out = folder.appending(path: "\(id).out")
    let err = folder.appending(path: "\(id).err")
    for file in [out, err] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: out)
    process.standardError = try FileHandle(forWritingTo: err)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    defer { for file in [out, err] { try? FileManager.default.removeItem(at: file) } }
    return Outcome(
      status: process.terminationStatus,
      stdout: String(decoding: try Data(contentsOf: out), as: UTF8.self),
      stderr: String(decoding: try Data(contentsOf: err), as: UTF8.self))
  }

  private static func findCommand() -> URL {
    let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    let bundle = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent()
    let package = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let places = [own, bundle, package.appending(path: ".build/release").resolvingSymlinksInPath()]
    let whole = places.first { place in
      ["lectern", "libLessonKit.so"].allSatisfy {
        FileManager.default.fileExists(atPath: place.appending(path: $0).path)
      }
    }
    guard let whole else {
      fatalError("build .build/release first: make build (lectern and libLessonKit.so are needed)")
    }
    return whole.appending(path: "lectern")
  }
}
