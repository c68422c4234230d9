@preconcurrency import Glibc

/// What the engine needs of the file system, with paths as text.
package enum FileSystem {
  /// What a file looks like from outside: changes when its content does, costs no reading.
  package static func stamp(_ path: String) -> String? {
    guard let status = status(path) else { return nil }
    return "\(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec) \(status.st_ino)"
  }

  /// Whether the path leads to anything.
  package static func exists(_ path: String) -> Bool { status(path) != nil }

  /// Whether the path leads to a folder.
  package static func isFolder(_ path: String) -> Bool {
    status(path).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
  }

  /// Whether the path leads to a file that has an end.
  package static func isFile(_ path: String) -> Bool {
    status(path).map { $0.st_mode & S_IFMT == S_IFREG } ?? false
  }

  /// Whether files can be made in the folder.
  package static func isWritable(_ folder: String) -> Bool {
    isFolder(folder) && access(folder, W_OK | X_OK) == 0
  }

  /// The names in a folder, sorted; nil when it cannot be read.
  package static func names(in folder: String) -> [String]? {
    guard let stream = opendir(folder) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Makes a folder and those above it.
  package static func makeFolder(_ path: String) throws {
    if isFolder(path) { return }
    let above = folder(of: path)
    if above != path && !exists(above) { try makeFolder(above) }
    guard mkdir(path, 0o755) == 0 || isFolder(path) else {
      throw SystemError("\(path) cannot be made", errno)
    }
  }

  /// Removes a file, or a folder with what is in it.
  package static func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFDIR {
      for name in names(in: path) ?? [] { remove("\(path)/\(name)") }
      rmdir(path)
    } else {
      unlink(path)
    }
  }

  /// The path with every link followed; nil when it leads nowhere.
  package static func real(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The folder that holds the path's last component.
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last component.
  package static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// The nearest folder at or above `folder` that `holds` accepts; `folder` is a real path.
  package static func nearest(
    above folder: String, where holds: (String) -> Bool
  ) -> String? {
    var folder = folder
    while !holds(folder) {
      if folder == "/" { return nil }
      folder = Self.folder(of: folder)
    }
    return folder
  }

  private static func status(_ path: String) -> stat? {
    var status = stat()
    return stat(path, &status) == 0 ? status : nil
  }
}
