import FoundationEssentials
import Glibc
import LessonWire

/// Compiled programs in the cache: the executable, and beside it its hash and the warnings.
extension Cache {
  private struct ProgramEntry: Codable {
    let hash: String
    let warnings: [Diagnostic]
  }

  /// The compiler's warnings about a program, nil when the program is not in the cache.
  func warnings(_ key: String) -> [Diagnostic]? { entry(key)?.warnings }

  /// The executable, nil when it is absent or damaged.
  func executable(_ key: String) -> String? {
    let path = path(.programs, key)
    guard let entry = entry(key), let bytes = WholeFile.read(path),
      "\(ContentHash(of: bytes))" == entry.hash
    else { return nil }
    utimensat(AT_FDCWD, path, nil, 0)
    return path
  }

  /// Moves a fresh executable into the cache.
  ///
  /// - Returns: where it is now; where it was when it cannot be moved.
  func keep(executable: String, warnings: [Diagnostic], _ key: String) -> String {
    let path = path(.programs, key)
    try? FileSystem.makeFolder("\(folder)/\(Kind.programs.rawValue)")
    guard let bytes = WholeFile.read(executable), rename(executable, path) == 0 else {
      return executable
    }
    let entry = ProgramEntry(hash: "\(ContentHash(of: bytes))", warnings: warnings)
    if let body = try? JSONEncoder.forRecords.encode(entry) {
      write(.programs, "\(key).json", [UInt8](body))
    }
    return path
  }

  private func entry(_ key: String) -> ProgramEntry? {
    read(.programs, "\(key).json").flatMap {
      try? JSONDecoder.forRecords.decode(ProgramEntry.self, from: Data($0))
    }
  }
}
