/// `f''` as a measure on `(0, infinity)`: a density with respect to dt, and atoms where f has a kink.
///
/// `D_f = ∫ t D_{1/t} f''(dt)` over the PR-divergences (2025 deck, Theorem 2.6, for every f by atoms).
public struct Curvature: Sendable {
  /// A point mass of f'': a jump of f'.
  public struct Atom: Sendable, Hashable {
    /// The point t where f has the kink, positive.
    public var location: Double
    /// The jump `f'(t+) - f'(t-)`, positive.
    public var mass: Double

    /// A kink at `location` with a jump of f' by `mass`.
    public init(location: Double, mass: Double) {
      self.location = location
      self.mass = mass
    }
  }

  /// The density at t > 0, zero where f is affine.
  public var density: @Sendable (_ t: Double) -> Double
  /// The kinks in increasing order.
  public var atoms: [Atom]
  /// Whether the density comes from differences of f, which rounding spoils for t far from 1.
  public var isNumerical: Bool

  /// A measure with the given density and atoms.
  public init(
    atoms: [Atom] = [], isNumerical: Bool = false,
    density: @escaping @Sendable (_ t: Double) -> Double = { _ in 0 }
  ) {
    self.density = density
    self.atoms = atoms
    self.isNumerical = isNumerical
  }

  /// The weight of the PR-divergence of lambda in the representation of D_f: `f''(1 / lambda) / lambda^3`.
  public func weight(lambda: Double) -> Double {
    density(1 / lambda) / lambda / lambda / lambda
  }
}
