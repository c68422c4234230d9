import LessonWire
import Testing

struct ContentHashTests {
  // The reference implementation's value for the empty input, seed 0.
  @Test func `the empty input has XXH3's published hash`() {
    #expect("\(ContentHash(of: ""))" == "99aa06d3014798d86001c324468d497f")
  }

  @Test func `one changed byte changes the hash`() {
    let bytes = [UInt8](repeating: 7, count: 300)
    let all = bytes.indices.map { index in
      var changed = bytes
      changed[index] ^= 1
      return ContentHash(of: changed)
    }
    #expect(Set(all + [ContentHash(of: bytes)]).count == 301)
  }

  @Test func `where parts are divided matters`() {
    let cuts: [[String]] = [["ab", "c"], ["a", "bc"], ["abc"], ["abc", ""], ["", "abc"]]
    #expect(Set(cuts.map { ContentHash(ofParts: $0) }).count == cuts.count)
  }

  @Test func `a sealed entry opens only whole`() {
    let body = Array("some bytes\nand more".utf8)
    let entry = SealedEntry.seal(body)
    #expect(SealedEntry.open(entry) == body)
    for length in entry.indices { #expect(SealedEntry.open(Array(entry[..<length])) == nil) }
    for index in entry.indices {
      var damaged = entry
      damaged[index] ^= 1
      #expect(SealedEntry.open(damaged) == nil)
    }
  }
}
