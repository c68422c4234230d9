extension Ledger {
  /// The claims that fail as printed and on which the given one rests, directly or not, in the ledger's order.
  public static func failingFoundations(of claim: Claim, in claims: [Claim] = claims) -> [Claim] {
    let byID = Dictionary(claims.map { ($0.id, $0) }) { first, _ in first }
    var reached: Set<String> = []
    var open = claim.restsOn
    while let id = open.popLast() {
      guard reached.insert(id).inserted else { continue }
      open += byID[id]?.restsOn ?? []
    }
    return claims.filter { reached.contains($0.id) && $0.verdict == .fails }
  }

  /// What is wrong with the entries themselves, one sentence each; none when the ledger is consistent.
  public static func faults(in claims: [Claim] = claims) -> [String] {
    var faults: [String] = []
    var seen: Set<String> = []
    for claim in claims {
      if !seen.insert(claim.id).inserted { faults.append("\(claim.id): two entries have this id") }
      faults += self.faults(of: claim).map { "\(claim.id): \($0)" }
    }
    for claim in claims {
      for id in claim.restsOn where !seen.contains(id) {
        faults.append("\(claim.id): it rests on \(id), which is not in the ledger")
      }
    }
    for claim in claims where isCircular(claim, in: claims) {
      faults.append("\(claim.id): it rests on itself")
    }
    return faults
  }

  private static func faults(of claim: Claim) -> [String] {
    func expects(_ form: Check.Form, toHold holds: Bool) -> Bool {
      claim.checks.contains { $0.form == form && $0.isExpectedToHold == holds }
    }
    var faults: [String] = []
    let isPlain = claim.id.utf8.allSatisfy {
      ("a"..."z").contains(UnicodeScalar($0)) || ("0"..."9").contains(UnicodeScalar($0))
        || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
    }
    if claim.id.isEmpty || !isPlain {
      faults.append("an id is made of small letters, digits, - and .")
    }
    for (name, text) in [
      ("title", claim.title), ("source", claim.source), ("statement", claim.statement),
      ("remark", claim.remark),
    ] where text.allSatisfy(\.isWhitespace) { faults.append("the \(name) is empty") }
    if claim.checks.isEmpty { faults.append("it has no check") }
    let isFalse = expects(.printed, toHold: false)
    switch claim.verdict {
    case .holds:
      if isFalse { faults.append("it holds, but a printed check is expected to fail") }
      if claim.correction != nil { faults.append("it holds, but has a correction") }
    case .needsHypotheses:
      let isDropped = claim.checks.contains { check in
        if case .without = check.form { !check.isExpectedToHold } else { false }
      }
      if !isFalse && !isDropped {
        faults.append("no check without a hypothesis is expected to fail")
      }
      if !expects(.corrected, toHold: true) {
        faults.append("no corrected check is expected to hold")
      }
    case .fails:
      if !isFalse { faults.append("it fails, but no printed check is expected to fail") }
    case .misprint:
      if !expects(.corrected, toHold: true) {
        faults.append("no corrected check is expected to hold")
      }
    case .empirical: break
    }
    if expects(.corrected, toHold: false) {
      faults.append("a corrected check is expected to fail")
    }
    if claim.verdict != .holds, claim.verdict != .empirical, claim.correction == nil {
      faults.append("there is no correction")
    }
    return faults
  }

  private static func isCircular(_ claim: Claim, in claims: [Claim]) -> Bool {
    let byID = Dictionary(claims.map { ($0.id, $0) }) { first, _ in first }
    var reached: Set<String> = []
    var open = claim.restsOn
    while let id = open.popLast() {
      if id == claim.id { return true }
      guard reached.insert(id).inserted else { continue }
      open += byID[id]?.restsOn ?? []
    }
    return false
  }
}
