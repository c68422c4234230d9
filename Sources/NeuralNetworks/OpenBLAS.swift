import Glibc
internal import COpenBLAS

/// OpenBLAS, loaded when first needed: with one thread a call, since shards run in parallel, and with its kernels for processors with
/// AVX2, so that the same seed gives the same bits on all of them.
///
/// Both are read from the environment when the library is loaded, and the library exports the same symbols as GSL's own BLAS: a
/// handle of our own settles both.
enum OpenBLAS {
  /// `C = alpha op(A) op(B) + beta C`.
  static let sgemm: SGEMM = {
    setenv("OPENBLAS_NUM_THREADS", "1", 1)
    setenv("OPENBLAS_CORETYPE", "Haswell", 1)
    guard let library = dlopen("libopenblas.so.0", RTLD_NOW | RTLD_LOCAL),
      let symbol = dlsym(library, "cblas_sgemm")
    else {
      let reason = dlerror().map { String(cString: $0) } ?? "it has no cblas_sgemm"
      fatalError("OpenBLAS cannot be loaded (\(reason)): install the package libopenblas-dev")
    }
    return unsafeBitCast(symbol, to: SGEMM.self)
  }()
}
