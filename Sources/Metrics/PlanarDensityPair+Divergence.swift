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
  /// The integrand is `q g(u)` with `u = p / q` and `g(u) = f(u) - f(1) - f'(1) (u - 1)`, which has the same integral and is
  /// nowhere negative; the kinks of f are corrected as those of a precision–recall curve are. To the error of
  /// `PlanarDensityPair` comes what the missing masses may contribute: `g'(infinity)` and `g(0)` of them where these
  /// are finite. Where not, the integrand's decay over the last two frames of the box, each a twentieth of it wide, is continued; an
  /// integral that does not decay there has the error `.infinity`; and a part 1e-7 may be unresolved.
  public func divergence(_ pair: PlanarDensityPair) -> Estimate {
    let (lattice, atOne, slope) = (pair.lattice, self(1), derivative(1))
    let (atEnd, atZero) = (slopeAtInfinity - slope, valueAtZero - atOne + slope)
    func value(_ index: Int) -> Double {
      let (p, q) = (lattice.target[index], lattice.model[index])
      guard lattice.weights[index] > 0 else { return 0 }
      if p > 1e-290 && q > 1e-290 {
        return max(0, perspective(p, q) - atOne * q - slope * (p - q))
      }
      return lattice.weights[index]
        * extremeValue(logTarget: lattice.logTarget[index], logModel: lattice.logModel[index])
    }
    var sum = lattice.sum(value)
    for atom in curvature.atoms {
      sum = sum + -atom.mass * lattice.kinkExcess(1, atom.location)
    }
    guard sum.all < .infinity else { return Estimate(.infinity, error: 0) }
    let missing = pair.missing
    var error = sum.error
    if atEnd < .infinity && atZero < .infinity {
      error += atEnd * missing.target + atZero * missing.model
    } else {
      let unseen = missing.target + missing.model + LatticeTiles.unresolvedMass
      error += pair.continuation(value) + max(1, sum.all) * unseen
    }
    return Estimate(atOne + max(0, sum.all), error: error)
  }

  /// The integrand where a density leaves the range of doubles.
  private func extremeValue(logTarget: Double, logModel: Double) -> Double {
    guard logTarget > -.infinity || logModel > -.infinity else { return 0 }
    if logTarget > logModel {
      guard slopeAtInfinity == .infinity else {
        return (slopeAtInfinity - derivative(1)) * .exp(logTarget)
      }
      guard logModel > -.infinity else { return .infinity }
      return .exp(logTarget + logExcess(atLog: logTarget - logModel))
    }
    guard valueAtZero == .infinity else {
      return (valueAtZero - self(1) + derivative(1)) * .exp(logModel)
    }
    guard logTarget > -.infinity else { return .infinity }
    return .exp(logModel + logExcess(atLog: logTarget - logModel))
  }
}

extension PlanarDensityPair {
  /// The integral outside of the box when it goes on to fall as it does from the second outermost frame to the outermost.
  func continuation(_ value: (Int) -> Double) -> Double {
    var frames = SIMD2<Double>.zero
    for (tile, place) in lattice.places.enumerated() {
      for row in 0..<LatticeTiles.side {
        for column in 0..<LatticeTiles.side {
          let node = lattice.node(place, row, column)
          let depth = pointwiseMin((node - box.low) / box.size, (box.high - node) / box.size).min()
          guard depth < 0.1 else { continue }
          frames[depth < 0.05 ? 0 : 1] += value(LatticeTiles.start(tile, row: row) + column)
        }
      }
    }
    let (outer, inner) = (frames[0], frames[1])
    guard outer > 1e-300 else { return 0 }
    return outer < 0.7 * inner ? outer * outer / (inner - outer) : .infinity
  }
}
