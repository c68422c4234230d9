@preconcurrency import Glibc

/// A file without a name, in memory: a child's input, or what it prints. It cannot fill up and
/// block as a pipe does.
struct AnonymousFile: ~Copyable {
  let descriptor: CInt

  init() throws { descriptor = try Self.make() }

  /// A file that holds `bytes`, read from its start.
  init(holding bytes: [UInt8]) throws {
    let descriptor = try Self.make()
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        write(descriptor, $0.baseAddress! + written, bytes.count - written)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        let code = errno
        close(descriptor)
        throw SystemError("an anonymous file cannot be written", code)
      }
      written += count
    }
    lseek(descriptor, 0, SEEK_SET)
    self.descriptor = descriptor
  }

  private static func make() throws -> CInt {
    typealias Create = @convention(c) (UnsafePointer<CChar>, CUnsignedInt) -> CInt
    let create = unsafeBitCast(dlsym(nil, "memfd_create"), to: Create?.self)
    let descriptor = create?("lectern", 1 /* MFD_CLOEXEC */) ?? -1
    guard descriptor >= 0 else { throw SystemError("an anonymous file cannot be made", errno) }
    return descriptor
  }

  deinit { close(descriptor) }

  /// How many bytes it holds.
  var count: Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  /// The bytes of a range, clamped to the file; the position of the child does not move.
  func bytes(_ range: Range<Int>) -> [UInt8] {
    let range = range.clamped(to: 0..<count)
    var bytes = [UInt8](repeating: 0, count: range.count)
    var read = 0
    while read < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        pread(
          descriptor, $0.baseAddress! + read, range.count - read, off_t(range.lowerBound + read))
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return Array(bytes[..<read]) }
      read += count
    }
    return bytes
  }

  /// All bytes.
  var bytes: [UInt8] { bytes(0..<count) }
}

/// A system call that failed.
struct SystemError: Error, CustomStringConvertible {
  let description: String

  init(_ what: String, _ code: CInt) {
    description = "\(what): \(String(cString: strerror(code)))"
  }
}
