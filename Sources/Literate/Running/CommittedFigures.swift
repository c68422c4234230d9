import LessonWire

/// The figures of a lesson that are kept in the repository: a gallery, and a regression test.
///
/// Every figure of a cell with an author's label is kept as `Figures/<lesson>/<label>.svg`, several of
/// one cell as `<label>-1.svg`, `<label>-2.svg`, …. `Figures` lies in the nearest folder above the
/// lesson that has one, or a package manifest; else beside the lesson.
public struct CommittedFigures {
  /// A figure and the name of its file.
  public struct Figure {
    /// The name without an ending.
    public let name: String
    /// The label of its cell.
    public let cell: String
    /// The picture.
    let svg: String
    /// Other formats, when they were asked for.
    let png: Blob?
    let pdf: Blob?

    /// The picture in a format, nil when that was not asked for.
    func bytes(_ format: FigureFormat) -> [UInt8]? {
      switch format {
      case .svg: Array(svg.utf8)
      case .png: png?.bytes
      case .pdf: pdf?.bytes
      }
    }
  }

  /// The folder of this lesson's figures.
  public let folder: String
  /// The figures that the run showed, in order.
  public let figures: [Figure]
  private let lesson: Lesson

  /// The figures of a run.
  public init(of lesson: Lesson, run: LessonRun) {
    self.lesson = lesson
    let beside = FileSystem.folder(of: FileSystem.real(lesson.path) ?? lesson.path)
    let root =
      FileSystem.nearest(above: beside) {
        FileSystem.isFolder("\($0)/Figures") || FileSystem.exists("\($0)/Package.swift")
      } ?? beside
    folder = "\(root)/Figures/\(lesson.name)"
    figures = lesson.cells.filter(\.isLabelled).flatMap { cell in
      let shown = (run.cells[cell.label]?.outputs ?? []).compactMap { output in
        if case .figure(let svg, let png, let pdf, _) = output.content {
          (svg, png, pdf)
        } else {
          nil
        }
      }
      return shown.enumerated().map { index, figure in
        Figure(
          name: shown.count == 1 ? cell.label : "\(cell.label)-\(index + 1)", cell: cell.label,
          svg: figure.0, png: figure.1, pdf: figure.2)
      }
    }
  }

  /// Writes the figures and removes those that the lesson shows no more.
  ///
  /// A figure that compares equal keeps its bytes, so that another machine's last bits change nothing.
  public func update() throws {
    if figures.isEmpty && !FileSystem.isFolder(folder) { return }
    try FileSystem.makeFolder(folder)
    for figure in figures {
      let path = "\(folder)/\(figure.name).svg"
      if let old = committed(path),
        FigureComparison.differences(committed: old, fresh: figure.svg).isEmpty
      {
        continue
      }
      try WholeFile.write(Array(figure.svg.utf8), to: path)
    }
    for orphan in orphans { FileSystem.remove("\(folder)/\(orphan)") }
  }

  /// What of the committed figures is stale: changed, missing, or shown no more.
  ///
  /// A lesson without any committed figure gets a warning: it has not begun to keep them.
  public func staleness() -> [Diagnostic] {
    let hint = "lectern render --update-figures \(lesson.path)"
    guard FileSystem.isFolder(folder) else {
      return figures.isEmpty
        ? []
        : [
          Diagnostic(
            .warning, .stale, path: lesson.path, "no figure of this lesson is committed", hint: hint
          )
        ]
    }
    let changed = figures.compactMap { figure -> Diagnostic? in
      let differences =
        committed("\(folder)/\(figure.name).svg").map {
          FigureComparison.differences(committed: $0, fresh: figure.svg)
        } ?? ["it is not committed"]
      guard !differences.isEmpty else { return nil }
      var reasons = differences.prefix(3).joined(separator: "; ")
      if differences.count > 3 { reasons += "; and \(differences.count - 3) more" }
      return Diagnostic(
        .error, .stale, path: lesson.path,
        line: lesson.cells.first { $0.label == figure.cell }?.fenceLine, label: figure.name,
        "the committed figure is stale: \(reasons)", hint: hint)
    }
    return changed
      + orphans.map {
        Diagnostic(
          .error, .stale, path: lesson.path, label: String($0.dropLast(4)),
          "Figures/\(lesson.name)/\($0) is committed, but the lesson does not show it", hint: hint)
      }
  }

  private func committed(_ path: String) -> String? {
    WholeFile.read(path).map { String(decoding: $0, as: UTF8.self) }
  }

  private var orphans: [String] {
    let names = Set(figures.map { "\($0.name).svg" })
    return (FileSystem.names(in: folder) ?? []).filter {
      $0.hasSuffix(".svg") && !names.contains($0)
    }
  }
}
