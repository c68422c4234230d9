import Distributions
import GSL
import RealModule

/// Whether an integral converges at an end, told from the integrand's logarithm far out.
enum Convergence {
  case converges, diverges
  /// The integrand is within rounding of the edge between the two.
  case undecided
}

/// The integrand near one end, over the logarithm of the distance from it.
///
/// With `tau = log d` in a tail and `tau = -log d` at a point, d the distance, `∫ |g| dx` is `∫ e^h dtau` with
/// `h = log |g| + log d`, and tau grows outward.
struct EndBehaviour<Generator: GeneratorFunction> {
  let integrand: Integrand<Generator>
  let end: DensityPair.End

  /// The outward logarithm of a distance.
  func tau(_ distance: Double) -> Double { end.isTail ? .log(distance) : -.log(distance) }

  private func logDistance(_ tau: Double) -> Double { end.isTail ? tau : -tau }

  /// The distance from the origin.
  func distance(_ tau: Double) -> Double { .exp(logDistance(tau)) }

  /// Where tau is, after rounding, and the logarithm of the true distance there.
  func point(_ tau: Double) -> (x: Double, logDistance: Double) {
    let log = logDistance(tau)
    guard end.origin != 0 else { return (end.side * .exp(log), log) }
    let x = end.origin + end.side * .exp(log)
    let distance = (x - end.origin).magnitude
    return (x, distance > 0 ? .log(distance) : log)
  }

  /// The tau of the point that rounding puts in tau's place.
  func rounded(_ tau: Double) -> Double {
    let logDistance = point(tau).logDistance
    return end.isTail ? logDistance : -logDistance
  }

  /// `h` and the densities at tau.
  func height(_ tau: Double) -> (h: Double, logs: LogDensities) {
    let (x, logDistance) = point(tau)
    let logs = integrand.pair.logDensities(x)
    return (integrand.logMagnitude(logs) + logDistance, logs)
  }

  // MARK: Reach

  /// The furthest tau at which doubles resolve the distance and both log-densities are finite.
  func reach() -> Double {
    let limit: Double
    if end.isTail {
      limit = 690
    } else if end.origin == 0 {
      limit = 690
    } else {
      limit = min(690, -.log(end.origin.magnitude * 0x1p-40))
    }
    let start = tau(end.start)
    guard start < limit else { return start }
    func isFinite(_ tau: Double) -> Bool {
      let logs = integrand.pair.logDensities(point(tau).x)
      return max(logs.target.magnitude, logs.model.magnitude) < 1e300
    }
    if isFinite(limit) { return limit }
    var (low, high) = (start, limit)
    for _ in 0..<24 {
      let middle = (low + high) / 2
      if isFinite(middle) { low = middle } else { high = middle }
    }
    return low
  }

  // MARK: Convergence

  /// Whether the integral converges, by the slope of h far out.
  ///
  /// Where p / q stays on a side on which f grows at most linearly, the integrand is below a multiple of p + q.
  /// Otherwise logarithms of the integrand beyond ten thousand decide by their sign, and smaller ones by
  /// the fit `h = c + a tau + b log tau` of a power and a power of the logarithm.
  func convergence(reach: Double) -> Convergence {
    let start = tau(end.start)
    guard reach > start else { return .converges }
    let far = height(reach)
    guard isUnbounded(far.logs) || isUnbounded(height(start + 0.9 * (reach - start)).logs) else {
      return .converges
    }
    guard far.h < .infinity else { return .diverges }
    guard far.h > -.infinity else { return .converges }
    let noise = integrand.logNoise(far.logs)
    if far.h.magnitude > 1e4, far.h.magnitude > 16 * noise {
      return far.h < 0 ? .converges : .diverges
    }
    if noise < 1e-4 { return fitted(reach: reach) }
    // The leading terms cancel within rounding. When they do so exactly at numbers of few bits, they are equal,
    // and what is left shows nearer by.
    let unit = Double(sign: .plus, exponent: distance(reach).exponent - 4, significand: 1)
    let isTie =
      end.isTail
      && [1.0, 3, 5, 7].allSatisfy {
        let logs = integrand.pair.logDensities(end.side * $0 * unit)
        return integrand.logMagnitude(logs).magnitude < 2e3 && integrand.logNoise(logs) > 1e6
      }
    guard isTie else { return .undecided }
    var (low, high) = (start, reach)
    for _ in 0..<24 {
      let middle = (low + high) / 2
      if integrand.logNoise(height(middle).logs) < 1e-4 { low = middle } else { high = middle }
    }
    return fitted(reach: low)
  }

  private func isUnbounded(_ logs: LogDensities) -> Bool {
    // A moderate ratio far out in a tail is bounded or drifts too slowly to matter.
    logs.ratio.magnitude > 1e-6 && integrand.isUnbounded(atLog: logs.ratio)
  }

  private func fitted(reach: Double) -> Convergence {
    let start = start(reach: reach, 0.75)
    let rise = (height(reach).h - height(0.1 * start + 0.9 * reach).h) / 0.1
    if rise.magnitude > 100 { return rise < 0 ? .converges : .diverges }
    let fits = PowerLaw.fractions.compactMap {
      PowerLaw(from: start, to: reach, $0, rounded: rounded) { height($0).h }
    }
    guard fits.count == 2, reach > start + 1 else { return .undecided }
    let tolerance = max(1e-11, 20 * (fits[0].slope - fits[1].slope).magnitude)
    if fits[0].slope.magnitude > tolerance { return fits[0].slope < 0 ? .converges : .diverges }
    return tolerance < 1e-6 && fits[0].logSlope > -0.5 ? .diverges : .undecided
  }

  /// Where the stretch begins on which a power law is sought.
  private func start(reach: Double, _ share: Double) -> Double {
    max(tau(end.start), reach > 60 ? 8 : share * reach, 1)
  }

  /// The power law that h follows far out.
  func fit(reach: Double, _ fractions: [Double] = PowerLaw.fractions[0]) -> PowerLaw? {
    fit(reach: reach, from: 0.75, fractions) { height($0).h }
  }

  /// Both log-densities beyond the reach, each by its own power law.
  func extrapolation(reach: Double, _ fractions: [Double]) -> ((Double) -> LogDensities)? {
    func logs(_ tau: Double) -> LogDensities { integrand.pair.logDensities(point(tau).x) }
    guard let target = fit(reach: reach, from: 0.6, fractions, { logs($0).target }),
      let model = fit(reach: reach, from: 0.6, fractions, { logs($0).model })
    else { return nil }
    return { LogDensities(target: target($0), model: model($0)) }
  }

  /// The power law of a function far out, nil where the function follows none.
  private func fit(
    reach: Double, from share: Double, _ fractions: [Double], _ function: (Double) -> Double
  ) -> PowerLaw? {
    let start = start(reach: reach, share)
    guard reach > start + 1,
      let fit = PowerLaw(from: start, to: reach, fractions, rounded: rounded, function)
    else { return nil }
    let between = start + 0.85 * (reach - start)
    let expected = function(between)
    return (fit(rounded(between)) - expected).magnitude <= 1e-3 * (1 + expected.magnitude)
      ? fit : nil
  }

  /// How much rounding moves the log-densities near the reach, as seen against straight lines.
  func jitter(reach: Double) -> Double {
    let points = (0...8).map { index in
      let tau = reach - 0.037 * Double(index)
      return (tau: rounded(tau), logs: integrand.pair.logDensities(point(tau).x))
    }
    func spread(_ value: (LogDensities) -> Double) -> Double {
      let (first, last) = (points[0], points[8])
      let slope = (value(last.logs) - value(first.logs)) / (last.tau - first.tau)
      return points.reduce(0) {
        let off = (value($1.logs) - value(first.logs) - slope * ($1.tau - first.tau)).magnitude
        return off.isFinite ? max($0, off) : $0
      }
    }
    return 4 * (spread(\.target) + spread(\.model))
  }
}
