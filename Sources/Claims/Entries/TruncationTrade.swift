extension Claim {
  /// 2025 deck, "with better performances than truncation": in precision and recall, but for one row.
  static let truncationTrade = Claim(
    id: "truncation-trade",
    title: "Better than truncation",
    source: "2025 deck, slide Fine-tuning GANs",
    statement:
      #"Tuning by $\lambda$ trades precision for recall "with better performances than truncation"."#,
    verdict: .empirical,
    correction: #"""
      In precision and recall: each of the ten truncation rows but one (FFHQ, soft, $\psi = 0.5$: precision 84.48) has some $\lambda$ row that is better in
      both. In FID only on FFHQ; on ImageNet truncation at $\psi = 2$ has 9.69, the best $\lambda$ 9.92.
      """#,
    remark: #"""
      On ImageNet truncation is no trade at all: each truncation row has lower precision *and* lower recall than the untouched model. The $\lambda$
      rows 0.2 and 0.5 are each better than all five.
      """#,
    checks: [
      Check(.printed, .exhaustive, holds: false) { _ in
        let (undominated, cases) = undominatedRows()
        guard let (table, row) = undominated.first else {
          return .held(cases: cases, detail: "each truncation row is dominated by a lambda row")
        }
        let best = table.lambdaRows.map(\.row.precision).max() ?? 0
        return .refuted(
          counterexample: "\(table.dataSet), \(name(row.method)): precision \(row.precision), "
            + "recall \(row.recall); the largest precision of a $\\lambda$ row is \(best)",
          shrinks: 0)
      },
      Check(.corrected, .exhaustive, holds: true) { _ in
        let (undominated, cases) = undominatedRows()
        let exceptions = undominated.map { "\($0.table.dataSet), \(name($0.row.method))" }
        guard exceptions == ["FFHQ, soft, psi = 0.5"] else {
          return .refuted(counterexample: exceptions.joined(separator: "; "), shrinks: 0)
        }
        return .held(cases: cases, detail: "\(cases - 1) of \(cases) rows; not \(exceptions[0])")
      },
      Check(
        .fact(#"one $\lambda$ row of ImageNet is better than all its truncation rows"#),
        .exhaustive,
        holds: true
      ) { _ in
        let rows = PublishedTable.imageNet.truncationRows
        let best = PublishedTable.imageNet.lambdaRows.filter { better in
          rows.allSatisfy { dominates(better.row, $0) }
        }
        guard !best.isEmpty else {
          return .refuted(counterexample: "no row dominates all \(rows.count)", shrinks: 0)
        }
        return .held(
          cases: rows.count,
          detail: "lambda = " + best.map { "\($0.lambda)" }.joined(separator: " and ")
            + " against \(rows.count) rows")
      },
      Check(
        .fact(#"the best $\lambda$ row has a lower FID than every truncation row"#), .exhaustive,
        holds: false
      ) { _ in
        for table in [PublishedTable.imageNet, .ffhq] {
          let best = table.lambdaRows.map(\.row.fid).min() ?? .infinity
          if let row = table.truncationRows.first(where: { $0.fid < best }) {
            return .refuted(
              counterexample: "\(table.dataSet), \(name(row.method)): FID \(row.fid) < \(best)",
              shrinks: 0)
          }
        }
        return .held(cases: 2, detail: "on both data sets")
      },
      Check(
        .fact("on ImageNet truncation lowers both precision and recall"), .exhaustive, holds: true
      ) { _ in
        let baseline = PublishedTable.imageNet.rows[0]
        let rows = PublishedTable.imageNet.truncationRows
        guard rows.allSatisfy({ dominates(baseline, $0) }) else {
          return .refuted(counterexample: "a row is not below the baseline", shrinks: 0)
        }
        return .held(cases: rows.count, detail: "all \(rows.count) rows are below 28.04 and 41.21")
      },
    ])

  /// Whether a row has higher precision and higher recall than another.
  private static func dominates(_ row: PublishedTable.Row, _ other: PublishedTable.Row) -> Bool {
    row.precision > other.precision && row.recall > other.recall
  }

  /// The truncation rows that no lambda row of their table dominates, and the number of truncation rows.
  private static func undominatedRows() -> (
    rows: [(table: PublishedTable, row: PublishedTable.Row)], cases: Int
  ) {
    let pairs = [PublishedTable.imageNet, .ffhq].flatMap { table in
      table.truncationRows.map { (table: table, row: $0) }
    }
    let undominated = pairs.filter { pair in
      !pair.table.lambdaRows.contains { dominates($0.row, pair.row) }
    }
    return (undominated, pairs.count)
  }

  private static func name(_ method: PublishedTable.Method) -> String {
    switch method {
    case .baseline: "baseline"
    case .lambda(let value): "lambda = \(value)"
    case .softTruncation(let value): "soft, psi = \(value)"
    case .hardTruncation(let value): "hard, psi = \(value)"
    case .acceptanceRate(let value): "1/K = \(value)"
    }
  }
}
