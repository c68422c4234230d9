/// How a line is broken.
public enum Dash: Hashable, Sendable {
  /// Unbroken.
  case solid
  /// Long strokes.
  case dashed
  /// Dots.
  case dotted
  /// A stroke and a dot in turn.
  case dashDotted

  /// Lengths of strokes and gaps, in line widths.
  var pattern: [Double] {
    switch self {
    case .solid: []
    case .dashed: [4.5, 2.2]
    case .dotted: [1, 1.8]
    case .dashDotted: [4.5, 1.8, 1, 1.8]
    }
  }
}

/// The shape that marks a point.
public enum Marker: Hashable, Sendable {
  /// A filled disc.
  case circle
  /// A filled square.
  case square
  /// A filled square on its corner.
  case diamond
  /// A filled triangle.
  case triangle
  /// A ring with a white middle.
  case ring
}

/// What a mark looks like; what is `nil` follows from the mark's kind and its colour's role.
public struct Style: Sendable {
  var color: Color?
  var label: String?
  var dash: Dash?
  var width: Double?
  var opacity: Double?
  var marker: Marker?

  /// A style that decides nothing.
  public init() {}
}

/// Something drawn from data in a panel. All marks share these modifiers.
public protocol Mark: FigureContent {
  /// The look that the author asked for.
  var style: Style { get set }
}

extension Mark {
  /// Draws the mark in this colour.
  public func color(_ color: Color) -> Self { with { $0.color = color } }
  /// Names the mark in the legend; `$...$` holds TeX.
  public func label(_ label: String) -> Self { with { $0.label = label } }
  /// Breaks the mark's line.
  public func dash(_ dash: Dash) -> Self { with { $0.dash = dash } }
  /// Sets the line's width or the point's diameter, in points of a figure 7 inches wide.
  public func width(_ width: Double) -> Self { with { $0.width = width } }
  /// Sets the opacity, 0 (invisible) to 1.
  public func opacity(_ opacity: Double) -> Self { with { $0.opacity = opacity } }
  /// Sets the shape of points.
  public func marker(_ marker: Marker) -> Self { with { $0.marker = marker } }

  private func with(_ change: (inout Style) -> Void) -> Self {
    var copy = self
    change(&copy.style)
    return copy
  }

  /// The mark's name in an error message.
  func name(_ kind: String) -> String {
    style.label.map { "\(kind) \"\($0)\"" } ?? kind
  }
}
