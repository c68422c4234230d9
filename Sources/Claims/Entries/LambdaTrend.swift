import Distributions

extension Claim {
  /// Both decks, under the tables: a trend of the numbers, not a theorem.
  static let lambdaTrend = Claim(
    id: "lambda-trend",
    title: "When lambda increases, precision rises and recall falls",
    source: "2024 deck, slide Training GANs; 2025 deck, slide Fine-tuning GANs",
    statement: #"""
      When $\lambda$ increases, $\begin{cases}\text{Precision}\uparrow\\ \text{Recall}\downarrow\end{cases}$
      """#,
    verdict: .empirical,
    correction: #"""
      For minimisers $\hat P_\lambda$ of $\mathcal D_{\lambda\text{-PR}}$ in any family: (i) $\max_G\alpha_\lambda$ is nondecreasing and $\max_G\beta_\lambda$ nonincreasing in $\lambda$;
      (ii) for $\lambda_1<\lambda_2$, $[\alpha_{\lambda_2}-\alpha_{\lambda_1}](\hat P_{\lambda_2}) \ge [\alpha_{\lambda_2}-\alpha_{\lambda_1}](\hat P_{\lambda_1})$; (iii) in a finite family on a finite space
      the largest $\lambda$ select the largest $\bar\alpha$, the smallest the largest $\bar\beta$.
      """#,
    remark: #"""
      All four published precisions tend to rise with $\lambda$ and all four recalls to fall; taken together that is no accident. But only ImageNet's
      precision is monotone, and as a statement on minimisers the sentence is false: (ii) adds two optimality inequalities, no more can be had.
      """#,
    restsOn: ["thm-1.5"],
    checks: [
      Check(.printed, .exact, holds: false, on: ModelFamily.arbitrary) { family in
        let (first, second) = (family.optima(family.lower)[0], family.optima(family.upper)[0])
        let (precisions, recalls) = (family.supportPrecisions, family.supportRecalls)
        return "\(family.tex): $\\mathcal D_{\\lambda\\text{-PR}}$ is least for "
          + "$\\hat P_\(first + 1)$ at $\\lambda = \(family.lower.tex)$ and for $\\hat P_\(second + 1)$ at "
          + "$\\lambda = \(family.upper.tex)$, but "
          + "$(\\bar\\alpha,\\bar\\beta)$ goes from "
          + "$(\(precisions[first].tex), \(recalls[first].tex))$ to "
          + "$(\(precisions[second].tex), \(recalls[second].tex))$"
      } _: { family in
        let (first, second) = (family.optima(family.lower), family.optima(family.upper))
        guard first.count == 1, second.count == 1 else { return nil }
        return family.supportPrecisions[first[0]] <= family.supportPrecisions[second[0]]
          && family.supportRecalls[first[0]] >= family.supportRecalls[second[0]]
      },
      Check(.corrected, .exact, holds: true, on: ModelFamily.arbitrary) { family in
        "\(family.tex), $\\lambda = \(family.lower.tex), \(family.upper.tex)$: one of the three fails"
      } _: { family in
        hasMonotoneOptima(family) && hasRevealedPreference(family) && selectsEnds(family)
      },
      Check(.fact("both go up and down again in a family of two"), .exact, holds: true) { _ in
        returnsToTheSameModel()
      },
      Check(.fact("every column of every table is monotone"), .exhaustive, holds: false) { _ in
        firstReversal()
      },
      Check(
        .fact("in each table precision goes with lambda and recall against it"), .exhaustive,
        holds: true
      ) { _ in
        let rows = try TableTrend.all.map { trend in
          guard trend.precision.score > 0, trend.recall.score < 0 else {
            throw ParameterError("table", "trend", value: trend.name, rule: "must have the signs")
          }
          return "\(trend.name) \(trend.precisionText) / \(trend.recallText)"
        }
        return .held(
          cases: 8,
          detail: "tau (two-sided exact p) of precision / recall: " + rows.joined(separator: "; "))
      },
      Check(.fact("each of the eight trends is significant at 5 %"), .exhaustive, holds: false) {
        _ in
        let weak = try TableTrend.all.flatMap { trend in
          [("precision", trend.precision), ("recall", trend.recall)]
            .filter { $0.1.pValues.twoSided > 1 / 20 }
            .map { "\(trend.name) \($0.0) $p = \(Double($0.1.pValues.twoSided).fiveDecimals)$" }
        }
        guard !weak.isEmpty else { return .held(cases: 8, detail: "all below 5 %") }
        return .refuted(
          counterexample: "with so few rows these are not: " + weak.joined(separator: ", "),
          shrinks: 0)
      },
      Check(
        .fact("the four tables together are significant at 1 %, for both"), .exhaustive, holds: true
      ) { _ in
        let pooled = try TableTrend.pooled()
        guard pooled.precision < 1 / 100, pooled.recall < 1 / 100 else {
          return .refuted(counterexample: "$p = \(pooled)$", shrinks: 0)
        }
        return .held(
          cases: 2,
          detail: "sum of the scores, two-sided exact p: precision "
            + "\(Double(pooled.precision).fiveDecimals), recall "
            + "\(Double(pooled.recall).fiveDecimals)")
      },
    ])

  private static func hasMonotoneOptima(_ family: ModelFamily) -> Bool {
    let values = [family.lower, family.upper].map { lambda in
      (lambda: lambda, best: family.precisions(lambda).reduce(0, max))
    }
    return values[0].best <= values[1].best
      && values[0].best / values[0].lambda >= values[1].best / values[1].lambda
  }

  private static func hasRevealedPreference(_ family: ModelFamily) -> Bool {
    let (low, high) = (family.precisions(family.lower), family.precisions(family.upper))
    return family.optima(family.lower).allSatisfy { first in
      family.optima(family.upper).allSatisfy { second in
        high[second] - low[second] >= high[first] - low[first]
      }
    }
  }

  /// Beyond all ratios `q / p` alpha is the support precision, before all of them beta the support recall.
  private static func selectsEnds(_ family: ModelFamily) -> Bool {
    let p = normalized(family.target)
    let ratios = family.models.flatMap { model in
      zip(p, normalized(model)).filter { $0 > 0 && $1 > 0 }.map { $1 / $0 }
    }
    guard let largest = ratios.max(), let smallest = ratios.min() else { return true }
    let (precisions, recalls) = (family.supportPrecisions, family.supportRecalls)
    return family.optima(largest).allSatisfy { precisions[$0] == precisions.max() }
      && family.optima(smallest).allSatisfy { recalls[$0] == recalls.max() }
  }

  private static func returnsToTheSameModel() -> Check.Finding {
    let family = ModelFamily(
      target: [9, 1, 0], models: [[1, 9, 0], [9, 0, 1]], lower: 1 / 8, upper: 8)
    let selected = [1 / 9, 1 / 8, 1, 8, 9].map { (lambda: Rational) in family.optima(lambda) }
    guard selected == [[0], [0, 1], [1], [0, 1], [0]],
      family.supportPrecisions == [1, 9 / 10], family.supportRecalls == [1, 9 / 10]
    else { return .refuted(counterexample: "selected models $\(selected)$", shrinks: 0) }
    return .held(
      cases: 5,
      detail: "P = (9/10, 1/10, 0), A = (1/10, 9/10, 0), B = (9/10, 0, 1/10): A below 1/8, "
        + "B between, A above 8; precision and recall go (1, 1), (9/10, 9/10), (1, 1)")
  }

  private static func firstReversal() -> Check.Finding {
    for table in PublishedTable.all {
      for (before, after) in zip(table.lambdaRows, table.lambdaRows.dropFirst())
      where after.row.precision < before.row.precision || after.row.recall > before.row.recall {
        return .refuted(
          counterexample: "\(table.dataSet): from $\\lambda = \(before.lambda)$ to "
            + "$\(after.lambda)$ precision goes from \(before.row.precision) to "
            + "\(after.row.precision) and recall from \(before.row.recall) to \(after.row.recall)",
          shrinks: 0)
      }
    }
    return .held(cases: PublishedTable.all.count, detail: "all columns are monotone")
  }
}
