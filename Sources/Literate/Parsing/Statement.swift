/// A `:::` div that is a theorem, definition, proof and so on.
struct Statement {
  /// The attributes that such a div may have.
  static let keys = ["title", "source", "uses", "of", "claim"]
  private static let kinds: [String: Anchor.Kind] = [
    "theorem": .theorem, "definition": .definition, "lemma": .lemma, "proposition": .proposition,
    "corollary": .corollary, "remark": .remark, "example": .example, "exercise": .exercise,
  ]

  /// "theorem", "proof", ….
  var name: String
  /// Its kind; nil for a proof.
  var kind: Anchor.Kind?
  var id: String?
  var title: String?
  var source: String?
  /// Labels of the statements that this one rests on.
  var uses: [String]
  /// What a proof proves.
  var of: String?
  /// The claims of the ledger that it states.
  var claims: [String]
  /// Whether it has no text of its own.
  var isEmpty = false

  /// The statement that a div's class, or its label's prefix, makes it; nil for another div.
  init?(_ attributes: Attributes) {
    let prefix = attributes.id.map { String($0.name.prefix { $0 != "-" }) }
    if let name = attributes.classes.first(where: { Self.kinds[$0] != nil || $0 == "proof" }) {
      self.name = name
      kind = Self.kinds[name]
    } else if let (name, kind) = Self.kinds.first(where: { $0.value.rawValue == prefix }) {
      self.name = name
      self.kind = kind
    } else {
      return nil
    }
    id = attributes.id?.name
    title = attributes["title"]
    source = attributes["source"]
    uses = Self.names(in: attributes["uses"] ?? "")
    of = attributes["of"]
    claims = Self.names(in: attributes["claim"] ?? "")
  }

  /// The names in an attribute, separated by spaces or commas.
  static func names(in value: String) -> [String] {
    value.split { $0 == " " || $0 == "," }.map(String.init)
  }
}
