/// What can stand in a figure's braces: a mark, or any value that knows how to be drawn by marks.
///
/// A module makes its type drawable by adding marks and, where it has an opinion, the axes:
/// ```swift
/// extension PrecisionRecallCurve: FigureContent {
///   public func draw(into drawing: inout Drawing) throws {
///     try drawing.add(Line(x: recalls, y: precisions))
///     drawing.suggest(x: Axis("recall", range: 0...1), y: Axis("precision", range: 0...1), equal: true)
///   }
/// }
/// ```
/// It is called when the figure is rendered, so it may be slow and may throw.
public protocol FigureContent {
  /// Adds the content's marks to a panel.
  func draw(into drawing: inout Drawing) throws
}

/// A panel while its contents are being evaluated.
public struct Drawing {
  let panel: String
  var xAxis: Axis
  var yAxis: Axis
  var equal: Bool
  var layers: [Layer] = []
  var bars: [Bars] = []
  private var automaticColors = 0

  init(panel: String, xAxis: Axis, yAxis: Axis, equal: Bool) {
    (self.panel, self.xAxis, self.yAxis, self.equal) = (panel, xAxis, yAxis, equal)
  }

  /// Adds a mark, or anything drawn by marks.
  public mutating func add(_ content: some FigureContent) throws {
    try content.draw(into: &self)
  }

  /// Proposes axes where the author said nothing; what is already decided stays.
  ///
  /// `equal` asks for the same unit of length on both axes.
  public mutating func suggest(x: Axis = Axis(), y: Axis = Axis(), equal: Bool = false) {
    xAxis = xAxis.completed(by: x)
    yAxis = yAxis.completed(by: y)
    self.equal = self.equal || equal
  }

  /// The colour of a mark that asked for none.
  mutating func nextColor() -> Color {
    defer { automaticColors += 1 }
    return .series(automaticColors)
  }
}

/// Collects a panel's contents; `if`, `for` and `switch` are allowed.
@resultBuilder public enum FigureBuilder {
  /// A piece of content.
  public static func buildExpression(_ content: some FigureContent) -> [any FigureContent] {
    [content]
  }
  /// Several pieces made elsewhere.
  public static func buildExpression(_ contents: [any FigureContent]) -> [any FigureContent] {
    contents
  }
  /// Pieces one after the other.
  public static func buildBlock(_ parts: [any FigureContent]...) -> [any FigureContent] {
    parts.flatMap { $0 }
  }
  /// An `if` without `else`.
  public static func buildOptional(_ part: [any FigureContent]?) -> [any FigureContent] {
    part ?? []
  }
  /// The first branch of an `if`.
  public static func buildEither(first part: [any FigureContent]) -> [any FigureContent] { part }
  /// The second branch of an `if`.
  public static func buildEither(second part: [any FigureContent]) -> [any FigureContent] { part }
  /// A `for` loop.
  public static func buildArray(_ parts: [[any FigureContent]]) -> [any FigureContent] {
    parts.flatMap { $0 }
  }
}

/// Collects a figure's panels; `if`, `for` and `switch` are allowed.
@resultBuilder public enum PanelBuilder {
  /// One panel.
  public static func buildExpression(_ panel: Panel) -> [Panel] { [panel] }
  /// Several panels made elsewhere.
  public static func buildExpression(_ panels: [Panel]) -> [Panel] { panels }
  /// Panels one after the other.
  public static func buildBlock(_ parts: [Panel]...) -> [Panel] { parts.flatMap { $0 } }
  /// An `if` without `else`.
  public static func buildOptional(_ part: [Panel]?) -> [Panel] { part ?? [] }
  /// The first branch of an `if`.
  public static func buildEither(first part: [Panel]) -> [Panel] { part }
  /// The second branch of an `if`.
  public static func buildEither(second part: [Panel]) -> [Panel] { part }
  /// A `for` loop.
  public static func buildArray(_ parts: [[Panel]]) -> [Panel] { parts.flatMap { $0 } }
}
