/// A thin line across the panel at one x, its label beside its upper end.
public struct VerticalRule: Mark {
  /// The look that the author asked for.
  public var style = Style()
  private let x: Double

  /// The line at this x.
  public init(x: Double) { self.x = x }

  /// Adds the rule to a panel; throws `PlotError` if its place is not a number.
  public func draw(into drawing: inout Drawing) throws {
    try drawing.check([x], axis: "x", of: name("vertical rule"))
    drawing.layers.append(
      Layer(
        kind: "vertical rule at \(short(x))", label: style.label,
        style: try drawing.resolve(style, width: 1.4, opacity: 1, color: .neutral),
        shapes: [.verticalRule(x)], x: x...x))
  }
}

/// A thin line across the panel at one y, its label above its right end.
public struct HorizontalRule: Mark {
  /// The look that the author asked for.
  public var style = Style()
  private let y: Double

  /// The line at this y.
  public init(y: Double) { self.y = y }

  /// Adds the rule to a panel; throws `PlotError` if its place is not a number.
  public func draw(into drawing: inout Drawing) throws {
    try drawing.check([y], axis: "y", of: name("horizontal rule"))
    drawing.layers.append(
      Layer(
        kind: "horizontal rule at \(short(y))", label: style.label,
        style: try drawing.resolve(style, width: 1.4, opacity: 1, color: .neutral),
        shapes: [.horizontalRule(y)], y: y...y))
  }
}

/// Words at a place in the panel.
public struct Annotation: Mark {
  /// Where the words stand relative to their place.
  public enum Placement: Hashable, Sendable {
    /// Centred on it.
    case center
    /// Above it, centred.
    case above
    /// Below it, centred.
    case below
    /// To its left.
    case left
    /// To its right.
    case right
  }

  /// The look that the author asked for.
  public var style = Style()
  private let text: String
  private let place: Point
  private let placement: Placement

  /// The words at (x, y); `$...$` holds TeX.
  public init(_ text: String, x: Double, y: Double, placement: Placement = .center) {
    (self.text, self.place, self.placement) = (text, Point(x, y), placement)
  }

  /// Adds the words to a panel; throws `PlotError` if their place is not a point.
  public func draw(into drawing: inout Drawing) throws {
    try drawing.check(x: [place.x], y: [place.y], of: "annotation \"\(text)\"")
    let (anchor, lift): (Anchor, Double) =
      switch placement {
      case .center: (.middle, -0.3)
      case .above: (.middle, 0.45)
      case .below: (.middle, -1.2)
      case .left: (.end, -0.3)
      case .right: (.start, -0.3)
      }
    let spaced =
      switch placement {
      case .left: text + "\u{2002}"
      case .right: "\u{2002}" + text
      default: text
      }
    drawing.layers.append(
      Layer(
        kind: "the words \"\(text)\"", label: nil,
        style: try drawing.resolve(style, width: 0, opacity: 1, color: .ink),
        shapes: [.text(spaced, at: place, anchor: anchor, lift: lift)], x: place.x...place.x,
        y: place.y...place.y))
  }
}
