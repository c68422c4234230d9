/// Where a budget K stands against what a target P and a model Q allow (2025 deck, Theorem 3.2 and its missing
/// hypotheses).
public enum BudgetRegime: Sendable, Hashable {
  /// `K < 1 / Q(p > 0)`: the model puts too much mass off the target's support for any constant `c_K` to exist.
  /// The optimum accepts all of `p > 0` and fills the rest of the rate off the support.
  case belowPrecision
  /// `1 / Q(p > 0) <= K <= M / P(q > 0)`: the printed theorem holds, with `c_K >= 1`.
  case binding
  /// `K > M / P(q > 0)`: plain rejection sampling already accepts more than `1 / K`; equality would force `c_K < 1`.
  case slack
}
