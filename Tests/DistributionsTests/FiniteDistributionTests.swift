import Distributions
import Testing
import TestSupport

@Suite struct FiniteDistributionTests {
  @Test func `weights are found by label and the support leaves zeros out`() throws {
    let law = try FiniteDistribution(["cat": 1 / 3, "dog": 2 / 3, "eel": 0])
    // Without its type the macro would compare with the integer 2 / 3.
    #expect(law.probability(of: "dog") == (2 / 3 as Rational))
    #expect(law.probability(of: "eel") == 0 && law.probability(of: "fox") == 0)
    #expect(law.support == ["cat", "dog"])
    #expect(law.approximate.values == [1.0 / 3, 2.0 / 3, 0])
    #expect(try FiniteDistribution(uniformOn: ["a", "b", "c"]).weights == [1 / 3, 1 / 3, 1 / 3])
    #expect(try FiniteDistribution(weights: [1]).atoms == ["x1"])
  }

  @Test func `bad weights are refused by name and value`() {
    func refusal(_ weights: KeyValuePairs<String, Rational>) -> String {
      do {
        _ = try FiniteDistribution(weights)
        return "accepted"
      } catch {
        return error.description
      }
    }
    #expect(
      refusal(["a": -1 / 2, "b": 3 / 2])
        == "FiniteDistribution: weight of \"a\" = -1/2: must not be negative")
    #expect(
      refusal(["a": 1 / 2, "b": 1 / 3])
        == "FiniteDistribution: sum of the weights = 5/6: must be 1")
    #expect(
      refusal(["a": 1 / 2, "a": 1 / 2])
        == "FiniteDistribution: atoms = \"a\": must not appear twice")
    #expect(refusal([:]) == "FiniteDistribution: atoms = []: must not be empty")
    #expect(throws: ParameterError.self) {
      try FiniteDistribution(atoms: ["a"], weights: [1 / 2, 1 / 2])
    }
    #expect(throws: ParameterError.self) { try FiniteDistribution(uniformOn: []) }
  }

  @Test func `spaces are matched by label`() throws {
    let a = try FiniteDistribution(["x": 1 / 4, "y": 3 / 4])
    let b = try FiniteDistribution(["y": 1 / 5, "x": 4 / 5])
    #expect(try b.weights(onSpaceOf: a) == [4 / 5, 1 / 5])
    let c = try FiniteDistribution(["x": 1 / 4, "z": 3 / 4])
    #expect { try c.weights(onSpaceOf: a) } throws: { "\($0)".contains("\"y\"") }
    let d = try FiniteDistribution(["x": 1 / 4, "y": 1 / 4, "w": 1 / 2])
    #expect { try d.weights(onSpaceOf: a) } throws: { "\($0)".contains("\"w\"") }
  }

  /// False-alarm rate below 1e-6: chi-squared with 3 degrees of freedom exceeds 30.7 that often.
  @Test func `samples follow the weights and never hit a zero`() throws {
    let law = try FiniteDistribution(
      ["none": 0, "a": 1 / 2, "b": 1 / 3, "gap": 0, "c": 1 / 7, "d": 1 / 42, "end": 0])
    var generator = SeededGenerator(seed: 3)
    let n = 100_000
    var counts: [String: Int] = [:]
    for _ in 0..<n { counts[law.sample(using: &generator), default: 0] += 1 }
    #expect(Set(counts.keys) == Set(law.support))
    let chiSquared = law.support.reduce(0.0) { sum, atom in
      let expected = Double(n) * Double(law.probability(of: atom))
      return sum + (Double(counts[atom] ?? 0) - expected) * (Double(counts[atom] ?? 0) - expected)
        / expected
    }
    #expect(chiSquared < 30.7)
  }

  @Test func `the extreme draws land on the first and the last atom that can occur`() throws {
    struct Constant: RandomNumberGenerator {
      var value: UInt64
      mutating func next() -> UInt64 { value }
    }
    let law = try FiniteDistribution(["none": 0, "a": 1 / 3, "b": 2 / 3, "end": 0])
    var (lowest, highest) = (Constant(value: 0), Constant(value: .max))
    #expect(law.sample(using: &lowest) == "a")
    #expect(law.sample(using: &highest) == "b")
  }

  @Test func `double weights are checked and normalised`() throws {
    #expect(throws: ParameterError.self) { try FiniteWeights([]) }
    #expect { try FiniteWeights([0.5, .nan]) } throws: { "\($0)".contains("values[1] = nan") }
    #expect { try FiniteWeights([0.5, 0.4]) } throws: { "\($0)".contains("= 0.9") }
    #expect(throws: ParameterError.self) { try FiniteWeights([1.5, -0.5]) }
    #expect(throws: ParameterError.self) { try FiniteWeights(normalizing: [0, 0]) }
    #expect(throws: ParameterError.self) { try FiniteWeights(normalizing: [1e308, 1e308]) }
    #expect(try FiniteWeights(normalizing: [1, 3]).values == [0.25, 0.75])
    #expect(try FiniteWeights([Double](repeating: 0.1, count: 10)).values.count == 10)
  }
}
