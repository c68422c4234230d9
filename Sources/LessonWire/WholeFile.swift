@preconcurrency package import Glibc

/// Files that appear whole or not at all: written under a temporary name, then renamed.
package enum WholeFile {
  /// The file that could not be written, and errno.
  package struct Failure: Error, CustomStringConvertible {
    package let path: String
    package let code: CInt
    package var description: String { "\(path): \(String(cString: strerror(code)))" }
  }

  /// Writes the file; a failure leaves the old one as it was.
  package static func write(
    _ bytes: [UInt8], to path: String, mode: mode_t = 0o644
  ) throws(Failure) {
    let temporary = "\(path).\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw Failure(path: path, code: errno) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress! + written, bytes.count - written)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        let code = errno
        close(descriptor)
        unlink(temporary)
        throw Failure(path: path, code: code)
      }
      written += count
    }
    close(descriptor)
    guard rename(temporary, path) == 0 else {
      let code = errno
      unlink(temporary)
      throw Failure(path: path, code: code)
    }
  }

  /// The file's bytes, nil when it cannot be read; errno says why.
  package static func read(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return bytes }
      bytes += chunk[0..<count]
    }
  }
}
