internal import CGSL

/// What a call of GSL refused or could not finish: which call, with which arguments, and why.
public struct GSLError: Error, Hashable, CustomStringConvertible {
  /// The kind of failure, one of GSL's status codes.
  public struct Code: RawRepresentable, Sendable, Hashable {
    /// GSL's number, as in `gsl_errno.h`.
    public var rawValue: Int32

    /// Wraps GSL's number.
    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// An argument is outside of the function's domain.
    public static let domain = Code(rawValue: 1)
    /// The result does not fit into a `Double`.
    public static let range = Code(rawValue: 2)
    /// An argument is not allowed, for example a NaN limit or `a > b`.
    public static let invalid = Code(rawValue: 4)
    /// The caller's function returned a value that is not a finite number.
    public static let badFunction = Code(rawValue: 9)
    /// The iterations ran out before the tolerance was reached.
    public static let maximumIterations = Code(rawValue: 11)
    /// The tolerance cannot be met in double precision.
    public static let badTolerance = Code(rawValue: 13)
    /// The result underflows.
    public static let underflow = Code(rawValue: 15)
    /// Roundoff prevents the tolerance from being reached.
    public static let roundoff = Code(rawValue: 18)
    /// A singularity that is not integrable, or not at a break point.
    public static let singularity = Code(rawValue: 21)
    /// The integral or the series diverges.
    public static let divergence = Code(rawValue: 22)
  }

  /// The operation that failed, for example "integrate".
  public var call: String
  /// Its arguments as text, for example "from: 0.0, to: inf".
  public var arguments: String
  /// The kind of failure.
  public var code: Code
  /// What went wrong, in a sentence.
  public var reason: String

  /// Names the call, its arguments, the kind of failure and the reason.
  public init(call: String, arguments: String, code: Code, reason: String) {
    self.call = call
    self.arguments = arguments
    self.code = code
    self.reason = reason
  }

  /// For example "integrate(from: 0.0, to: inf): the iteration limit was reached [GSL 11]".
  public var description: String { "\(call)(\(arguments)): \(reason) [GSL \(code.rawValue)]" }
}

/// GSL's default error handler aborts the process; reading this global turns it off, once.
let abortHandlerIsOff: Void = { _ = gsl_set_error_handler_off() }()

/// Switches GSL's abort handler off; each entry into GSL that may fail goes through here first.
@inline(__always)
func quietly<Result>(_ call: () -> Result) -> Result {
  _ = abortHandlerIsOff
  return call()
}

/// Turns a GSL status other than success into an error.
func check(
  _ status: Int32, _ call: @autoclosure () -> String, _ arguments: @autoclosure () -> String
) throws(GSLError) {
  guard status != GSL_SUCCESS else { return }
  throw GSLError(
    call: call(), arguments: arguments(), code: .init(rawValue: status),
    reason: String(cString: gsl_strerror(status)))
}

/// Refuses an argument before GSL sees it.
func require(
  _ condition: Bool, _ call: @autoclosure () -> String, _ arguments: @autoclosure () -> String,
  _ reason: @autoclosure () -> String
) throws(GSLError) {
  guard !condition else { return }
  throw GSLError(call: call(), arguments: arguments(), code: .invalid, reason: reason())
}
