import Divergences
import RealModule
import TestSupport
import Testing

@Suite struct GeneratorFaultTests {
  @Test(arguments: BareCase.all) func `textbook formulas are sound`(_ generator: BareCase) {
    let bare = generator.bare
    let fault = Bare(name: bare.name) { u in u == 0 ? generator.closed(0) : bare(u) }.fault
    // The original GAN states its offset; its bare formula does not.
    if generator.closed is OriginalGAN {
      guard case .valueAtOne(let point, stated: 0) = fault?.kind else {
        Issue.record("\(fault.debugDescription)")
        return
      }
      expectClose(point.value, -2 * .log(2), relative: 1e-15)
    } else {
      #expect(fault == nil)
    }
  }

  @Test(arguments: StandardGenerators.all)
  func `closed forms are sound`(_ f: any GeneratorFunction) throws {
    #expect(f.fault == nil)
    #expect(try checkedGenerator(KullbackLeibler()).name == "KL")
  }

  @Test(arguments: [
    Bare(name: "concave") { -($0 - 1) * ($0 - 1) },
    Bare(name: "wrong sign") { -$0 * .log($0 + 1e-300) },
    Bare(name: "cubic") { .pow($0 - 1, 3) },
    Bare(name: "dent") { u in abs(u - 1) + (abs(u - 3) < 0.1 ? 0.2 - 2 * abs(u - 3) : 0) },
    Bare(name: "wave") { u in (u - 1) * (u - 1) + 0.01 * .sin(40 * (u - 1)) },
    Bare(name: "far") { u in u < 1e6 ? 0 : 1e6 - u },
    Bare(name: "jump") { u in u < 2 ? abs(u - 1) : u + 1 },
    Bare(name: "low at zero") { u in u == 0 ? -1 : (u - 1) * (u - 1) },
  ])
  func `not convex: three points that show it`(_ f: Bare) throws {
    let fault = try #require(f.fault)
    guard case .notConvex(let a, let b, let c) = fault.kind else {
      Issue.record("\(fault)")
      return
    }
    #expect(a.ratio < b.ratio && b.ratio < c.ratio)
    #expect(f(a.ratio) == a.value && f(b.ratio) == b.value && f(c.ratio) == c.value)
    let share = (c.ratio - b.ratio) / (c.ratio - a.ratio)
    #expect(b.value > share * a.value + (1 - share) * c.value)
    #expect("\(fault)".contains("\(f.name): f is not convex: \(a), \(b), \(c)"))
    #expect(throws: fault) { try f.checked() }
  }

  @Test func `an offset at 1`() {
    let fault = Bare(name: "offset") { ($0 - 1) * ($0 - 1) + 0.25 }.fault
    #expect(
      "\(fault!)"
        == "offset: f(1.0) = 0.25, but 0.0 is needed: subtract 0.25 from f, or state it as valueAtOne"
    )
    #expect(Bare(name: "tiny") { ($0 - 1) * ($0 - 1) + 1e-9 }.fault != nil)
  }

  @Test func `values that are not finite`() {
    func point(_ f: @escaping @Sendable (Double) -> Double) -> GeneratorFault.Point? {
      guard case .notFinite(let point) = Bare(name: "f", f: f).fault?.kind else { return nil }
      return point
    }
    #expect(point { $0 * .log($0) }?.ratio == 0)
    #expect(point { $0 > 10 ? .nan : abs($0 - 1) }?.ratio == 20)
    #expect(point { $0 < 1e-3 ? -.infinity : abs($0 - 1) }?.value == -.infinity)
    #expect(point { .sqrt($0 - 2) }?.value.isNaN == true)
    // Finite on [1/2, 2] alone: the first infinite ratios are next to the ends.
    let walled = point { (0.5...2).contains($0) ? 0 : .infinity }
    #expect(walled?.ratio == 0.5.nextDown || walled?.ratio == 2.0.nextUp)
    // Growth beyond the doubles is no fault.
    #expect(Bare(name: "exp") { .exp($0) - .exp(1) }.fault == nil)
    #expect(Bare(name: "power") { .pow($0, 60) - 1 }.fault == nil)
  }

  @Test func `a jump at 0`() throws {
    let fault = Bare(name: "jump") { $0 == 0 ? 1 : 0 }.fault
    guard case .jumpAtZero(let point, limit: 0) = fault?.kind else {
      Issue.record("\(fault.debugDescription)")
      return
    }
    #expect(point.value == 1)
    #expect(try PrecisionRecallDivergence(lambda: .infinity).fault != nil)
  }
}
