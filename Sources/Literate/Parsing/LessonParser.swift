/// Reads a lesson from the bytes of its file.
public enum LessonParser {
  /// Parses a lesson; every problem is a diagnostic with its place.
  ///
  /// - Returns: the lesson, nil only when nothing can be made of the bytes, and the diagnostics by
  ///   line and column. A lesson that comes with an error must not be run.
  public static func parse(bytes: [UInt8], path: String) -> (
    lesson: Lesson?, diagnostics: [Diagnostic]
  ) {
    (nil, [])
  }
}
