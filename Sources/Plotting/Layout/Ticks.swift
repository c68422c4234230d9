import RealModule

/// Where an axis has its ticks, and what they say.
struct Ticks {
  var major: [(value: Double, label: RichText)]
  var minor: [Double] = []

  /// Round numbers over a range: about `count` of them.
  static func linear(over range: ClosedRange<Double>, count: Int) -> Ticks {
    let span = range.upperBound - range.lowerBound
    let rough = span / Double(max(count, 1))
    let power = Double.exp10(Double.log10(rough).rounded(.down))
    let fraction = rough / power
    let multiple = fraction <= 1.001 ? 1.0 : fraction <= 2.001 ? 2 : fraction <= 5.001 ? 5 : 10
    // Over -4...4 steps of 5 would leave one tick: steps of 4 give three.
    let isSparse =
      multiple >= 5
      && (range.upperBound / (multiple * power)).rounded(.down)
        - (range.lowerBound / (multiple * power)).rounded(.up) < 2
    let step = (isSparse ? 4 : multiple) * power
    let first = (range.lowerBound / step - 1e-9).rounded(.up)
    let last = (range.upperBound / step + 1e-9).rounded(.down)
    guard step > 0, first.isFinite, last >= first, last - first < 100 else {
      return Ticks(major: [])
    }
    let values = (0...Int(last - first)).map { (first + Double($0)) * step }
    let digits = Int((-Double.log10(step) - 1e-9).rounded(.up))
    let largest = max(range.lowerBound.magnitude, range.upperBound.magnitude)
    return Ticks(
      major: values.map { ($0, number($0, digits: digits, largest: largest, step: step)) })
  }

  /// Powers of ten, the digits between them unlabelled; over less than two decades, round numbers.
  static func log(over range: ClosedRange<Double>, count: Int) -> Ticks {
    let low = Double.log10(range.lowerBound)
    let high = Double.log10(range.upperBound)
    let first = Int((low - 1e-9).rounded(.up))
    let last = Int((high + 1e-9).rounded(.down))
    if last - first >= 1 {
      let stride = max(1, (last - first + count) / max(count, 1))
      let major = Swift.stride(from: first, through: last, by: stride).map { exponent in
        (Double.exp10(Double(exponent)), power(exponent))
      }
      guard last - first <= 8 else { return Ticks(major: major) }
      let minor = ((first - 1)...last).flatMap { exponent in
        (2...9).map { Double($0) * Double.exp10(Double(exponent)) }
      }
      return Ticks(major: major, minor: minor.filter(range.contains))
    }
    let values = ((first - 1)...(last + 1)).flatMap { exponent in
      [1.0, 2, 5].map { $0 * Double.exp10(Double(exponent)) }
    }.filter(range.contains)
    guard values.count >= 3 else { return linear(over: range, count: min(count, 4)) }
    return Ticks(
      major: values.map { value in
        let digits = max(0, Int((-Double.log10(value) - 1e-9).rounded(.up)))
        return (value, number(value, digits: digits, largest: value, step: value))
      })
  }

  /// `-0.25`, `12 000`, `3 x 10^7`: with a true minus, and as many decimals as the step needs.
  private static func number(_ value: Double, digits: Int, largest: Double, step: Double)
    -> RichText
  {
    if value == 0 || value.magnitude < step * 1e-6 { return plain("0") }
    let sign = value < 0 ? "\u{2212}" : ""
    if largest >= 1e6 || largest < 1e-3 {
      let exponent = Int(Double.log10(largest).rounded(.down))
      let mantissa = value.magnitude / Double.exp10(Double(exponent))
      let digits = min(max(0, digits + exponent), 9)
      let text = trimmed(decimal(mantissa, digits: digits))
      return RichText(
        runs: [Run(text: "\(sign)\(text)\u{2009}×\u{2009}")] + power(exponent).runs)
    }
    let text = decimal(value.magnitude, digits: min(max(0, digits), 9))
    return plain(sign + grouped(value == value.rounded() ? trimmed(text) : text))
  }

  private static func plain(_ text: String) -> RichText { RichText(runs: [Run(text: text)]) }

  private static func power(_ exponent: Int) -> RichText {
    let sign = exponent < 0 ? "\u{2212}" : ""
    return RichText(
      runs: [Run(text: "10"), Run(text: "\(sign)\(exponent.magnitude)", scale: 0.7, rise: 0.42)])
  }

  /// Thin spaces between groups of three digits, from five digits on.
  private static func grouped(_ number: String) -> String {
    let parts = number.split(separator: ".", maxSplits: 1)
    let whole = parts.first.map(String.init) ?? number
    guard whole.count > 4 else { return number }
    var result = ""
    for (index, digit) in whole.enumerated() {
      if index > 0 && (whole.count - index) % 3 == 0 { result.append("\u{2009}") }
      result.append(digit)
    }
    return parts.count > 1 ? "\(result).\(parts[1])" : result
  }
}
