import MySQLTesting

/// How a turn's bytes are cut before they are fed.
enum Splitter {
  case whole
  case singleBytes
  case random(SeededGenerator)

  mutating func split(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    switch self {
    case .whole: return [bytes[...]]
    case .singleBytes: return bytes.indices.map { bytes[$0...$0] }
    case .random(var generator):
      defer { self = .random(generator) }
      var pieces: [ArraySlice<UInt8>] = []
      var start = 0
      while start < bytes.count {
        let most = 1 << Int.random(in: 0...14, using: &generator)
        let size = Int.random(in: 1...min(bytes.count - start, most), using: &generator)
        pieces.append(bytes[start..<start + size])
        start += size
      }
      return pieces
    }
  }
}
