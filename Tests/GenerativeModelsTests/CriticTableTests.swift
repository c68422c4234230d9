import Distributions
import Divergences
import NeuralNetworks
import RealModule
import Testing

@testable import GenerativeModels

@Suite struct CriticTableTests {
  @Test(arguments: StandardGenerators.all.filter { !$0.name.contains("PR-") })
  func `the table gives activation, conjugate and ratio of a divergence`(
    _ f: any GeneratorFunction
  ) throws {
    let table = try CriticTable(of: f)
    // Between nodes, with total variation's kink apart.
    for v in stride(from: Float(-9.37), through: 9.4, by: 0.613) {
      let t = f.activation(Double(v))
      for (curve, exact) in [
        (table.activation, t), (table.conjugate, f.conjugate(t)),
        (table.ratio, f.conjugateDerivative(t)),
      ] {
        #expect(
          abs(curve(v).value - exact) <= 1e-7 * (abs(exact) + 1e-3), "\(f.name) at \(v): \(exact)")
      }
    }
  }

  @Test func `slopes are derivatives of the values, between nodes and beyond the ends`() throws {
    let table = try CriticTable(of: JensenShannon())
    for curve in [table.activation, table.conjugate, table.ratio] {
      for v in [Float(-25), -3.001, 0.013, 2.5, 18.3, 22] {
        let h: Float = 1 / 512
        let difference = (curve(v + h).value - curve(v - h).value) / Double(2 * h)
        #expect(abs(difference - curve(v).slope) <= 1e-4 * (1 + abs(difference)))
      }
    }
    #expect(table.ratio(.nan).value.isNaN)
  }

  @Test func `beyond the ends functions are straight lines`() throws {
    let ratio = try CriticTable(of: KullbackLeibler()).ratio
    #expect(
      abs(ratio(30).value - (ratio(20).value + 10 * ratio(20).slope)) < 1e-3 * ratio(30).value)
    #expect(ratio(-1e30).value.isFinite && ratio(.greatestFiniteMagnitude).value.isFinite)
  }

  /// A user's divergence whose activation forgets that its conjugate ends at log 2 / 2.
  struct Careless: GeneratorFunction {
    var name: String { "my Jensen-Shannon" }
    func callAsFunction(_ u: Double) -> Double { JensenShannon()(u) }
    func conjugate(_ t: Double) -> Double { JensenShannon().conjugate(t) }
    func conjugateDerivative(_ t: Double) -> Double { JensenShannon().conjugateDerivative(t) }
    func activation(_ v: Double) -> Double { v }
  }

  @Test func `an activation that leaves the domain is refused by name and value`() throws {
    let error = #expect(throws: TrainingError.self) { try CriticTable(of: Careless()) }
    guard case .outsideDomain(0, "my Jensen-Shannon", let v, let t) = error else {
      Issue.record("\(error as Any)")
      return
    }
    #expect(v == t && v >= 0.5 * .log(2) && v < 0.4)
    #expect("\(error!)".contains("my Jensen-Shannon: its activation takes the critic's output"))
    var configuration = GANConfiguration.cured()
    configuration.criticLoss = .divergence(.custom(name: "my Jensen-Shannon"))
    #expect(throws: try #require(error)) {
      try GANTraining(configuration, divergence: Careless())
    }
  }
}
