import ArgumentParser
import Literate

struct Clean: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Remove what is remembered of earlier runs.",
    discussion: "Pages and committed figures stay.")

  @Argument(help: "Lessons or folders whose cache is meant; without one, that of this folder.")
  var paths: [String] = ["."]

  func run() throws {
    let toolchain = try? Toolchain()
    for path in paths {
      guard FileSystem.exists(path) else {
        throw Diagnostic(.error, .usage, path: path, "there is no such lesson or folder")
      }
      // Anything inside the folder has the folder's cache.
      let lesson = FileSystem.isFolder(path) ? "\(FileSystem.real(path) ?? path)/lesson.md" : path
      let folder = Cache(forLesson: lesson, package: toolchain?.package ?? "/nowhere").folder
      FileSystem.remove(folder)
      print("removed \(folder)")
    }
  }
}
