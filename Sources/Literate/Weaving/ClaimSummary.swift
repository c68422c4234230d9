public import LessonWire

/// How a lesson's claims fared, in numbers.
public struct ClaimSummary: Sendable, Hashable {
  /// Claims whose every verdict holds.
  public var holding = 0
  /// Claims with a verdict that fails.
  public var failing = 0
  /// Claims without a verdict.
  public var unchecked = 0

  /// A summary without claims.
  public init() {}

  /// Counts the lesson's claims: its theorems, lemmas, propositions and corollaries with a label,
  /// and whatever else has a verdict.
  public init(lesson: Lesson, verdicts: [Verdict]) {
    let outcomes = Dictionary(grouping: verdicts, by: \.claim)
    let stated = lesson.anchors.filter(\.kind.isClaim).map(\.id)
    unchecked = stated.count { outcomes[$0] == nil }
    failing = outcomes.values.count { $0.contains { !$0.holds } }
    holding = outcomes.count - failing
  }

  /// The sum of two lessons' claims.
  public static func + (left: Self, right: Self) -> Self {
    var sum = left
    sum.holding += right.holding
    sum.failing += right.failing
    sum.unchecked += right.unchecked
    return sum
  }

  /// "3 claims hold, 1 fails, 2 not checked".
  public var text: String {
    if holding + failing + unchecked == 0 { return "no claims" }
    var parts: [String] = []
    if holding > 0 { parts.append(holding == 1 ? "1 claim holds" : "\(holding) claims hold") }
    if failing > 0 { parts.append(failing == 1 ? "1 fails" : "\(failing) fail") }
    if unchecked > 0 { parts.append("\(unchecked) not checked") }
    return parts.joined(separator: ", ")
  }
}
