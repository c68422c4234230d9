public import Distributions
import LessonWire

/// The running cell's own random generator: from its `seed` option, else from the lesson's seed and
/// the cell's label.
///
/// Editing, adding or removing another cell never changes its numbers. Each call starts the same
/// stream again: keep the generator in a variable.
public func cellGenerator() -> SeededGenerator {
  let session = LessonProcess.session
  let cell = LessonProcess.cell
  if let seed = session.cells[cell]?.seed { return SeededGenerator(seed: seed) }
  return SeededGenerator(seed: session.seed, stream: cell)
}
