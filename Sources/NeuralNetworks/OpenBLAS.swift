import Glibc
internal import COpenBLAS

/// OpenBLAS, loaded when first needed: with one thread a call, since shards run in parallel, and with its kernels for processors with
/// AVX2, so that the same seed gives the same bits on all of them.
///
/// Both are read from the environment when the library is loaded, and the library exports the same symbols as GSL's own BLAS: a
/// handle of our own settles both.
enum OpenBLAS {
  /// `C = alpha op(A) op(B) + beta C`.
  static let sgemm = unsafeBitCast(symbol("cblas_sgemm"), to: SGEMM.self)

  /// The processor that the kernels are for, e.g. "Haswell".
  static var kernels: String {
    let name = unsafeBitCast(symbol("openblas_get_corename"), to: CoreName.self)
    return name().map { String(cString: $0) } ?? ""
  }

  private static func symbol(_ name: String) -> UnsafeMutableRawPointer {
    guard let symbol = dlsym(library, name) else {
      fatalError("this OpenBLAS has no \(name): install the package libopenblas-dev")
    }
    return symbol
  }

  nonisolated(unsafe) private static let library: UnsafeMutableRawPointer = {
    setenv("OPENBLAS_NUM_THREADS", "1", 1)
    setenv("OPENBLAS_CORETYPE", "Haswell", 1)
    guard let library = dlopen("libopenblas.so.0", RTLD_LAZY | RTLD_LOCAL) else {
      let reason = dlerror().map { String(cString: $0) } ?? ""
      fatalError("OpenBLAS cannot be loaded (\(reason)): install the package libopenblas-dev")
    }
    return library
  }()
}
