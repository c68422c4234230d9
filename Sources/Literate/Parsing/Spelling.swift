/// Finds what the author probably meant.
public enum Spelling {
  /// The known name nearest to a misspelt one, or nil when none is near.
  ///
  /// Near means: at most a third of the letters, and at most three, inserted, deleted, replaced or
  /// swapped with a neighbour; case and `_` for `-` do not count.
  public static func nearest(to name: String, in known: some Sequence<String>) -> String? {
    let wanted = folded(name)
    var best: (name: String, distance: Int)?
    for candidate in known {
      let distance = distance(wanted, folded(candidate))
      let limit = min(3, max(wanted.count, candidate.count) / 3)
      if distance <= max(1, limit), distance < max(1, wanted.count),
        distance < best?.distance ?? .max
      {
        best = (candidate, distance)
      }
    }
    return best?.name
  }

  private static func folded(_ name: String) -> [Character] {
    name.lowercased().map { $0 == "_" ? "-" : $0 }
  }

  /// The number of insertions, deletions, replacements and swaps of neighbours (optimal string
  /// alignment) that turn one word into the other.
  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...b.count)
    for i in a.indices {
      var current = [i + 1]
      for j in b.indices {
        var cost = min(previous[j + 1], current[j]) + 1
        cost = min(cost, previous[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          cost = min(cost, beforePrevious[j - 1] + 1)
        }
        current.append(cost)
      }
      (beforePrevious, previous) = (previous, current)
    }
    return previous[b.count]
  }
}
