import MySQLWire

/// How a stream is cut: with 0 not at all, with 1 into single bytes, otherwise at random places.
struct Pieces {
  private let kind: UInt8
  private var state: UInt64

  init(seed: UInt8) {
    kind = seed
    state = UInt64(seed)
  }

  mutating func split(_ bytes: some RandomAccessCollection<UInt8>) -> [[UInt8]] {
    guard kind != 0 else { return bytes.isEmpty ? [] : [Array(bytes)] }
    let most = kind == 1 ? 1 : 1 << (kind % 12)
    var pieces: [[UInt8]] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let piece = rest.prefix(Int(state >> 33) % most + 1)
      pieces.append(Array(piece))
      rest = rest.dropFirst(piece.count)
    }
    return pieces
  }
}

/// Returns a payload of less than 16 MiB, preceded by its header.
func packet(_ payload: [UInt8], sequence: UInt8) -> [UInt8] {
  var writer = PacketWriter()
  writer.write(sequence: sequence) { $0.write(payload) }
  return writer.take()
}
