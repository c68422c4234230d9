internal import CGSL

/// A Swift closure that a C function calls, and the first argument at which it misbehaved.
struct Callback {
  let evaluate: (Double) -> Double
  var offence: Offence?
  var substitution = Substitution()

  /// A value that no numerical method can use.
  struct Offence {
    var argument: Double
    var value: Double
  }
}

/// Calls `body` with a `gsl_function` that evaluates `f`.
///
/// An integrand that is NaN or infinite at one point would only poison the result or exhaust the
/// iterations, so it is noted and replaced by zero; the caller turns the note into an error. Nothing
/// is boxed: the closure lives on the stack for as long as `body` runs.
func withFunction<Result>(
  _ f: (Double) -> Double, _ body: (UnsafeMutablePointer<gsl_function>) -> Result
) -> (result: Result, offence: Callback.Offence?) {
  withoutActuallyEscaping(f) { f in
    var callback = Callback(evaluate: f)
    return withUnsafeMutablePointer(to: &callback) { pointer in
      var function = gsl_function(
        function: { x, context in
          let callback = context!.assumingMemoryBound(to: Callback.self)
          let (argument, factor) = callback.pointee.substitution.apply(x)
          let value = callback.pointee.evaluate(argument) * factor
          if value.isFinite { return value }
          if callback.pointee.offence == nil {
            callback.pointee.offence = .init(argument: argument, value: value)
          }
          return 0
        },
        params: UnsafeMutableRawPointer(pointer))
      return (body(&function), pointer.pointee.offence)
    }
  }
}

/// Throws when the caller's function was not finite somewhere.
func refuse(
  _ offence: Callback.Offence?, _ call: @autoclosure () -> String,
  _ arguments: @autoclosure () -> String
) throws(GSLError) {
  guard let offence else { return }
  throw GSLError(
    call: call(), arguments: arguments(), code: .badFunction,
    reason: "the function is \(offence.value) at \(offence.argument)")
}

extension UnsafeMutablePointer<gsl_function> {
  /// Evaluates under a change of variable from now on.
  func substitute(_ substitution: Substitution) {
    pointee.params.assumingMemoryBound(to: Callback.self).pointee.substitution = substitution
  }
}
