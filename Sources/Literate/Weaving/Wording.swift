internal import LessonWire

/// The words that the engine puts on a page, in the lesson's language.
struct Wording {
  private let isFrench: Bool

  /// The words for a BCP 47 tag: French, and English for every other language.
  init(lang: String) {
    isFrench = lang.lowercased().hasPrefix("fr")
  }

  func name(of kind: Anchor.Kind) -> String {
    switch kind {
    case .figure: "Figure"
    case .table: pick("Table", "Tableau")
    case .equation: pick("Equation", "Équation")
    case .section: "Section"
    case .theorem: pick("Theorem", "Théorème")
    case .definition: pick("Definition", "Définition")
    case .lemma: pick("Lemma", "Lemme")
    case .proposition: "Proposition"
    case .corollary: pick("Corollary", "Corollaire")
    case .remark: pick("Remark", "Remarque")
    case .example: pick("Example", "Exemple")
    case .exercise: pick("Exercise", "Exercice")
    }
  }

  func name(of evidence: Evidence) -> String {
    switch evidence {
    case .exact: pick("exact", "exact")
    case .exhaustive: pick("exhaustive", "exhaustif")
    case .quadrature: pick("quadrature", "quadrature")
    case .property: pick("property", "propriété")
    case .simulation: pick("simulation", "simulation")
    }
  }

  /// French sets a space before it.
  var colon: String { pick(":", "\u{A0}:") }

  var proof: String { pick("Proof", "Preuve") }
  var proofOf: String { pick("Proof of", "Preuve :") }
  var solution: String { "Solution" }
  var hint: String { pick("Hint", "Indication") }
  var contents: String { pick("Contents", "Sommaire") }
  var skip: String { pick("Skip to the text", "Aller au texte") }
  var code: String { "Code" }
  var objectives: String { pick("After this lesson you can", "Après cette leçon vous saurez") }
  var prerequisites: String { pick("You need", "Prérequis") }
  var follows: String { pick("Follows", "D’après") }
  var minutes: String { "min" }
  var claims: String { pick("Claims of this lesson", "Énoncés de cette leçon") }
  var holds: String { pick("Holds", "Vrai") }
  var fails: String { pick("Fails", "Faux") }
  var notChecked: String { pick("Not checked", "Non vérifié") }
  var notRun: String { pick("Not run", "Non exécuté") }
  var cached: String { pick("cached", "en cache") }
  var printed: String { pick("Printed text", "Texte affiché") }
  var messages: String { pick("Messages", "Messages") }
  var to: String { pick("to", "à") }
  var logarithmic: String { pick("logarithmic", "logarithmique") }
  var restsOn: String { pick("Rests on", "Repose sur") }
  var whichFails: String { pick("which fails", "qui est faux") }
  var line: String { pick("line", "ligne") }
  var column: String { pick("column", "colonne") }
  var hintLabel: String { pick("What to do", "Que faire") }

  func problems(_ count: Int) -> String {
    pick(
      count == 1 ? "This lesson has an error" : "This lesson has \(count) errors",
      count == 1 ? "Cette leçon contient une erreur" : "Cette leçon contient \(count) erreurs")
  }

  func summary(_ claims: ClaimSummary) -> String {
    guard isFrench else { return claims.text }
    func many(_ count: Int, _ word: String, plural: String) -> String {
      "\(count) \(count < 2 ? word : plural)"
    }
    return many(claims.holding, "vrai", plural: "vrais") + ", \(claims.failing) faux, "
      + many(claims.unchecked, "non vérifié", plural: "non vérifiés")
  }

  private func pick(_ english: String, _ french: String) -> String {
    isFrench ? french : english
  }
}
