@preconcurrency import Glibc
import LessonWire

/// The programs and files that a lesson is built with.
public struct Toolchain: Sendable {
  /// The compiler, links followed to the toolchain's own folder.
  public let swiftc: String
  /// The folder of libLessonKit.so and of `Modules`.
  public let products: String
  /// The package's folder.
  public let package: String
  /// Changes when the compiler or the library does; part of every key.
  let identity: String

  /// Finds the compiler on PATH, and the library beside the running program or in `products`.
  ///
  /// - Throws: a diagnostic that says what is missing and what to install.
  public init(products: String? = nil) throws {
    guard let found = Self.find("swiftc"), let swiftc = FileSystem.real(found) else {
      throw Diagnostic(
        .error, .tool, "swiftc is not on PATH",
        hint: "install Swift 6.3 or later from swift.org and put its bin folder on PATH")
    }
    let products =
      products
      ?? FileSystem.folder(of: FileSystem.real("/proc/self/exe") ?? CommandLine.arguments[0])
    let library = "\(products)/libLessonKit.so"
    guard let bytes = WholeFile.read(library) else {
      throw Diagnostic(
        .error, .tool, "\(library) is missing",
        hint: "build it: swift build -c release --product LessonKit"
      )
    }
    let marker = "Package.swift"
    guard
      let package = FileSystem.nearest(
        above: products, where: { FileSystem.exists("\($0)/\(marker)") })
        ?? Self.packageOfModules(products)
    else {
      throw Diagnostic(
        .error, .tool, "\(products) lies in no package",
        hint: "run lectern from the folder where it was built")
    }
    // A driver is reached through a link; its folder is where the other tools are.
    self.swiftc = found
    self.products = products
    self.package = package
    let tools = FileSystem.folder(of: swiftc)
    var parts = [swiftc, library, "\(ContentHash(of: bytes))"]
    parts += ["swift-driver", "swift-frontend"].compactMap { FileSystem.stamp("\(tools)/\($0)") }
    for name in FileSystem.names(in: "\(products)/Modules") ?? []
    where name.hasSuffix(".swiftmodule") {
      parts.append("\(name) \(FileSystem.stamp("\(products)/Modules/\(name)") ?? "")")
    }
    identity = "\(ContentHash(ofParts: parts))"
  }

  /// The tool that turns addresses into lines; it comes with the compiler.
  var symbolizer: String? {
    FileSystem.real(swiftc).flatMap {
      let path = "\(FileSystem.folder(of: $0))/llvm-symbolizer"
      return FileSystem.exists(path) ? path : nil
    }
  }

  /// The folders of the C module maps, which the modules of the library refer to: the package's own,
  /// and those of the packages that it is built with.
  var moduleMapFolders: [String] {
    // Products lie two folders below the build's: `.build/<triple>/release`.
    let build = FileSystem.folder(of: FileSystem.folder(of: FileSystem.real(products) ?? products))
    let checkouts = Self.folders(in: "\(build)/checkouts").flatMap {
      Self.folders(in: "\($0)/Sources")
    }
    return (Self.folders(in: "\(package)/Sources") + checkouts.map { "\($0)/include" })
      .filter { FileSystem.exists("\($0)/module.modulemap") }
  }

  private static func folders(in folder: String) -> [String] {
    (FileSystem.names(in: folder) ?? []).map { "\(folder)/\($0)" }
  }

  /// The full path of a program on PATH.
  public static func find(_ name: String) -> String? {
    let folders = (Environment.value("PATH") ?? "/usr/local/bin:/usr/bin:/bin").split(
      separator: ":")
    return folders.map { "\($0)/\(name)" }.first {
      access($0, X_OK) == 0 && !FileSystem.isFolder($0)
    }
  }

  /// The package of a build that was made outside its folder, from its own record of the sources.
  private static func packageOfModules(_ products: String) -> String? {
    guard let bytes = WholeFile.read("\(products)/LessonKit.build/sources") else { return nil }
    let first = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first.map(String.init)
    return first.flatMap { path in
      FileSystem.nearest(above: FileSystem.folder(of: path)) {
        FileSystem.exists("\($0)/Package.swift")
      }
    }
  }
}
