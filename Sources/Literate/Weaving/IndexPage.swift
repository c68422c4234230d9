/// One lesson on the index page.
public struct IndexEntry: Sendable {
  /// How rendering the lesson ended.
  public enum Status: Sendable {
    /// Nothing is wrong.
    case ok
    /// There are warnings.
    case warnings(Int)
    /// There are errors; the page shows them in their place.
    case errors(Int)
  }

  /// The lesson's metadata.
  public var frontMatter: FrontMatter
  /// The link to its page, relative to the index.
  public var href: String
  /// How its claims fared.
  public var claims: ClaimSummary
  /// How rendering ended.
  public var status: Status

  /// An entry for a rendered lesson.
  public init(frontMatter: FrontMatter, href: String, claims: ClaimSummary, status: Status) {
    self.frontMatter = frontMatter
    self.href = href
    self.claims = claims
    self.status = status
  }
}

/// The page that lists the lessons.
public enum IndexPage {
  /// The index as one offline HTML file, lessons in the order given.
  public static func html(lessons: [IndexEntry]) -> String {
    lessons.map(\.href).joined(separator: "\n")
  }
}
