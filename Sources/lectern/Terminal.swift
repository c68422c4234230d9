@preconcurrency import Glibc

/// What the user sees while lessons run: on standard error, so that standard output holds results.
enum Terminal {
  static let isInteractive = isatty(2) == 1

  static func note(_ text: String, terminator: String = "\n") {
    fputs(text + terminator, stderr)
  }

  /// `[ 7/20] fig-kl ......... 0.42 s`.
  static func progress(_ number: Int, of count: Int, label: String, seconds: Double) -> String {
    let total = "\(count)"
    let index = String(repeating: " ", count: total.count - "\(number)".count) + "\(number)"
    let dots = String(repeating: ".", count: max(3, 40 - label.count))
    return "[\(index)/\(total)] \(label) \(dots) \(seconds.hundredths) s"
  }
}

extension Double {
  /// Two decimals.
  var hundredths: String {
    let hundredths = Int((self * 100).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
