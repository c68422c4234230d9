import LessonWire

/// Shows a value as text: its `description`.
///
/// - Parameter id: the same id again replaces what was shown before.
public func show(_ value: some Any, id: String? = nil) {
  emit(.text(String(describing: value)), id: id)
}

/// Shows a table.
///
/// - Parameter id: the same id again replaces what was shown before.
public func show(_ table: Table, id: String? = nil) {
  emit(.table(head: table.head, rows: table.rows), id: id)
}

/// Shows Markdown as prose; it may hold `$math$`.
///
/// - Parameters:
///   - markdown: the text; raw HTML in it is shown as text.
///   - id: the same id again replaces what was shown before.
public func show(markdown: String, id: String? = nil) {
  emit(.markdown(markdown), id: id)
}

/// Sends an output to the engine; without one, writes it where a reader of the terminal finds it.
func emit(_ content: Output.Content, id: String?) {
  let id = id ?? LessonProcess.nextOutputID()
  guard LessonProcess.hasEngine else {
    FreeStanding.show(content, id: id)
    return
  }
  LessonProcess.send(.output(Output(id: id, cell: LessonProcess.cell, content: content)))
}
