@preconcurrency import Glibc
import LessonWire

/// Results on disk, by content hash; safe to delete at any time.
///
/// An entry is written under a temporary name and renamed, carries its own hash, and is made again
/// when it is damaged. The oldest go when the cache grows over its limit.
public struct Cache: Sendable {
  /// What is kept.
  enum Kind: String, CaseIterable {
    case programs, runs, pages, memo
  }

  /// The cache's folder.
  public let folder: String
  private static let limit = 512 << 20

  /// The cache of a lesson: `.lectern` of the package that it lies in, else of the user.
  public init(forLesson path: String, package: String) {
    let lesson = FileSystem.real(path) ?? path
    if lesson.hasPrefix(package + "/") {
      folder = "\(package)/.lectern/v1"
    } else {
      folder = "\(Self.userFolder)/lectern/v1"
    }
  }

  /// The user's folder for caches of any program.
  static var userFolder: String {
    Environment.value("XDG_CACHE_HOME") ?? "\(Environment.value("HOME") ?? "/tmp")/.cache"
  }

  /// A cache in a folder.
  init(folder: String) { self.folder = folder }

  /// The path of an entry, whether it exists or not.
  func path(_ kind: Kind, _ key: String) -> String { "\(folder)/\(kind.rawValue)/\(key)" }

  /// The folder of memoised results, made when missing; nil when it cannot be made.
  var memoFolder: String? {
    let path = "\(folder)/\(Kind.memo.rawValue)"
    return (try? FileSystem.makeFolder(path)) == nil ? nil : path
  }

  /// An entry, nil when it is absent or damaged.
  func read(_ kind: Kind, _ key: String) -> [UInt8]? {
    let path = path(kind, key)
    guard let body = WholeFile.read(path).flatMap(SealedEntry.open) else { return nil }
    utimensat(AT_FDCWD, path, nil, 0)  // What is used is young.
    return body
  }

  /// Stores an entry; a cache that cannot be written is only slower.
  func write(_ kind: Kind, _ key: String, _ body: [UInt8]) {
    try? FileSystem.makeFolder("\(folder)/\(kind.rawValue)")
    try? WholeFile.write(SealedEntry.seal(body), to: path(kind, key))
  }

  /// Removes the oldest entries until the cache is under its limit, and what killed runs left behind.
  func prune(limit: Int = Cache.limit) {
    for name in FileSystem.names(in: folder) ?? [] where name.hasPrefix("tmp.") {
      var status = stat()
      // Nobody works in a scratch folder for a day.
      guard stat("\(folder)/\(name)", &status) == 0, time(nil) - status.st_mtim.tv_sec > 86_400
      else { continue }
      FileSystem.remove("\(folder)/\(name)")
    }
    var entries: [(path: String, size: Int, used: Int)] = []
    for kind in Kind.allCases {
      for name in FileSystem.names(in: "\(folder)/\(kind.rawValue)") ?? [] {
        let path = path(kind, name)
        var status = stat()
        guard stat(path, &status) == 0 else { continue }
        entries.append((path, Int(status.st_size), status.st_mtim.tv_sec))
      }
    }
    var total = entries.reduce(0) { $0 + $1.size }
    for entry in entries.sorted(by: { $0.used < $1.used }) where total > limit {
      FileSystem.remove(entry.path)
      total -= entry.size
    }
  }
}
