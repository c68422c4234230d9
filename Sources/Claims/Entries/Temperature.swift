import Distributions
import RealModule

extension Claim {
  /// 2025 deck, "Temperature scaling": the normalising sum runs over the wrong set.
  static let temperature = Claim(
    id: "temperature",
    title: "Temperature scaling",
    source: "2025 deck, slide Temperature scaling",
    statement: #"""
      $\hat P^t(x_l|x_{<i}) = \hat P(x_l|x_{<i})^{1/t} \big/ \sum_{x_i\in\mathcal V^L}\hat P(x_i|x_{<i})^{1/t}$ for a token $x_l$ and $t > 0$.
      """#,
    verdict: .misprint,
    correction: #"""
      $\hat P^t(x_l|x_{<l}) = \hat P(x_l|x_{<l})^{1/t} / Z$ with $Z = \sum_{v\in\mathcal V}\hat P(v|x_{<l})^{1/t}$: the sum runs over the
      **tokens** $v\in\mathcal V$ after the same prefix $x_{<l}$, not over the sequences in $\mathcal V^L$.
      """#,
    remark: #"""
      $t\to 0$ leaves the most likely tokens, $t = 1$ changes nothing, $t\to\infty$ is uniform on the support. The support is the same at
      every $t$, so support recall is constant; and a lower temperature need not raise precision.
      """#,
    restsOn: ["def-1.3"],
    checks: [
      Check(.printed, .exact, holds: false, on: TemperedTokens.arbitrary.and(lengths)) {
        (tokens, length) in
        "$|\\mathcal V| = \(tokens.base.count)$, $L = \(length)$, "
          + "$\\hat P = \(texVector(tokens.law(tokens.hot)))$, $t = \\tfrac12$: with the sum over "
          + "$\\mathcal V^L$ the weights add up to $\(total(tokens, length).tex)$"
      } _: { (tokens, length) in
        total(tokens, length) == 1
      },
      check(.corrected, #"it sums to 1, composes, and is the law itself at $t = 1$"#) { tokens in
        let law = tokens.law(tokens.hot)
        let cold = tokens.law(tokens.cold)
        // base^hot at 1/t = 2 is base^(2 hot); at t = 1 it is itself.
        return cold.reduce(0, +) == 1 && tempered(law, 1) == law
          && tempered(law, 2) == tokens.law(2 * tokens.hot)
          && tempered(tempered(law, 2), 3) == tempered(law, 6)
      },
      fact(#"the support, and with it $\bar\beta$, is the same at every $t$"#) { tokens in
        let laws = [tokens.hot, tokens.cold].map { tokens.law($0) }
        let recalls = laws.map { law in
          zip(normalized(tokens.target), law).reduce(Rational(0)) { $0 + ($1.1 > 0 ? $1.0 : 0) }
        }
        return laws[0].map { $0 > 0 } == laws[1].map { $0 > 0 } && recalls[0] == recalls[1]
      },
      fact("colder raises the largest weight and lowers the smallest positive one") { tokens in
        let laws = [tokens.hot, tokens.cold].map { tokens.law($0).filter { $0 > 0 } }
        guard let largest = (laws[0].max().map { $0 <= laws[1].max() ?? 0 }),
          let smallest = (laws[0].min().map { $0 >= laws[1].min() ?? 0 })
        else { return false }
        return largest && smallest
      },
      fact("colder never raises the entropy") { tokens in
        let hot = LogarithmSum.entropy(of: tokens.law(tokens.hot))
        return (hot - .entropy(of: tokens.law(tokens.cold))).sign >= 0
      },
      fact(
        #"$t\to 0$ leaves the most likely tokens, $n$ others of ratio $\le r$ keep $\le n\,r^{1/t}$"#
      ) { tokens in
        let exponent = 40
        let largest = tokens.base.max() ?? 1
        let rest = tokens.base.filter { $0 < largest }
        let law = tokens.law(exponent)
        let mass = zip(tokens.base, law).reduce(Rational(0)) { $0 + ($1.0 < largest ? $1.1 : 0) }
        let ratio = Rational(rest.max() ?? 0) / Rational(largest)
        return mass <= (0..<exponent).reduce(Rational(rest.count)) { power, _ in power * ratio }
      },
      fact(
        #"$t\to\infty$ is uniform on the support, within $e^{d/t} - 1$, $d = \log r_{\max}$"#
      ) { tokens in
        let temperature = 1e6
        let positive = tokens.base.filter { $0 > 0 }.map(Double.init)
        let powers = positive.map { Double.exp(.log($0) / temperature) }
        let sum = powers.reduce(0, +)
        let spread = Double.log((positive.max() ?? 1) / (positive.min() ?? 1))
        let uniform = 1 / Double(positive.count)
        let allowed = uniform * Double.expMinusOne(spread / temperature) + 1e-15
        return powers.allSatisfy { ($0 / sum - uniform).magnitude <= allowed }
      },
      Check(
        .fact(#"a lower temperature never lowers $\bar\alpha$"#), .exact, holds: false,
        on: TemperedTokens.arbitrary
      ) { tokens in
        let (hot, cold) = precisions(tokens)
        return "\(tokens.tex): $\\bar\\alpha$ falls from $\(hot.tex)$ to $\(cold.tex)$"
      } _: { tokens in
        let (hot, cold) = precisions(tokens)
        return hot <= cold
      },
      Check(
        .fact("tempering each token is tempering the sentence"), .exact, holds: false,
        on: TwoTokenModel.arbitrary
      ) { model in
        "\(model.tex), $t = \\tfrac12$: token by token $\(texVector(model.conditionalsTempered(2)))$, "
          + "the sentence as a whole $\(texVector(model.jointTempered(2)))$"
      } _: { model in
        model.conditionalsTempered(2) == model.jointTempered(2)
      },
      Check(
        .fact("it is if and only if the normalisers are the same after each prefix"), .exact,
        holds: true, on: TwoTokenModel.arbitrary
      ) { model in
        "\(model.tex), $t = \\tfrac12$"
      } _: { model in
        model.hasEqualNormalisers(2)
          == (model.conditionalsTempered(2) == model.jointTempered(2))
      },
    ])

  private static let lengths = Arbitrary<Int> { generator, _ in
    1 + Int(generator.next() % 4)
  } shrink: { length in
    Array(1..<length)
  }

  /// The sum of the tempered weights when the normaliser adds the l-th factor of every sequence in `V^L`.
  private static func total(_ tokens: TemperedTokens, _ length: Int) -> Rational {
    let powers = tokens.law(tokens.hot).map { weight in
      // At 1/t = 2; each token is the l-th of |V|^(L - 1) sequences.
      weight * weight
    }
    let sum = powers.reduce(0, +)
    let copies = (1..<length).reduce(Rational(1)) { power, _ in power * Rational(powers.count) }
    return sum / (sum * copies)
  }

  private static func tempered(_ law: [Rational], _ exponent: Int) -> [Rational] {
    let powers = law.map { weight in
      (0..<exponent).reduce(Rational(1)) { power, _ in power * weight }
    }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// The model's mass on the target's support at both temperatures.
  private static func precisions(_ tokens: TemperedTokens) -> (hot: Rational, cold: Rational) {
    let masses = [tokens.hot, tokens.cold].map { exponent in
      zip(tokens.target, tokens.law(exponent)).reduce(Rational(0)) {
        $0 + ($1.0 > 0 ? $1.1 : 0)
      }
    }
    return (masses[0], masses[1])
  }

  private static func fact(
    _ text: String, _ property: @escaping @Sendable (TemperedTokens) -> Bool
  ) -> Check { check(.fact(text), text, property) }

  private static func check(
    _ form: Check.Form, _ text: String, _ property: @escaping @Sendable (TemperedTokens) -> Bool
  ) -> Check {
    Check(form, .exact, holds: true, on: TemperedTokens.arbitrary) { tokens in
      "\(tokens.tex): it is not true that \(text)"
    } _: {
      property($0)
    }
  }
}
