/// The numbers of an SVG attribute that places something, each with how it acts.
struct PlacingNumbers {
  enum Role: Equatable {
    /// A coordinate in user units; in a path, the absolute one.
    case coordinate
    /// A factor of a scaling or rotation, or a flag.
    case factor
  }

  private(set) var values: [(value: Double, role: Role)] = []
  /// What stands between the numbers; spaces and commas separate alike.
  private(set) var rest = ""

  private var word = ""
  private var position = 0
  /// A path's current point and the start of its current part.
  private var point = (x: 0.0, y: 0.0)
  private var start = (x: 0.0, y: 0.0)
  private var pending: [Double] = []

  init(_ value: String, attribute: String) {
    let bytes = Array(value.utf8)
    let isPath = attribute == "d"
    var index = 0
    while index < bytes.count {
      let end = Self.endOfNumber(bytes, from: index)
      if end > index, let number = Double(String(decoding: bytes[index..<end], as: UTF8.self)) {
        if isPath { addToPath(number) } else { addToTransform(number) }
        index = end
      } else if bytes[index].isLetter {
        let stop = isPath ? index + 1 : bytes[index...].firstIndex { !$0.isLetter } ?? bytes.count
        begin(String(decoding: bytes[index..<stop], as: UTF8.self), isPath: isPath)
        index = stop
      } else {
        if !bytes[index].isSpace, bytes[index] != UInt8(ascii: ",") {
          rest.unicodeScalars.append(Unicode.Scalar(bytes[index]))
        }
        index += 1
      }
    }
  }

  private mutating func begin(_ word: String, isPath: Bool) {
    self.word = word
    position = 0
    pending = []
    rest += word
    if isPath, word == "Z" || word == "z" { point = start }
  }

  private mutating func addToTransform(_ number: Double) {
    let isFactor =
      ["scale", "rotate", "skewX", "skewY"].contains(word) || (word == "matrix" && position < 4)
    values.append((number, isFactor ? .factor : .coordinate))
    rest += "#"
    position += 1
  }

  /// How many numbers each command of a path takes.
  private static let arity = [
    "M": 2, "L": 2, "T": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "A": 7,
  ]

  /// Relative coordinates are added up: an error in one moves all that follow.
  private mutating func addToPath(_ number: Double) {
    rest += "#"
    pending.append(number)
    let command = word.uppercased()
    guard pending.count == Self.arity[command] ?? 1 else { return }
    let base = word == command ? (x: 0.0, y: 0.0) : point
    switch command {
    case "H":
      point.x = base.x + pending[0]
      values.append((point.x, .coordinate))
    case "V":
      point.y = base.y + pending[0]
      values.append((point.y, .coordinate))
    case "A":
      for (index, value) in pending.prefix(5).enumerated() {
        values.append((value, index < 2 ? .coordinate : .factor))
      }
      addPoints(pending.suffix(2), base)
    default:
      addPoints(pending[...], base)
      if command == "M" {
        start = point
        // Further pairs after a move are lines.
        word = word == command ? "L" : "l"
      }
    }
    pending = []
  }

  private mutating func addPoints(_ numbers: ArraySlice<Double>, _ base: (x: Double, y: Double)) {
    let numbers = Array(numbers)
    for index in stride(from: 0, to: numbers.count - 1, by: 2) {
      point = (base.x + numbers[index], base.y + numbers[index + 1])
      values.append((point.x, .coordinate))
      values.append((point.y, .coordinate))
    }
  }

  private static func endOfNumber(_ bytes: [UInt8], from start: Int) -> Int {
    func digits(from start: Int) -> Int {
      bytes[min(start, bytes.count)...].firstIndex { !$0.isDigit } ?? bytes.count
    }
    func skipSign(_ index: Int) -> Int {
      guard index < bytes.count else { return index }
      return bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+")
        ? index + 1 : index
    }
    let index = skipSign(start)
    let whole = digits(from: index)
    var end = whole
    if end < bytes.count, bytes[end] == UInt8(ascii: ".") { end = digits(from: end + 1) }
    guard whole > index || end > whole + 1 else { return start }
    if end < bytes.count, bytes[end] == UInt8(ascii: "e") || bytes[end] == UInt8(ascii: "E") {
      let exponent = skipSign(end + 1)
      let stop = digits(from: exponent)
      if stop > exponent { end = stop }
    }
    return end
  }
}
