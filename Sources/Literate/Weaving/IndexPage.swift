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
    var matter = FrontMatter(title: "Lectures on precision and recall of generative models")
    matter.description = "Executable lessons: every theorem checked, every figure computed."
    let claims = lessons.map(\.claims).reduce(ClaimSummary(), +)
    let count = lessons.count == 1 ? "1 lesson" : "\(lessons.count) lessons"
    let items = lessons.map(item).joined(separator: "\n")
    let header =
      "<h1>\(matter.title)</h1><p class=\"subtitle\">\(matter.description ?? "")</p>"
      + "<p class=\"facts\">\(count) · \(claims.text)</p>"
    let body =
      lessons.isEmpty ? "<p>No lessons were found.</p>" : "<ul class=\"lessons\">\n\(items)\n</ul>"
    return PageTemplate(
      matter: matter, header: header, contents: "", body: body, footnotes: "", footer: "",
      problems: ""
    ).html
  }

  private static func item(_ entry: IndexEntry) -> String {
    let matter = entry.frontMatter
    let title = matter.title.withoutMarkup.escapedForHTML
    let language = matter.lang == "en" ? "" : " lang=\"\(matter.lang.escapedForHTML)\""
    var html =
      "<li\(language)><h2><a href=\"\(entry.href.percentEncoded.escapedForHTML)\">\(title)</a></h2>"
    if let text = matter.description ?? matter.subtitle {
      html += "<p>\(text.withoutMarkup.escapedForHTML)</p>"
    }
    var facts: [String] = []
    if let level = matter.level { facts.append(level.escapedForHTML) }
    if let minutes = matter.minutes { facts.append("\(minutes) min") }
    if !facts.isEmpty { html += "<p class=\"source\">\(facts.joined(separator: " · "))</p>" }
    return html
      + "<p class=\"verdict-line\">\(claims(entry.claims)) \(status(entry.status))</p></li>"
  }

  private static func claims(_ claims: ClaimSummary) -> String {
    let fails = claims.failing + claims.differing > 0
    // What fails as recorded is what the lesson means to show.
    let holds = claims.holding + claims.underHypotheses + claims.failingAsPrinted > 0
    let style = fails ? "fail" : holds ? "hold" : "open"
    let sign = fails ? "✗ " : holds ? "✓ " : "○ "
    return "<span class=\"badge \(style)\">\(sign)\(claims.text)</span>"
  }

  private static func status(_ status: IndexEntry.Status) -> String {
    switch status {
    case .ok: ""
    case .warnings(let count):
      "<span class=\"badge open\">\(count == 1 ? "1 warning" : "\(count) warnings")</span>"
    case .errors(let count):
      "<span class=\"badge fail\">✗ \(count == 1 ? "1 error" : "\(count) errors")</span>"
    }
  }
}

extension String {
  /// A relative path as a link: what is neither letter, digit nor `-._~/` becomes `%XX`.
  fileprivate var percentEncoded: String {
    var text = ""
    for byte in utf8 {
      if byte.isLetterOrDigit || "-._~/".utf8.contains(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let hex = String(byte, radix: 16, uppercase: true)
        text += "%" + (hex.utf8.count < 2 ? "0" : "") + hex
      }
    }
    return text
  }
}
