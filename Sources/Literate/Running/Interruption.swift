@preconcurrency import Glibc
import Synchronization

/// Whether the user has asked Lectern to stop (Ctrl-C, or a termination signal).
///
/// The handler only notes it; every wait for a child looks, ends the child and throws, so that
/// temporary files are removed on the way out.
public enum Interruption {
  private static let received = Atomic<CInt>(0)

  /// Starts listening for SIGINT, SIGTERM and SIGHUP.
  public static func listen() {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { signal in
      Interruption.received.store(signal, ordering: .relaxed)
    }
    // Whoever started us may have blocked them.
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP] {
      sigaction(signal, &action, nil)
      sigaddset(&signals, signal)
    }
    sigprocmask(SIG_UNBLOCK, &signals, nil)
  }

  /// The user has asked to stop.
  public struct Requested: Error {
    /// 130 for Ctrl-C, 128 + the signal in general.
    public let exitCode: Int32
  }

  /// - Throws: `Requested` when a signal has arrived.
  public static func check() throws {
    let signal = received.load(ordering: .relaxed)
    if signal != 0 { throw Requested(exitCode: 128 + signal) }
  }
}
