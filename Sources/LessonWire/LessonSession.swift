import FoundationEssentials

/// What the engine tells a lesson's process when it starts it, as JSON in one environment variable.
public struct LessonSession: Codable, Sendable, Hashable {
  /// The environment variable that holds the session.
  public static let variable = "LECTERN_SESSION"
  /// The status with which a lesson ends after it has reported `Record.failed`.
  public static let failureStatus: Int32 = 70
  /// The status with which a lesson ends when it cannot write records any more.
  public static let lostChannelStatus: Int32 = 71

  /// The descriptor on which the process writes its records.
  public var records: Int32?
  /// The folder in which the lesson runs: its own, so that it finds its data.
  public var folder: String?
  /// The lesson's seed.
  public var seed: UInt64 = 1
  /// What each cell needs to know of its options.
  public var cells: [String: CellSettings] = [:]
  /// Parameters of the front matter, as text.
  public var defaults: [String: String] = [:]
  /// Parameters given on the command line, as text.
  public var overrides: [String: String] = [:]
  /// Whether figures are also wanted as PNG.
  public var wantsPNG = false
  /// Whether figures are also wanted as PDF.
  public var wantsPDF = false
  /// The folder of memoised results; nil turns memoising off.
  public var memoFolder: String?
  /// What every memoised result depends on: library and toolchain.
  public var memoSalt = ""

  /// The settings of one cell.
  public struct CellSettings: Codable, Sendable, Hashable {
    /// The cell's own seed.
    public var seed: UInt64?
    /// The width of its figures in inches.
    public var figWidth: Double?
    /// The height of its figures in inches.
    public var figHeight: Double?

    /// The settings of a cell.
    public init(seed: UInt64? = nil, figWidth: Double? = nil, figHeight: Double? = nil) {
      self.seed = seed
      self.figWidth = figWidth
      self.figHeight = figHeight
    }
  }

  /// A session without an engine: the program was started by hand.
  public init() {}

  /// The session in the value of the environment variable, nil when it cannot be read.
  public init?(json: String) {
    guard let session = try? JSONDecoder().decode(Self.self, from: Data(json.utf8)) else {
      return nil
    }
    self = session
  }

  /// The value of the environment variable.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
