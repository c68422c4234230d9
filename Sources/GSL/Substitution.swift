internal import RealModule

/// The change of variable under which one piece of an integral is evaluated.
///
/// A piece that spans many orders of magnitude is integrated over the logarithm, where a power law is
/// smooth: extrapolation otherwise mistakes it for a pole at its lower end and claims a mass that is not
/// there. A half-line is measured in the length scale of its last break point.
struct Substitution {
  /// The open piece, onto which an argument that rounding puts at a pole is moved back.
  var lower = -Double.infinity
  var upper = Double.infinity
  var scale = 1.0
  /// Whether the argument is `scale * exp(u)` instead of `scale * u`.
  var isExponential = false

  /// The argument at `u`, and the factor `|dx/du|`.
  @inline(__always)
  func apply(_ u: Double) -> (argument: Double, factor: Double) {
    let x = scale * (isExponential ? .exp(u) : u)
    let inside = min(max(x, lower.nextUp), upper.nextDown)
    return (inside, isExponential ? abs(x) : scale)
  }

  /// No change, as for a function that is not integrated.
  init() {}

  /// For the piece from `a` to `b`, with the break points' spacing at a half-line's end.
  init(from a: Double, to b: Double, spacing: Double) {
    lower = a
    upper = b
    if a.isFinite && b.isFinite {
      let near = min(abs(a), abs(b))
      guard (a < 0) == (b < 0), near > 0, max(abs(a), abs(b)) / near > 1000 else { return }
      isExponential = true
      scale = a < 0 ? -1 : 1
    } else if a.isFinite || b.isFinite {
      scale = spacing
    }
  }

  /// The limits of `u`, in increasing order.
  var limits: (lower: Double, upper: Double) {
    guard isExponential else { return (lower / scale, upper / scale) }
    return (.log(min(abs(lower), abs(upper))), .log(max(abs(lower), abs(upper))))
  }
}
