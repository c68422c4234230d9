/// A colour by its meaning. The palette is that of Okabe and Ito, safe for colour blindness.
public struct Color: Hashable, Sendable {
  let red: UInt8
  let green: UInt8
  let blue: UInt8
  let role: Role

  /// What the colour stands for: a role brings a dash or a marker, so that it is told without colour.
  enum Role: Hashable, Sendable {
    case target, model, overlap, plain
  }

  /// A colour by its sRGB components, each 0...255.
  public init(red: UInt8, green: UInt8, blue: UInt8) {
    self.init(red, green, blue, .plain)
  }

  init(_ red: UInt8, _ green: UInt8, _ blue: UInt8, _ role: Role = .plain) {
    (self.red, self.green, self.blue, self.role) = (red, green, blue, role)
  }

  /// The target distribution: blue, drawn solid.
  public static let target = Color(0, 114, 178, .target)
  /// The model: vermilion, dashed unless the mark says otherwise, diamonds for points.
  public static let model = Color(213, 94, 0, .model)
  /// What target and model share: bluish green.
  public static let overlap = Color(0, 158, 115, .overlap)
  /// What is neither: guides, references, annotations.
  public static let neutral = Color(90, 90, 90)
  /// Text and emphasis: nearly black.
  public static let ink = Color(34, 34, 34)

  /// The `index`-th colour of a set of unordered series; they repeat after seven.
  public static func series(_ index: Int) -> Color {
    let palette = [
      Color(0, 114, 178), Color(230, 159, 0), Color(0, 158, 115), Color(204, 121, 167),
      Color(86, 180, 233), Color(213, 94, 0), Color(34, 34, 34),
    ]
    return palette[((index % palette.count) + palette.count) % palette.count]
  }

  /// The `index`-th of `count` ordered series, from dark violet to green: order shows as lightness.
  public static func ordered(_ index: Int, of count: Int) -> Color {
    let position = count > 1 ? Double(index) / Double(count - 1) : 0
    return viridis(0.85 * position)
  }

  /// The viridis colour at `position` in 0...1 (clamped), for densities.
  public static func viridis(_ position: Double) -> Color {
    let stops: [SIMD3<Double>] = [
      [68, 1, 84], [72, 40, 120], [62, 74, 137], [49, 104, 142], [38, 130, 142],
      [31, 158, 137], [53, 183, 121], [109, 205, 89], [180, 222, 44], [253, 231, 37],
    ]
    let scaled = position.isFinite ? min(max(position, 0), 1) * Double(stops.count - 1) : 0
    let lower = min(Int(scaled), stops.count - 2)
    let rest = scaled - Double(lower)
    let mixed = stops[lower] * (1 - rest) + stops[lower + 1] * rest
    return Color(UInt8(mixed.x.rounded()), UInt8(mixed.y.rounded()), UInt8(mixed.z.rounded()))
  }

  /// The colour mixed with white: 0 is white, 1 the colour itself.
  func tint(_ amount: Double) -> Color {
    func mix(_ component: UInt8) -> UInt8 {
      UInt8((255 + (Double(component) - 255) * min(max(amount, 0), 1)).rounded())
    }
    return Color(mix(red), mix(green), mix(blue), role)
  }
}
