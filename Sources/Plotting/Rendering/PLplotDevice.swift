import Glibc
import Synchronization

internal import CPLplot

/// PLplot's devices that we draw on: a closed set, for PLplot prompts on stdin for an unknown one.
enum Device: String {
  case svg
  case png = "pngcairo"
  case pdf = "pdfcairo"

  /// The Debian package that brings the driver.
  var package: String { self == .svg ? "libplplot17" : "plplot-driver-cairo" }
}

/// PLplot is one global state: who draws holds this, from opening a page to its last byte.
private let library = Mutex(())

/// The first complaint of the drawing under way; touched only by who holds `library`.
nonisolated(unsafe) private var complaint: String?

extension Device {
  /// Opens a page of `width` by `height` device units, lets `body` draw on it, and returns its bytes.
  ///
  /// All happens in memory: given a path that it cannot write, PLplot ends the process.
  func render(
    width: Int, height: Int, _ body: (borrowing Canvas) throws(PlotError) -> Void
  ) throws(PlotError) -> [UInt8] {
    try library.withLock { _ throws(PlotError) in
      try requireDriver()
      let memory = try MemoryFile()
      let messages = ErrorSink()
      complaint = nil
      plsabort { message in
        if complaint == nil, let message { complaint = String(cString: message) }
      }
      messages.install()
      c_plsdev(rawValue)
      plsfile(memory.stream)
      c_plspage(self == .svg ? 0 : 72, self == .svg ? 0 : 72, Int32(width), Int32(height), 0, 0)
      c_plscolbg(255, 255, 255)
      c_plinit()
      guard complaint == nil else {
        c_plend1()
        throw .renderer(detail: complaint ?? "")
      }
      c_pladv(0)
      c_plvpor(0, 1, 0, 1)
      let result: Result<Void, PlotError>
      do throws(PlotError) {
        try body(Canvas(device: self))
        result = .success(())
      } catch {
        result = .failure(error)
      }
      // Closes the stream's file as well.
      c_plend1()
      plsabort(nil)
      try result.get()
      if let complaint { throw .renderer(detail: complaint) }
      let bytes = memory.bytes
      guard !bytes.isEmpty else { throw .renderer(detail: "the \(rawValue) driver wrote nothing") }
      return bytes
    }
  }

  /// Throws unless PLplot lists the driver: `plinit` asks on stdin for one that it lacks.
  private func requireDriver() throws(PlotError) {
    try Self.requireAnyDriver()
    let capacity = 256
    let menu = UnsafeMutablePointer<UnsafePointer<CChar>?>.allocate(capacity: capacity)
    let names = UnsafeMutablePointer<UnsafePointer<CChar>?>.allocate(capacity: capacity)
    defer {
      menu.deallocate()
      names.deallocate()
    }
    var menuList: UnsafeMutablePointer<UnsafePointer<CChar>?>? = menu
    var nameList: UnsafeMutablePointer<UnsafePointer<CChar>?>? = names
    var count = Int32(capacity)
    plgDevs(&menuList, &nameList, &count)
    let isInstalled = (0..<Int(count)).contains { index in
      names[index].map { String(cString: $0) == rawValue } ?? false
    }
    guard isInstalled else {
      throw .missingDriver(format: "\(self)".uppercased(), package: package)
    }
  }
}

extension Device {
  /// Throws if the environment sends PLplot to a folder without drivers, on which it ends the process.
  private static func requireAnyDriver() throws(PlotError) {
    guard let path = getenv("PLPLOT_DRV_DIR") else { return }
    var hasDriver = false
    if let folder = opendir(path) {
      while let entry = readdir(folder) {
        let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name.hasSuffix(".driver_info") { hasDriver = true }
      }
      closedir(folder)
    }
    guard hasDriver else {
      throw .renderer(
        detail: "PLPLOT_DRV_DIR is \(String(cString: path)), which holds no drivers: unset it")
    }
  }
}

/// A stream into memory. PLplot closes the stream; the bytes are ours to free.
private struct MemoryFile: ~Copyable {
  // `open_memstream` keeps both addresses and writes to them until the stream is closed.
  private let buffer = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: 1)
  private let size = UnsafeMutablePointer<Int>.allocate(capacity: 1)
  let stream: UnsafeMutablePointer<FILE>

  init() throws(PlotError) {
    buffer.initialize(to: nil)
    size.initialize(to: 0)
    guard let stream = open_memstream(buffer, size) else {
      buffer.deallocate()
      size.deallocate()
      throw .renderer(detail: "no memory for the page")
    }
    self.stream = stream
  }

  var bytes: [UInt8] {
    guard let start = buffer.pointee else { return [] }
    return start.withMemoryRebound(to: UInt8.self, capacity: size.pointee) {
      Array(UnsafeBufferPointer(start: $0, count: size.pointee))
    }
  }

  deinit {
    free(buffer.pointee)
    buffer.deallocate()
    size.deallocate()
  }
}

/// Where PLplot writes its messages instead of stderr; it keeps both addresses, so they live on for good.
private struct ErrorSink {
  nonisolated(unsafe) private static let code = {
    let code = UnsafeMutablePointer<PLINT>.allocate(capacity: 1)
    code.initialize(to: 0)
    return code
  }()
  nonisolated(unsafe) private static let message = {
    let message = UnsafeMutablePointer<CChar>.allocate(capacity: 1 << 16)
    message.initialize(repeating: 0, count: 1 << 16)
    return message
  }()

  func install() { plsError(Self.code, Self.message) }
}

/// An open page. Its calls are PLplot's; lengths are in points unless said otherwise.
struct Canvas: ~Copyable {
  let device: Device

  /// Sets the page's size in points: what the coordinates of all calls refer to.
  func window(width: Double, height: Double) { c_plwind(0, width, 0, height) }

  func color(_ color: Color, opacity: Double) {
    c_plscol0a(1, Int32(color.red), Int32(color.green), Int32(color.blue), opacity)
    c_plcol0(1)
  }

  /// Sets the pen's width in device units.
  func pen(_ width: Double) { c_plwidth(width) }

  func line(_ points: [Point]) {
    var points = points
    // Cairo's driver gives a single segment round ends, unlike a line of several.
    if points.count == 2 && device != .svg { points.insert((points[0] + points[1]) / 2, at: 1) }
    c_plline(Int32(points.count), points.map(\.x), points.map(\.y))
  }

  func fill(_ points: [Point]) {
    c_plfill(Int32(points.count), points.map(\.x), points.map(\.y))
  }

  /// Writes a text whose middle line passes through a point; `height` is its em in millimetres of PLplot.
  func text(
    _ run: Run, isBold: Bool, at point: Point, height: Double, justification: Double, isTurned: Bool
  ) {
    c_plsfont(run.isSerif ? 1 : 0, run.isItalic ? 1 : 0, isBold ? 1 : 0)
    c_plschr(height, 1)
    let escaped = run.text.split(separator: "#", omittingEmptySubsequences: false)
      .joined(separator: "##")
    c_plptex(point.x, point.y, isTurned ? 0 : 1, isTurned ? 1 : 0, justification, escaped)
  }
}
