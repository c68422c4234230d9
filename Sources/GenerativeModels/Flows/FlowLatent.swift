import Distributions
import RealModule

/// The law of a flow's latent points.
public enum FlowLatent: Sendable, Hashable, Codable {
  /// The standard normal law of the plane, `exp(-|z|^2 / 2) / (2 pi)`.
  case normal
  /// Hard truncation: the normal law within the disc that holds this part of its mass, of radius
  /// `sqrt(-2 log(1 - mass))`.
  case disc(mass: Double)
  /// Soft truncation: a normal latent times this factor.
  case scaled(Double)

  /// - Throws: `ParameterError` unless the mass lies in (0, 1) or the factor is finite and positive.
  func check() throws(ParameterError) {
    switch self {
    case .normal: break
    case .disc(let mass):
      guard mass > 0, mass < 1 else {
        throw ParameterError(
          "FlowLatent.disc", "mass", value: "\(mass)", rule: "must lie in (0, 1)")
      }
    case .scaled(let factor):
      guard factor > 0, factor.isFinite else {
        throw ParameterError(
          "FlowLatent.scaled", "factor", value: "\(factor)", rule: "must be finite and positive")
      }
    }
  }

  /// The largest squared norm.
  private var squaredRadius: Double {
    if case .disc(let mass) = self { -2 * .log(onePlus: -mass) } else { .infinity }
  }

  /// The log-density.
  func logDensity(_ z: SIMD2<Double>) -> Double {
    let square = (z * z).sum()
    switch self {
    case .normal: return -0.5 * square - .log(2 * .pi)
    case .disc(let mass):
      guard square <= squaredRadius else { return -.infinity }
      return -0.5 * square - .log(2 * .pi * mass)
    case .scaled(let factor):
      return -0.5 * square / factor / factor - .log(2 * .pi) - 2 * .log(factor)
    }
  }

  /// One draw, in polar coordinates: `|z|^2 / 2` is exponential, cut off in a disc.
  func sample(using generator: inout some RandomNumberGenerator) -> SIMD2<Double> {
    let mass = if case .disc(let mass) = self { mass } else { 1.0 }
    let radius = (-2 * Double.log(onePlus: -mass * generator.nextUniform())).squareRoot()
    let angle = 2 * .pi * generator.nextUniform()
    let z = radius * SIMD2(Double.cos(angle), Double.sin(angle))
    return if case .scaled(let factor) = self { factor * z } else { z }
  }
}
