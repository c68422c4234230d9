/// How a check decides, the strongest first.
public enum Evidence: String, Sendable, Codable, Hashable, CaseIterable {
  /// Rational arithmetic, residual zero.
  case exact
  /// All cases of a finite set.
  case exhaustive
  /// Two independent numerical routes and an error bound.
  case quadrature
  /// Random instances: their number and seed are in the finding.
  case property
  /// Samples: their number and the confidence level are in the finding.
  case simulation
}
