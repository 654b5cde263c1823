import MySQLWire

/// The packets of a made-up server.
typealias Bytes = [UInt8]

/// Returns a payload after its header, or after several headers if the payload has 16 MiB - 1 or more.
func packet(_ sequence: UInt8, _ payload: Bytes) -> Bytes {
  var sequence = sequence
  var rest = payload[...]
  var bytes: Bytes = []
  while true {
    let piece = rest.prefix(0xFF_FFFF)
    bytes += [UInt8(piece.count & 0xFF), UInt8(piece.count >> 8 & 0xFF), UInt8(piece.count >> 16), sequence]
    bytes += piece
    guard piece.count == 0xFF_FFFF else { return bytes }
    rest = rest.dropFirst(piece.count)
    sequence &+= 1
  }
}

/// Returns the payloads as consecutive packets, numbered from this id on.
func packets(from sequence: UInt8 = 1, _ payloads: Bytes...) -> Bytes {
  packets(from: sequence, payloads)
}

func packets(from sequence: UInt8 = 1, _ payloads: [Bytes]) -> Bytes {
  zip(0..., payloads).flatMap { packet(sequence &+ UInt8(truncatingIfNeeded: $0), $1) }
}

func lengthEncoded(_ bytes: some Collection<UInt8>) -> Bytes {
  var writer = ByteWriter()
  writer.writeLengthEncoded(bytes: bytes)
  return writer.bytes
}

func lengthEncoded(_ value: UInt64) -> Bytes {
  var writer = ByteWriter()
  writer.writeLengthEncoded(value)
  return writer.bytes
}
