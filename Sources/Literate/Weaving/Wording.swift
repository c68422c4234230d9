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
  var whichFailsAsPrinted: String {
    pick("which fails as printed", "qui est faux tel qu’imprimé")
  }
  var whichIsShaken: String {
    pick("which rests on a claim that fails", "qui repose sur un énoncé faux")
  }
  var undecided: String { pick("Undecided", "Indécis") }
  var differs: String { pick("which differs from the record", "contrairement au registre") }
  var onRecord: String { pick("On record", "Au registre") }
  var counterexample: String { pick("Counterexample", "Contre-exemple") }
  var corrected: String { pick("Corrected statement", "Énoncé corrigé") }
  var complete: String { pick("Complete statement", "Énoncé complet") }
  var necessary: String { pick("Necessary", "Nécessaire") }
  var notNeeded: String { pick("Not needed", "Superflu") }
  var why: String { pick("Why, and how it was checked", "Pourquoi, et comment cela a été vérifié") }
  var heldInCheck: String { pick("holds", "vrai") }
  var refutedInCheck: String { pick("refuted", "réfuté") }
  var seed: String { pick("seed", "graine") }

  func cases(_ count: Int) -> String {
    pick(count == 1 ? "1 case" : "\(count) cases", count < 2 ? "\(count) cas" : "\(count) cas")
  }

  func name(of standing: LedgerVerdict.Standing) -> String {
    switch standing {
    case .holds: holds
    case .needsHypotheses:
      pick("Holds under added hypotheses", "Vrai sous des hypothèses ajoutées")
    case .fails: pick("Fails as printed", "Faux tel qu’imprimé")
    case .misprint: pick("Misprint", "Coquille")
    case .empirical: pick("Empirical", "Empirique")
    }
  }

  func name(of form: LedgerVerdict.Finding.Form) -> String {
    switch form {
    case .printed: pick("As printed", "Tel qu’imprimé")
    case .corrected: corrected
    case .without: pick("Without", "Sans")
    case .fact: pick("Fact", "Fait")
    }
  }

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
    var parts = [many(claims.holding, "vrai", plural: "vrais")]
    if claims.underHypotheses > 0 {
      parts.append(
        many(claims.underHypotheses, "vrai", plural: "vrais") + " sous des hypothèses ajoutées")
    }
    if claims.failingAsPrinted > 0 {
      parts.append(
        "\(claims.failingAsPrinted) faux "
          + (claims.failingAsPrinted < 2 ? "tel qu’imprimé" : "tels qu’imprimés")
          + " (conforme au registre)")
    }
    if claims.misprints > 0 {
      parts.append(many(claims.misprints, "coquille", plural: "coquilles"))
    }
    if claims.empirical > 0 {
      parts.append(many(claims.empirical, "empirique", plural: "empiriques"))
    }
    parts.append("\(claims.failing) faux")
    if claims.differing > 0 {
      parts.append(
        many(claims.differing, "contraire au registre", plural: "contraires au registre"))
    }
    parts.append(many(claims.unchecked, "non vérifié", plural: "non vérifiés"))
    return parts.joined(separator: ", ")
  }

  private func pick(_ english: String, _ french: String) -> String {
    isFrench ? french : english
  }
}
