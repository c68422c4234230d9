import LessonWire

/// How a slider's positions are spread over its range.
public enum SliderScale: Sendable, Hashable {
  /// Equal steps.
  case linear
  /// Equal ratios.
  case log
}

/// A number that the reader may move; on a static page and in print it has its default value.
///
/// `lectern render -P name:value` gives it another one. A value outside the range ends the lesson
/// with a message that names the range.
///
/// - Parameters:
///   - symbol: what the reader sees, e.g. "λ".
///   - name: what `-P` calls it where the symbol is hard to type; the symbol works too.
///   - range: all values that it can have.
///   - value: its value when nobody moves it.
public func slider(
  _ symbol: String, name: String? = nil, in range: ClosedRange<Double>, value: Double,
  scale: SliderScale = .linear
) -> Double {
  let name = name ?? symbol
  if scale == .log && range.lowerBound <= 0 {
    LessonProcess.fail(
      "the logarithmic slider \(symbol) starts at \(range.lowerBound)",
      hint: "start its range above zero")
  }
  let given = Overrides.text(of: [name, symbol])
  let chosen = given.map { Overrides.parsed($0, name: name, as: Double.self) } ?? value
  declare(
    Parameter(
      name: name, symbol: symbol, cell: LessonProcess.cell, lower: range.lowerBound,
      upper: range.upperBound, value: chosen, text: "\(chosen)", isLogarithmic: scale == .log))
  guard range.contains(chosen) else {
    LessonProcess.fail(
      "\(symbol) = \(chosen) lies outside its range \(range.lowerBound)...\(range.upperBound)",
      hint: given == nil
        ? "give the slider a value inside its range"
        : "write -P \(name):VALUE with a value inside the range", isUsage: given != nil)
  }
  return chosen
}

/// A constant of the lesson: from `-P name:value`, else from `params` of the front matter, else `value`.
public func parameter<Value: LosslessStringConvertible>(_ name: String, _ value: Value) -> Value {
  var chosen = value
  if let given = Overrides.text(of: [name]) {
    chosen = Overrides.parsed(given, name: name, as: Value.self)
  } else if let written = LessonProcess.session.defaults[name] {
    guard let parsed = Value(written) else {
      LessonProcess.fail(
        "params.\(name) is \"\(written)\", not a value of type \(Value.self)",
        hint: "correct params in the front matter")
    }
    chosen = parsed
  }
  let number = (chosen as? Double) ?? (chosen as? Int).map(Double.init) ?? .nan
  declare(
    Parameter(
      name: name, cell: LessonProcess.cell, lower: -.infinity, upper: .infinity, value: number,
      text: String(chosen), isLogarithmic: false))
  return chosen
}

private func declare(_ parameter: Parameter) {
  LessonProcess.send(.parameter(parameter))
}

private enum Overrides {
  /// What the command line says of the first of these names.
  static func text(of names: [String]) -> String? {
    names.lazy.compactMap { LessonProcess.session.overrides[$0] }.first
  }

  static func parsed<Value: LosslessStringConvertible>(
    _ text: String, name: String, as type: Value.Type
  ) -> Value {
    guard let value = Value(text) else {
      LessonProcess.fail(
        "-P \(name):\(text) is not a value of type \(Value.self)",
        hint: "write -P \(name):VALUE", isUsage: true)
    }
    return value
  }
}
