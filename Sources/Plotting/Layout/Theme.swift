import RealModule

/// The one look of all figures. Sizes are points of a figure 7 inches wide; wider figures are shown
/// smaller, so their type and lines grow with them.
struct Theme {
  /// Type and lines relative to a figure 7 inches wide.
  let factor: Double

  init(width: Double) { factor = min(max(Double.pow(width / 7, 0.6), 0.72), 3) }

  var tickSize: Double { 14 * factor }
  var labelSize: Double { 15.5 * factor }
  var titleSize: Double { 16 * factor }
  var tickLength: Double { 5 * factor }
  var axisWidth: Double { 1.2 * factor }
  var gridWidth: Double { 0.8 * factor }
  var swatch: Double { 27 * factor }
  var gap: Double { 6 * factor }

  /// From the baseline of a title's line to the next, relative to its size.
  static let leading = 1.2

  let axis = Color(70, 70, 70)
  let grid = Color(230, 230, 230)
  let text = Color.ink
  let white = Color(255, 255, 255)
}
