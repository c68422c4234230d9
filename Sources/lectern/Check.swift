import ArgumentParser
import Literate

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run lessons, verify their claims, compare their committed figures.",
    discussion: "Writes no page and no figure.")

  @OptionGroup var shared: SharedOptions

  func run() throws {
    var options = LessonRenderer.Options()
    options.engine = shared.engine
    let loop = LessonLoop(shared: shared, options: options)
    let items = try loop.run(LessonPaths.lessons(in: shared.paths))
    try loop.conclude(items, location: nil)
  }
}
