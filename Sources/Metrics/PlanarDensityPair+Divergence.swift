public import Distributions
public import Divergences
public import GSL
import RealModule

extension GeneratorFunction {
  /// `D_f(P || Q) = ∫ q f(p / q)` of two densities in the plane, with a bound on the error.
  public func divergence(
    target: PlanarMixture, model: some PlanarDensity
  ) throws(ParameterError) -> Estimate {
    divergence(try PlanarDensityPair(target: target, model: model))
  }

  /// `D_f(P || Q)` of two densities on their lattice.
  ///
  /// The integrand is `q (f(u) - f(1) - f'(1) (u - 1))` with `u = p / q`, which has the same integral and is nowhere
  /// negative; the kinks of f are corrected as those of a precision–recall curve are.
  public func divergence(_ pair: PlanarDensityPair) -> Estimate {
    let (lattice, atOne, slope) = (pair.lattice, self(1), derivative(1))
    func value(_ index: Int) -> Double {
      let (p, q) = (lattice.target[index], lattice.model[index])
      return max(0, perspective(p, q) - atOne * q - slope * (p - q))
    }
    var sum = lattice.sum(value)
    for atom in curvature.atoms {
      sum = sum + -atom.mass * lattice.kinkExcess(1, atom.location)
    }
    let missing = pair.missing
    let (atEnd, atZero) = (slopeAtInfinity - slope, valueAtZero - atOne + slope)
    let error = sum.spread + atEnd * missing.target + atZero * missing.model
    return Estimate(atOne + max(0, sum.all), error: error)
  }
}
