/// Why a figure cannot be drawn: what is wrong, in which mark or panel, and what to do.
public enum PlotError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A figure or panel has nothing to draw.
  case noMarks(panel: String)
  /// A mark was given no data.
  case emptyData(mark: String)
  /// Two columns of a mark's data have different lengths.
  case mismatchedCounts(mark: String, detail: String)
  /// A coordinate or a function's value is NaN or infinite.
  case nonFinite(mark: String, detail: String)
  /// A logarithmic axis was given a value that is zero or negative.
  case nonPositive(mark: String, axis: String, value: Double)
  /// A range is empty, infinite, or too narrow for its magnitude.
  case invalidRange(axis: String, detail: String)
  /// A width, height, scale or other setting is out of its bounds.
  case invalidSetting(name: String, detail: String)
  /// The TeX of a label cannot be read.
  case invalidLabel(label: String, detail: String)
  /// The function of a mark threw.
  case functionFailed(mark: String, detail: String)
  /// PLplot's driver for the format is not installed.
  case missingDriver(format: String, package: String)
  /// PLplot refused an operation or could not write.
  case renderer(detail: String)

  /// The message for the author.
  public var description: String {
    switch self {
    case .noMarks(let panel):
      "\(panel) has no marks: put at least one Line, Points, Bars, ... in its braces"
    case .emptyData(let mark): "\(mark) has no data: give it at least one value"
    case .mismatchedCounts(let mark, let detail): "\(mark): \(detail)"
    case .nonFinite(let mark, let detail):
      "\(mark): \(detail): leave the value out or narrow the range"
    case .nonPositive(let mark, let axis, let value):
      "\(mark): \(value) has no place on the logarithmic \(axis) axis: "
        + "use positive values or scale: .linear"
    case .invalidRange(let axis, let detail): "\(axis) axis: \(detail)"
    case .invalidSetting(let name, let detail): "\(name): \(detail)"
    case .invalidLabel(let label, let detail): "label \"\(label)\": \(detail)"
    case .functionFailed(let mark, let detail): "\(mark): its function threw: \(detail)"
    case .missingDriver(let format, let package):
      "PLplot has no driver for \(format): install the Debian package \(package)"
    case .renderer(let detail): "PLplot: \(detail)"
    }
  }
}
