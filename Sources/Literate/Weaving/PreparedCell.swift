internal import LessonWire

/// A cell with what it showed, its Markdown on its way through pandoc.
struct PreparedCell {
  enum Shown {
    case figure(svg: String, description: String)
    case table(head: [Text], rows: [[Text]])
    case text(String)
    case markdown(PandocDocument.Fragment)
  }

  /// A table's cell: plain, or with formulas.
  enum Text {
    case plain(String)
    case formula(PandocDocument.Fragment)
  }

  var cell: Cell
  /// nil when the cell did not run.
  var run: CellRun?
  var caption: PandocDocument.Fragment?
  var subcaptions: [PandocDocument.Fragment] = []
  var tableCaption: PandocDocument.Fragment?
  var shown: [Shown] = []

  init(_ cell: Cell, run: CellRun?, _ document: inout PandocDocument) {
    self.cell = cell
    self.run = run
    guard cell.options.include, cell.options.output else { return }
    let place = Place(line: cell.fenceLine, column: 1)
    caption = cell.options.figCap.map {
      document.addInline($0, place: place, label: cell.label)
    }
    subcaptions = cell.options.figSubcap.map {
      document.addInline($0, place: place, label: cell.label)
    }
    tableCaption = cell.options.tblCap.map {
      document.addInline($0, place: place, label: cell.label)
    }
    for output in run?.outputs ?? [] {
      switch output.content {
      case .figure(let svg, _, _, let description):
        shown.append(.figure(svg: svg, description: description))
      case .text(let text):
        shown.append(.text(text))
      case .markdown(let text):
        shown.append(.markdown(document.addBlock(text, place: place, label: cell.label)))
      case .table(let head, let rows):
        func text(_ cell: String) -> Text {
          guard cell.contains("$") else { return .plain(cell) }
          return .formula(
            document.addInline(cell.escapedForMarkdown, place: place, label: self.cell.label))
        }
        shown.append(.table(head: head.map(text), rows: rows.map { $0.map(text) }))
      }
    }
  }
}
