/// A parameter outside of its domain.
public struct ParameterError: Error, Hashable, CustomStringConvertible {
  /// The type or function that refused, e.g. "Normal".
  public var subject: String
  /// The parameter's name as the caller wrote it, e.g. "sd".
  public var parameter: String
  /// The value that was given, as text.
  public var value: String
  /// What is allowed, e.g. "must be finite and positive".
  public var rule: String

  /// Names who refused which value of which parameter, and what is allowed.
  public init(_ subject: String, _ parameter: String, value: String, rule: String) {
    self.subject = subject
    self.parameter = parameter
    self.value = value
    self.rule = rule
  }

  /// For example "Normal: sd = -1.0: must be finite and positive".
  public var description: String { "\(subject): \(parameter) = \(value): \(rule)" }
}
