internal import CGSL

/// A GSL call that did not succeed: which call, with which arguments, and why.
public struct GSLError: Error, Hashable, CustomStringConvertible {
  /// Why a call failed.
  public enum Reason: Sendable, Hashable {
    /// An argument lies outside of the function's domain.
    case domain
    /// The integrand or the function was NaN or infinite at this point.
    case notFinite(at: Double)
    /// The tolerance was not reached with the pieces that the workspace holds.
    case tooManyPieces
    /// Rounding errors prevent the tolerance from being reached.
    case roundoff
    /// The integral looks divergent or converges too slowly.
    case divergent
    /// The function has the same sign at both ends.
    case noSignChange
    /// The bracket does not hold a minimum.
    case noMinimum
    /// Another status of GSL's.
    case status(Int32, String)
  }

  /// The call, e.g. "integrate".
  public var call: String
  /// The arguments as text, e.g. "from 0.0 to inf".
  public var arguments: String
  /// Why it failed.
  public var reason: Reason

  /// For example "integrate(from 0.0 to inf): the function is not finite at 0.0".
  public var description: String { "\(call)(\(arguments)): \(reasonText)" }

  private var reasonText: String {
    switch reason {
    case .domain: "an argument lies outside of the domain"
    case .notFinite(let x): "the function is not finite at \(x)"
    case .tooManyPieces: "the tolerance was not reached; allow more pieces or give break points"
    case .roundoff: "rounding errors prevent the tolerance from being reached"
    case .divergent: "the integral diverges or converges too slowly"
    case .noSignChange: "the function has the same sign at both ends"
    case .noMinimum: "the bracket does not hold a minimum"
    case .status(let code, let text): "GSL status \(code), \(text)"
    }
  }

  init(_ call: String, _ arguments: String, _ reason: Reason) {
    self.call = call
    self.arguments = arguments
    self.reason = reason
  }
}

/// GSL's default handler aborts the process; touching this once turns it off for good.
let abortHandlerIsOff: Void = { _ = gsl_set_error_handler_off() }()

extension GSLError.Reason {
  /// What a GSL status means, nil for success.
  init?(status: CInt) {
    switch Int(status) {
    case GSL_SUCCESS: return nil
    case GSL_EDOM, GSL_EINVAL: self = .domain
    case GSL_EMAXITER: self = .tooManyPieces
    case GSL_EROUND, GSL_ETOL, GSL_ELOSS: self = .roundoff
    case GSL_EDIVERGE, GSL_ESING: self = .divergent
    default: self = .status(status, String(cString: gsl_strerror(status)))
    }
  }
}
