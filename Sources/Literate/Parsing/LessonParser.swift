/// Reads a lesson from the bytes of its file.
public enum LessonParser {
  /// Parses a lesson; every problem is a diagnostic with its place.
  ///
  /// - Returns: the lesson, nil only when nothing can be made of the bytes, and the diagnostics by
  ///   line and column. A lesson that comes with an error must not be run.
  public static func parse(bytes: [UInt8], path: String) -> (
    lesson: Lesson?, diagnostics: [Diagnostic]
  ) {
    let text: String
    do {
      text = try SourceDecoder.decode(bytes, path: path)
    } catch {
      return (nil, [error])
    }
    let source = SourceText(text)
    let reporter = Reporter(path: path, source: source)
    let name = name(ofLessonAt: path)
    let (frontMatter, bodyLine) = FrontMatterReader.read(source, fallbackTitle: name, reporter)
    var assembly = LessonAssembly(source: source, frontMatter: frontMatter, reporter: reporter)
    assembly.add(MarkdownScanner.elements(of: source, fromLine: bodyLine))
    let lesson = Lesson(
      path: path, name: name, source: text, frontMatter: frontMatter,
      blocks: assembly.blocks(fromLine: bodyLine), anchors: assembly.anchors,
      references: assembly.resolvedReferences, ledgerClaims: assembly.ledgerClaims)
    return (lesson, reporter.sorted)
  }

  private static func name(ofLessonAt path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return file.hasSuffix(".md") ? String(file.dropLast(3)) : file
  }
}
