import RealModule

/// One piece of a spline: a rational-quadratic map of an interval onto another with given slopes at the ends.
///
/// With t the place from 0 to 1, s = height / width the mean slope, and slopes l and r at the ends:
/// `y = base + height N / D`, `N = s t^2 + l t (1 - t)`, `D = s + (l + r - 2 s) t (1 - t)`, and
/// `dy / dx = s^2 M / D^2`, `M = r t^2 + 2 s t (1 - t) + l (1 - t)^2`.
struct SplineBin<Number: SplineNumber> {
  var index: Int
  var start: Number
  var width: Number
  var base: Number
  var height: Number
  var left: Number
  var right: Number

  @inline(__always)
  var slope: Number { height / width }

  /// The value and the log-slope at a place.
  @inline(__always)
  func value(at t: Number) -> (value: Number, logSlope: Number) {
    let (s, e) = (slope, t * (1 - t))
    let d = s + (left + right - 2 * s) * e
    let m = right * t * t + 2 * s * e + left * (1 - t) * (1 - t)
    return (base + height * (s * t * t + left * e) / d, .log(m) + 2 * .log(s / d))
  }

  /// The place that is mapped to y: the root of a quadratic, in the form that does not cancel.
  @inline(__always)
  func position(of y: Number) -> Number {
    let s = slope
    let rise = (y - base) / height
    let bend = rise * (left + right - 2 * s)
    let a = s - left + bend
    let b = left - bend
    let c = -s * rise
    let root = max(b * b - 4 * a * c, 0).squareRoot()
    return 2 * c / (-b - root)
  }

  /// A cotangent of the value and one of the log-slope, drawn back to the place and to the bin's shape.
  struct Cotangents {
    /// To the place t, at fixed bin.
    var place: Number
    /// To the mean slope.
    var slope: Number
    /// To the height as the factor of the value.
    var height: Number
    var left: Number
    var right: Number
  }

  /// Draws back cotangents of the value and of the log-slope at a place.
  @inline(__always)
  func cotangents(at t: Number, value g: Number, logSlope h: Number) -> Cotangents {
    let (s, e, turn) = (slope, t * (1 - t), 1 - 2 * t)
    let d = s + (left + right - 2 * s) * e
    let m = right * t * t + 2 * s * e + left * (1 - t) * (1 - t)
    let share = (s * t * t + left * e) / d
    // d(N / D) = (dN - (N / D) dD) / D; d log-slope = 2 ds / s + dM / M - 2 dD / D.
    let gd = g * height / d
    let hm = h / m
    let hd = 2 * h / d
    let left0 = (1 - t) * (1 - t)
    let bend = left + right - 2 * s
    let nPlace = 2 * s * t + left * turn
    let mPlace = 2 * right * t + 2 * s * turn - 2 * left * (1 - t)
    let toD = gd * share + hd
    let sD = 1 - 2 * e
    return Cotangents(
      place: gd * nPlace + hm * mPlace - toD * bend * turn,
      slope: gd * t * t + 2 * h / s + 2 * hm * e - toD * sD,
      height: g * share,
      left: gd * e + hm * left0 - toD * e,
      right: hm * t * t - toD * e)
  }
}
