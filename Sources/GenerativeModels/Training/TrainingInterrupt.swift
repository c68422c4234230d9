import Synchronization

/// A flag that asks trainings to stop after the step that they are in.
///
/// A signal handler may call `request()` on `shared`, once something has touched `shared` before: it is one atomic store.
public final class TrainingInterrupt: Sendable {
  /// The flag that every training heeds unless it is given another.
  public static let shared = TrainingInterrupt()

  private let flag = Atomic<Bool>(false)

  /// A flag that is not raised.
  public init() {}

  /// Asks to stop.
  public func request() { flag.store(true, ordering: .relaxed) }

  /// Takes the request back, before another training.
  public func reset() { flag.store(false, ordering: .relaxed) }

  /// Whether a stop was asked for.
  public var isRequested: Bool { flag.load(ordering: .relaxed) }
}
