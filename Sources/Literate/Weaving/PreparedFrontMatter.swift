/// The front matter's Markdown, on its way through pandoc.
struct PreparedFrontMatter {
  var title: PandocDocument.Fragment
  var subtitle: PandocDocument.Fragment?
  var source: PandocDocument.Fragment?
  var objectives: [PandocDocument.Fragment]
  var prerequisites: [PandocDocument.Fragment]

  init(_ matter: FrontMatter, _ document: inout PandocDocument) {
    title = document.addInline(matter.title)
    subtitle = matter.subtitle.map { document.addInline($0) }
    source = matter.source.map { document.addInline($0) }
    objectives = matter.objectives.map { document.addInline($0) }
    prerequisites = matter.prerequisites.map { document.addInline($0) }
  }
}
