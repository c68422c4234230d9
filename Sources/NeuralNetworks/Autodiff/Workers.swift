import Glibc
import Synchronization

/// What two threads can share: an object, since a closure would be allocated for each run.
protocol ShardedWork: AnyObject {
  /// Does one shard's part; barriers are counted from `arrivals`.
  func run(shard: Int, arrivals: Int)
}

private final class ClosureWork: ShardedWork {
  private let body: (Int) -> Void

  init(_ body: @escaping (Int) -> Void) { self.body = body }

  func run(shard: Int, arrivals: Int) { body(shard) }
}

/// Two threads that run the two halves of a program in step: the caller's, and one that waits between runs.
///
/// The waiting thread spins for some microseconds, since the next run mostly comes at once, and then sleeps.
package final class Workers: @unchecked Sendable {
  /// The one pair of the process: a program that finds it busy runs its shards in turn.
  static let shared = Workers()

  private let requested = Atomic<Int>(0)
  private let completed = Atomic<Int>(0)
  private let arrived = Atomic<Int>(0)
  private let isSleeping = Atomic<Bool>(false)
  private let isBusy = Atomic<Bool>(false)
  private var work: (any ShardedWork)?
  private var firstArrival = 0
  private var mutex = pthread_mutex_t()
  private var condition = pthread_cond_t()
  /// The nanoseconds that the caller has waited for the other thread in this run.
  private var waited: UInt64 = 0
  /// Of the last `recent` runs, at most 64, how many the caller spent mostly waiting.
  private var (recent, late) = (0, 0)
  /// The runs that are refused before the next try: on a loaded machine one thread alone is faster than two that wait.
  private var refusals = 0
  private let isParallel = sysconf(Int32(_SC_NPROCESSORS_ONLN)) > 1

  private init() {
    pthread_mutex_init(&mutex, nil)
    pthread_cond_init(&condition, nil)
    guard isParallel else { return }
    var thread = pthread_t()
    let me = Unmanaged.passRetained(self).toOpaque()
    pthread_create(
      &thread, nil,
      { argument in
        Unmanaged<Workers>.fromOpaque(argument!).takeUnretainedValue().serve()
        return nil
      }, me)
    pthread_detach(thread)
  }

  /// Runs shard 0 here and shard 1 on the other thread, and returns true when both are done; false, and does nothing,
  /// where the other thread is taken.
  func run(_ job: any ShardedWork) -> Bool {
    guard isParallel, !isBusy.exchange(true, ordering: .acquiringAndReleasing) else { return false }
    defer { isBusy.store(false, ordering: .releasing) }
    guard refusals == 0 else {
      refusals -= 1
      return false
    }
    let start = Self.nanoseconds
    waited = 0
    firstArrival = arrived.load(ordering: .acquiring)
    work = job
    let turn = requested.load(ordering: .relaxed) + 1
    requested.store(turn, ordering: .sequentiallyConsistent)
    if isSleeping.load(ordering: .sequentiallyConsistent) {
      pthread_mutex_lock(&mutex)
      pthread_cond_signal(&condition)
      pthread_mutex_unlock(&mutex)
    }
    job.run(shard: 0, arrivals: firstArrival)
    waited += wait { completed.load(ordering: .acquiring) >= turn }
    work = nil
    recent += 1
    if 2 * waited > Self.nanoseconds - start { late += 1 }
    if late == 8 { refusals = 512 }
    if late == 8 || recent == 64 { (recent, late) = (0, 0) }
    return true
  }

  /// Runs `body(0)` and `body(1)`, at once where the other thread is free.
  package static func runBoth(_ body: (Int) -> Void) {
    withoutActuallyEscaping(body) { body in
      let job = ClosureWork(body)
      if !shared.run(job) {
        body(0)
        body(1)
      }
    }
  }

  /// Waits for the other thread to come to the same point; arrivals are counted from the run's first.
  func barrier(_ turn: inout Int, shard: Int) {
    let expected = turn + 2
    turn = expected
    arrived.add(1, ordering: .acquiringAndReleasing)
    let time = wait { arrived.load(ordering: .acquiring) >= expected }
    if shard == 0 { waited += time }
  }

  /// Spins for some microseconds, then lets others have the processor; the nanoseconds after the spinning.
  private func wait(until isTrue: () -> Bool) -> UInt64 {
    for _ in 0..<2000 where isTrue() { return 0 }
    let start = Self.nanoseconds
    while !isTrue() { sched_yield() }
    return Self.nanoseconds - start
  }

  private static var nanoseconds: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  private func serve() {
    var turn = 0
    while true {
      var spins = 0
      while requested.load(ordering: .acquiring) == turn {
        spins += 1
        if spins > 20_000 {
          sleep(until: turn)
          spins = 0
        }
      }
      turn += 1
      work?.run(shard: 1, arrivals: firstArrival)
      completed.store(turn, ordering: .releasing)
    }
  }

  private func sleep(until turn: Int) {
    pthread_mutex_lock(&mutex)
    isSleeping.store(true, ordering: .sequentiallyConsistent)
    while requested.load(ordering: .sequentiallyConsistent) == turn {
      pthread_cond_wait(&condition, &mutex)
    }
    isSleeping.store(false, ordering: .sequentiallyConsistent)
    pthread_mutex_unlock(&mutex)
  }
}
