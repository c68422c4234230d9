internal import CGSL

/// Carries a Swift closure, and the first point at which it was not finite, through GSL's void pointer.
private struct Integrand {
  let evaluate: (Double) -> Double
  let trouble: UnsafeMutablePointer<Double?>
}

/// Calls `body` with a `gsl_function` that evaluates `f`; notes in `trouble` the first point where `f` is not finite.
func withIntegrand<Result>(
  _ f: (Double) -> Double, trouble: inout Double?,
  _ body: (UnsafeMutablePointer<gsl_function>) -> Result
) -> Result {
  withoutActuallyEscaping(f) { f in
    withUnsafeMutablePointer(to: &trouble) { trouble in
      withUnsafePointer(to: Integrand(evaluate: f, trouble: trouble)) { integrand in
        var function = gsl_function(
          function: { x, raw in
            let integrand = raw!.assumingMemoryBound(to: Integrand.self)
            let y = integrand.pointee.evaluate(x)
            if y.isFinite { return y }
            if integrand.pointee.trouble.pointee == nil { integrand.pointee.trouble.pointee = x }
            return 0
          },
          params: UnsafeMutableRawPointer(mutating: integrand))
        return body(&function)
      }
    }
  }
}
