/// A path of straight lines only, to be compared by where it runs.
///
/// Which samples of a curve are kept hangs on comparisons that the last bit of another processor's
/// arithmetic can turn; the line that they draw does not.
struct PathLines {
  private typealias Point = SIMD2<Double>
  private var parts: [[Point]] = []
  /// The commands in their order, each once for all its numbers.
  private let commands: String

  /// The lines of a `d` attribute; `nil` if it has curves, or numbers that make no points.
  init?(_ path: PlacingNumbers) {
    commands = path.rest.filter { $0 != "#" }
    var index = 0
    var coordinate: Double?
    for sign in path.rest {
      switch sign {
      case "M", "m": parts.append([])
      case "L", "l": break
      case "Z", "z":
        guard let first = parts.last?.first else { return nil }
        parts[parts.count - 1].append(first)
      case "#":
        guard index < path.values.count, !parts.isEmpty else { return nil }
        let value = path.values[index].value
        index += 1
        if let x = coordinate {
          parts[parts.count - 1].append(Point(x, value))
          coordinate = nil
        } else {
          coordinate = value
        }
      default: return nil
      }
    }
    guard coordinate == nil, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
  }

  /// Whether each part starts and ends where the other's does, and no corner of either lies
  /// further than `tolerance` from the other's lines.
  func agrees(with other: PathLines, within tolerance: Double) -> Bool {
    guard commands == other.commands, parts.count == other.parts.count else { return false }
    return zip(parts, other.parts).allSatisfy { a, b in
      Self.distance(a[0], b[0]) <= tolerance
        && Self.distance(a[a.count - 1], b[b.count - 1]) <= tolerance
        && a.allSatisfy { Self.distance($0, to: b) <= tolerance }
        && b.allSatisfy { Self.distance($0, to: a) <= tolerance }
    }
  }

  private static func distance(_ a: Point, _ b: Point) -> Double {
    ((a - b) * (a - b)).sum().squareRoot()
  }

  private static func distance(_ point: Point, to line: [Point]) -> Double {
    guard line.count > 1 else { return distance(point, line[0]) }
    return zip(line, line.dropFirst()).reduce(.infinity) { least, segment in
      let step = segment.1 - segment.0
      let length = (step * step).sum()
      let along = length > 0 ? ((point - segment.0) * step).sum() / length : 0
      return min(least, distance(point, segment.0 + step * min(max(along, 0), 1)))
    }
  }
}
