import FoundationEssentials
import LessonWire

/// The result of expensive work, taken from the cache when the same work was done before.
///
/// The key covers the name, the inputs, Lectern's library and the toolchain; it does not see what
/// else the closure reads, so pass all of that as `inputs`. Doubles survive exactly, infinities and
/// NaN included. An entry that cannot be read is computed again.
///
/// - Parameters:
///   - name: what is computed; shown to the reader when the result is reused.
///   - inputs: everything that the result depends on.
///   - work: computes the result.
public func cached<Value: Codable, each Input: Codable>(
  _ name: String, inputs: repeat each Input, work: () throws -> Value
) rethrows -> Value {
  var parts = [LessonProcess.session.memoSalt, name, "\(Value.self)"]
  var isKeyed = true
  for input in repeat each inputs {
    guard let text = try? MemoCoding.encoded(input) else {
      isKeyed = false
      break
    }
    parts += ["\(type(of: input))", String(decoding: text, as: UTF8.self)]
  }
  guard isKeyed, let folder = LessonProcess.session.memoFolder else { return try work() }
  let path = "\(folder)/\(ContentHash(ofParts: parts))"
  if let entry = WholeFile.read(path), let value = MemoCoding.opened(entry, as: Value.self) {
    LessonProcess.send(.memo(name: name, hit: true, seconds: 0))
    return value
  }
  let clock = ContinuousClock()
  let start = clock.now
  let value = try work()
  let seconds = (clock.now - start) / .seconds(1)
  // A result that cannot be stored is still a result.
  if let entry = try? MemoCoding.sealed(value) { try? WholeFile.write(entry, to: path) }
  LessonProcess.send(.memo(name: name, hit: false, seconds: seconds))
  return value
}

/// Memoised values as sealed JSON.
enum MemoCoding {
  static func encoded(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return [UInt8](try encoder.encode([value]))
  }

  static func sealed(_ value: some Encodable) throws -> [UInt8] {
    SealedEntry.seal(try encoded(value))
  }

  /// The value, nil when the entry is damaged or of another type.
  static func opened<Value: Decodable>(_ entry: [UInt8], as type: Value.Type) -> Value? {
    guard let body = SealedEntry.open(entry) else { return nil }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try? decoder.decode([Value].self, from: Data(body)).first
  }
}
