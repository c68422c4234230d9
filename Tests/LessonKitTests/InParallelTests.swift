import GenerativeModels
import Testing

@testable import LessonKit

@Suite("Work in parallel")
struct InParallelTests {
  struct Refused: Error, Hashable {
    let item: Int
  }

  @Test("keeps the order, whatever the number of items", arguments: [0, 1, 2, 3, 100])
  func order(_ count: Int) throws {
    #expect(try inParallel(Array(0..<count)) { $0 * $0 } == (0..<count).map { $0 * $0 })
  }

  @Test("throws the first error, and does not begin all that is left")
  func errors() {
    #expect(throws: Refused(item: 3)) {
      try inParallel(Array(0..<1000)) { item in
        if item >= 3 { throw Refused(item: item) }
        return item
      }
    }
  }

  @Test("trains the same networks as a loop, bit for bit")
  func bits() throws {
    let configurations = try (1...4).map { seed in
      var configuration = try GANConfiguration.precisionRecallRing(lambda: 1, seed: UInt64(seed))
      configuration.steps = 30
      return configuration
    }
    let loop = try configurations.map { try $0.train().gan }
    #expect(try inParallel(configurations) { try $0.train().gan } == loop)
  }
}
