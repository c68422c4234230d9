/// A key to sort by and the position that it came from.
struct RadixPair {
  var key: UInt64
  var index: UInt32
}

/// Sorts by key: three passes of eleven bits over the leading bits in which the keys differ, then a comparison sort
/// of what agrees in those, which is next to nothing unless the keys are spread very unevenly.
///
/// - Parameter room: as many pairs as there are to sort, with any content afterwards.
func radixSort(
  _ pairs: UnsafeMutableBufferPointer<RadixPair>, room: UnsafeMutableBufferPointer<RadixPair>
) {
  guard let first = pairs.first else { return }
  var (least, greatest) = (first.key, first.key)
  for pair in pairs {
    least = min(least, pair.key)
    greatest = max(greatest, pair.key)
  }
  let width = UInt64.bitWidth - (greatest - least).leadingZeroBitCount
  let shift = max(0, width - 3 * digitBits)
  distribute(pairs, into: room, least: least, shift: shift)
  distribute(room, into: pairs, least: least, shift: shift + digitBits)
  distribute(pairs, into: room, least: least, shift: shift + 2 * digitBits)
  _ = pairs.update(from: room)
  guard shift > 0 else { return }
  var start = 0
  while start < pairs.count {
    let head = (pairs[start].key - least) >> UInt64(shift)
    var end = start + 1
    while end < pairs.count, (pairs[end].key - least) >> UInt64(shift) == head { end += 1 }
    if end - start > 1 { pairs[start..<end].sort { $0.key < $1.key } }
    start = end
  }
}

private let digitBits = 11

/// One stable counting pass by the eleven bits of `key - least` above `shift`.
private func distribute(
  _ source: UnsafeMutableBufferPointer<RadixPair>,
  into target: UnsafeMutableBufferPointer<RadixPair>, least: UInt64, shift: Int
) {
  let mask: UInt64 = 1 << UInt64(digitBits) - 1
  let shift = UInt64(shift)
  withUnsafeTemporaryAllocation(of: Int.self, capacity: 1 << digitBits) { starts in
    starts.initialize(repeating: 0)
    for pair in source { starts[Int((pair.key - least) >> shift & mask)] += 1 }
    var start = 0
    for digit in starts.indices { (starts[digit], start) = (start, start + starts[digit]) }
    for pair in source {
      let digit = Int((pair.key - least) >> shift & mask)
      target[starts[digit]] = pair
      starts[digit] += 1
    }
  }
}
