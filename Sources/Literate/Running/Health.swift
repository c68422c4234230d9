import LessonWire

/// What Lectern stands on, and whether it is there.
public enum Health {
  /// One tool or library.
  public struct Finding: Sendable {
    /// What was looked for.
    public let name: String
    /// Whether it is there.
    public let isFine: Bool
    /// Its version or place; what to install when it is missing.
    public let detail: String
  }

  /// Looks for everything.
  public static func examine() -> [Finding] {
    [
      tool("swiftc", ["--version"], install: "Swift 6.3 or later from swift.org"),
      tool("pandoc", ["--version"], install: "apt-get install pandoc"), library,
      module("gsl", install: "apt-get install libgsl-dev"),
      module("openblas", install: "apt-get install libopenblas-dev"), processor,
      module("plplot", install: "apt-get install libplplot-dev"),
      module("libxxhash", install: "apt-get install libxxhash-dev"), driver, font,
    ]
  }

  private static func tool(_ name: String, _ arguments: [String], install: String) -> Finding {
    guard let path = Toolchain.find(name), let line = firstLine(path, arguments) else {
      return Finding(name: name, isFine: false, detail: install)
    }
    return Finding(name: name, isFine: true, detail: "\(line) (\(path))")
  }

  private static var library: Finding {
    do {
      let toolchain = try Toolchain()
      return Finding(
        name: "LessonKit", isFine: true, detail: "\(toolchain.products)/libLessonKit.so")
    } catch {
      let diagnostic = error as? Diagnostic
      let detail = diagnostic.map { "\($0.message): \($0.hint ?? "")" } ?? "\(error)"
      return Finding(name: "LessonKit", isFine: false, detail: detail)
    }
  }

  private static func module(_ name: String, install: String) -> Finding {
    guard let config = Toolchain.find("pkg-config") else {
      return Finding(name: name, isFine: false, detail: "apt-get install pkg-config")
    }
    let version = firstLine(config, ["--modversion", name])
    return Finding(name: name, isFine: version != nil, detail: version ?? install)
  }

  /// Trainings are compiled for AVX2 with fused multiplication and addition.
  private static var processor: Finding {
    let text = WholeFile.read("/proc/cpuinfo").map { String(decoding: $0, as: UTF8.self) } ?? ""
    let flags = text.split(separator: "\n").first { $0.hasPrefix("flags") }?.split(separator: " ")
    let isFine = flags.map { $0.contains("avx2") && $0.contains("fma") } ?? true
    return Finding(
      name: "processor", isFine: isFine,
      detail: isFine ? "AVX2" : "trainings need an x86-64 processor with AVX2 (2013 or later)")
  }

  /// PLplot's cairo driver makes PNG and PDF; it is a package of its own.
  private static var driver: Finding {
    let name = "plplot cairo driver"
    let install = "apt-get install plplot-driver-cairo"
    let folder = Toolchain.find("pkg-config").flatMap {
      firstLine($0, ["--variable=drvdir", "plplot"])
    }
    let path = folder.map { "\($0)/cairo.so" }
    guard let path, FileSystem.exists(path) else {
      return Finding(name: name, isFine: false, detail: install)
    }
    return Finding(name: name, isFine: true, detail: path)
  }

  private static var font: Finding {
    let path = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
    let isThere = FileSystem.exists(path)
    return Finding(
      name: "DejaVu Sans", isFine: isThere,
      detail: isThere ? path : "apt-get install fonts-dejavu-core")
  }

  private static func firstLine(_ path: String, _ arguments: [String]) -> String? {
    guard let (ending, stdout, _) = try? ChildProcess.run(path, arguments), ending == .exited(0)
    else { return nil }
    let line = String(decoding: stdout, as: UTF8.self).split(separator: "\n").first.map(String.init)
    return line?.isEmpty == false ? line : nil
  }
}
