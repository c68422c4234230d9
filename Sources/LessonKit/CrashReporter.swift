@preconcurrency import Glibc
import LessonWire

/// Tells the engine where the process dies: a trap, a thrown error, `exit`, a stack overflow.
///
/// Everything that a signal handler touches is allocated beforehand; the record is written by hand,
/// digit by digit, because nothing may be allocated while the process dies.
enum CrashReporter {
  private typealias Backtrace =
    @convention(c) (UnsafeMutablePointer<UnsafeMutableRawPointer?>, CInt) -> CInt
  private typealias ThrowHandler = @convention(c) (UnsafeRawPointer?) -> Void
  private typealias TypedThrowHandler =
    @convention(c) (UnsafeRawPointer?, UnsafeRawPointer?, UnsafeRawPointer?) -> Void
  private typealias ProcessControl = @convention(c) (CInt, UInt, UInt, UInt, UInt) -> CInt

  private static let deepest = 128
  private static let signals = [
    SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGXCPU, SIGPIPE,
  ]

  // Reached from signal handlers, written once in `install` (thrown frames: by the throwing thread).
  nonisolated(unsafe) private static var descriptor: CInt = -1
  nonisolated(unsafe) private static var backtrace: Backtrace?
  nonisolated(unsafe) private static var image: (start: UInt, end: UInt) = (0, 0)
  nonisolated(unsafe) private static let frames = Buffer.allocate(capacity: deepest)
  nonisolated(unsafe) private static let thrown = Buffer.allocate(capacity: deepest)
  nonisolated(unsafe) private static var thrownCount: CInt = 0
  nonisolated(unsafe) private static let text = UnsafeMutableBufferPointer<UInt8>.allocate(
    capacity: 16 << 10)
  private typealias Buffer = UnsafeMutablePointer<UnsafeMutableRawPointer?>

  /// Installs signal handlers on a stack of their own, and the runtime's hooks for thrown errors.
  static func install(descriptor: CInt) {
    Self.descriptor = descriptor
    findImage()
    if let symbol = dlsym(nil, "backtrace") {
      backtrace = unsafeBitCast(symbol, to: Backtrace.self)
      _ = backtrace?(frames, 1)  // Loads the unwinder now, not in a handler.
    }
    text[0] = 0
    thrown[0] = nil
    handleSignals()
    hookThrows()
    atexit { CrashReporter.report(signal: 0, at: 0) }
    limitProcess()
  }

  /// The lesson has ended properly or has reported its error: nothing more is to be said.
  static func disarm() { descriptor = -1 }

  /// The frames of the caller inside the lesson's program, as offsets into its image.
  static func currentFrames() -> [UInt] {
    guard let backtrace else { return [] }
    let count = backtrace(frames, CInt(deepest))
    return (0..<Int(count)).compactMap { offset(of: frames[$0], at: 0) }
  }

  private static func handleSignals() {
    let size = 256 << 10
    var stack = stack_t()
    stack.ss_sp = .allocate(byteCount: size, alignment: 16)
    stack.ss_size = size
    sigaltstack(&stack, nil)
    var action = sigaction()
    action.sa_flags = SA_ONSTACK | SA_SIGINFO | CInt(bitPattern: UInt32(SA_RESETHAND))
    action.__sigaction_handler.sa_sigaction = { signal, _, context in
      CrashReporter.report(signal: signal, at: CrashReporter.programCounter(context))
      raise(signal)
    }
    for signal in signals { sigaction(signal, &action, nil) }
  }

  /// The runtime calls these hooks at each `throw`; the last one before a top-level error is its place.
  private static func hookThrows() {
    if let symbol = dlsym(nil, "_swift_setWillThrowHandler") {
      let set = unsafeBitCast(symbol, to: (@convention(c) (ThrowHandler) -> Void).self)
      set { _ in CrashReporter.rememberThrow() }
    }
    if let symbol = dlsym(nil, "_swift_willThrowTypedImpl") {
      symbol.assumingMemoryBound(to: TypedThrowHandler.self).pointee = { _, _, _ in
        CrashReporter.rememberThrow()
      }
    }
  }

  private static func rememberThrow() {
    thrownCount = backtrace?(thrown, CInt(deepest)) ?? 0
  }

  /// No core file, and no life after the engine's death, however that came.
  private static func limitProcess() {
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    if let symbol = dlsym(nil, "prctl") {
      let control = unsafeBitCast(symbol, to: ProcessControl.self)
      _ = control(1, UInt(SIGKILL), 0, 0, 0)  // PR_SET_PDEATHSIG
    }
  }

  /// Where the program itself lies in memory: only its frames can be in a cell.
  private static func findImage() {
    guard let symbol = dlsym(nil, "getauxval") else { return }
    let auxiliaryValue = unsafeBitCast(symbol, to: (@convention(c) (UInt) -> UInt).self)
    // AT_PHDR: the program headers follow the ELF header, in the image's first page.
    let start = auxiliaryValue(3) & ~4095
    // Within a gibibyte after the program lies only its heap; libraries are far above.
    image = (start, start + (1 << 30))
  }

  private static func offset(of address: UnsafeMutableRawPointer?, at failure: UInt) -> UInt? {
    let address = UInt(bitPattern: address)
    guard address > image.start, address < image.end else { return nil }
    // A return address belongs to the line after the call, the failing instruction to its own.
    return address - image.start - (address == failure ? 0 : 1)
  }

  // MARK: - In a signal handler

  private static func programCounter(_ context: UnsafeMutableRawPointer?) -> UInt {
    // Offsets of the kernel's `struct ucontext`, which Swift does not import from Glibc.
    #if arch(x86_64)
      return context?.load(fromByteOffset: 168, as: UInt.self) ?? 0  // REG_RIP
    #elseif arch(arm64)
      return context?.load(fromByteOffset: 440, as: UInt.self) ?? 0  // pc
    #else
      return 0
    #endif
  }

  private static func report(signal: CInt, at failure: UInt) {
    let descriptor = self.descriptor
    guard descriptor >= 0, let backtrace else { return }
    self.descriptor = -1
    let count = Int(backtrace(frames, CInt(deepest)))
    var end = 4
    append("{\"stopped\":{\"signal\":", &end)
    append(UInt(signal), &end)
    append(",\"frames\":[", &end)
    append(frames, count: count, at: failure, &end)
    append("],\"thrown\":[", &end)
    append(thrown, count: Int(thrownCount), at: 0, &end)
    append("]}}", &end)
    for byte in 0..<4 { text[byte] = UInt8(truncatingIfNeeded: (end - 4) >> (8 * byte)) }
    _ = write(descriptor, text.baseAddress!, end)
  }

  private static func append(
    _ addresses: Buffer, count: Int, at failure: UInt, _ end: inout Int
  ) {
    var isFirst = true
    for index in 0..<count {
      guard let offset = offset(of: addresses[index], at: failure) else { continue }
      if !isFirst { append(",", &end) }
      append(offset, &end)
      isFirst = false
    }
  }

  private static func append(_ string: StaticString, _ end: inout Int) {
    for byte in UnsafeBufferPointer(start: string.utf8Start, count: string.utf8CodeUnitCount) {
      text[end] = byte
      end += 1
    }
  }

  private static func append(_ number: UInt, _ end: inout Int) {
    var divisor: UInt = 1
    while number / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      text[end] = UInt8(48 + number / divisor % 10)
      end += 1
      divisor /= 10
    }
  }
}
