/// Neumaier's compensated sum.
package struct CompensatedSum {
  @usableFromInline package var sum = 0.0
  @usableFromInline package var compensation = 0.0

  /// An empty sum.
  @inlinable package init() {}

  @inlinable package var value: Double { sum + compensation }

  @inlinable package mutating func add(_ x: Double) {
    // Knuth's exact error of a sum: no branch on which of the two is larger.
    let total = sum + x
    let part = total - sum
    compensation += (sum - (total - part)) + (x - part)
    sum = total
  }
}
