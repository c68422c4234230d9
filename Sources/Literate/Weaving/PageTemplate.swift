/// The frame of a page: one HTML file that asks the network for nothing.
struct PageTemplate {
  var matter: FrontMatter
  var header: String
  var contents: String
  var body: String
  var footnotes: String
  var footer: String
  var problems: String

  var html: String {
    let words = Wording(lang: matter.lang)
    return """
      \(Self.head(matter: matter))
      <body>
      <a class="skip" href="#text">\(words.skip)</a>
      <div class="page\(contents.isEmpty ? "" : " with-contents")">
      <header class="title">\(header)</header>
      \(contents)
      <main id="text">
      \(problems)\(body)\(footnotes.isEmpty ? "" : "\n" + footnotes)
      </main>
      \(footer.isEmpty ? "" : "<footer>\(footer)</footer>\n")</div>
      </body>
      </html>

      """
  }

  /// From the doctype to the end of the head.
  ///
  /// The policy forbids every load but inline styles and embedded images, whatever the text holds.
  static func head(matter: FrontMatter) -> String {
    func meta(_ name: String, _ content: String?) -> String {
      guard let content, !content.isEmpty else { return "" }
      let text = Markup.plainText(content.escapedForHTML).escapedForHTML
      return "\n<meta name=\"\(name)\" content=\"\(text)\">"
    }
    let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'"
    return """
      <!DOCTYPE html>
      <html lang="\(matter.lang.escapedForHTML)">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(matter.title.withoutMarkup.escapedForHTML)</title>\
      \(meta("description", matter.description?.withoutMarkup))\
      \(meta("keywords", matter.keywords.joined(separator: ", ")))\
      \(meta("author", matter.authors.map(\.name).joined(separator: ", ")))
      <meta name="generator" content="Lectern">
      <link rel="icon" href="data:,">
      <style>
      \(PageStyle.css)
      </style>
      </head>
      """
  }
}

extension String {
  /// The text without the signs of emphasis, code and formulas, for places that hold plain text.
  var withoutMarkup: String {
    String(filter { !"*`$".contains($0) })
  }
}
