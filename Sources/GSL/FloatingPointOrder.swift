/// The position of a number in the order of all doubles: neighbours differ by one, zero is 0.
func ordinal(_ x: Double) -> Int64 {
  if x.isNaN { return .max }
  let bits = Int64(bitPattern: x.bitPattern)
  return bits >= 0 ? bits : Int64.min - bits
}

/// The number at a position.
func number(_ ordinal: Int64) -> Double {
  Double(bitPattern: UInt64(bitPattern: ordinal >= 0 ? ordinal : Int64.min - ordinal))
}

func midpoint(_ a: Int64, _ b: Int64) -> Int64 { (a >> 1) + (b >> 1) + (a & b & 1) }
