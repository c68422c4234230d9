import LessonWire
public import Plotting

/// Shows a figure, in the size that the cell's `fig-width` and `fig-height` ask for.
///
/// A figure that cannot be drawn ends the lesson with a message at this call.
///
/// - Parameter id: the same id again replaces what was shown before.
public func show(_ figure: Figure, id: String? = nil) {
  let session = LessonProcess.session
  let settings = session.cells[LessonProcess.cell]
  let figure = figure.sized(width: settings?.figWidth, height: settings?.figHeight)
  do {
    emit(
      .figure(
        svg: try figure.svg(), png: session.wantsPNG ? Blob(try figure.png()) : nil,
        pdf: session.wantsPDF ? Blob(try figure.pdf()) : nil, description: figure.description),
      id: id)
  } catch {
    LessonProcess.fail("the figure cannot be drawn: \(error)")
  }
}
