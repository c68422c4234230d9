import Distributions
import FoundationEssentials
import GenerativeModels
import NeuralNetworks
import Testing

@Suite("Flows as bytes and as text")
struct FlowFileTests {
  static let flows: [NormalizingFlow] = {
    do {
      return [
        try FlowSupport.bent(.affine, seed: 1),
        try FlowSupport.bent(.spline(bins: 3, bound: 2.5), seed: 2, latent: .disc(mass: 0.8)),
        try FlowSupport.bent(.spline(bins: 1, bound: 1), seed: 3, latent: .scaled(0.3)),
      ]
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  @Test("come back bit for bit", arguments: flows)
  func roundTrip(_ flow: NormalizingFlow) throws {
    #expect(try FlowFile.flow(from: FlowFile.bytes(of: flow)) == flow)
    let text = try JSONEncoder().encode(flow)
    #expect(try JSONDecoder().decode(NormalizingFlow.self, from: text) == flow)
  }

  @Test("are refused when a byte was changed, wherever")
  func damage() {
    let bytes = FlowFile.bytes(of: Self.flows[2])
    for index in bytes.indices {
      var damaged = bytes
      damaged[index] ^= 0x10
      #expect(throws: FormatError.self) { try FlowFile.flow(from: damaged) }
    }
  }

  @Test("are refused when cut short, wherever, continued, or foreign")
  func foreign() {
    let bytes = FlowFile.bytes(of: Self.flows[1])
    for count in 0..<bytes.count {
      #expect(throws: FormatError.self) { try FlowFile.flow(from: Array(bytes.prefix(count))) }
    }
    #expect(throws: FormatError.self) { try FlowFile.flow(from: bytes + [0]) }
    let network = NetworkFile.bytes(of: Self.flows[0].couplings[0].conditioner)
    let error = #expect(throws: FormatError.self) { try FlowFile.flow(from: network) }
    #expect(error?.description == "not a flow: it does not start with LECTFLO1")
    #expect(throws: FormatError.self) { try NetworkFile.network(from: bytes) }
  }

  @Test("are refused as text when a number is out of range")
  func text() throws {
    let text = String(
      decoding: try JSONEncoder().encode(Self.flows[1]), as: UTF8.self)
    for (old, new) in [("\"bins\":3", "\"bins\":4"), ("\"mass\":0.8", "\"mass\":1.5")] {
      let changed = text.replacing(old, with: new)
      #expect(changed != text)
      #expect(throws: (any Error).self) {
        try JSONDecoder().decode(NormalizingFlow.self, from: Data(changed.utf8))
      }
    }
  }
}
