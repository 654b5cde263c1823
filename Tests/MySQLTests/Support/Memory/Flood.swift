import MySQLTesting

/// A sender of packets that does not hold them: it sends 64 KiB at a time.
struct Flood {
  let connection: ScriptedConnection
  static let filler = [UInt8](repeating: 0x41, count: 64 << 10)
  static let brokenText = [UInt8](repeating: 0xFF, count: 64 << 10)
  /// The most that an attack sends.
  static var total: Int { 256 << 20 }

  /// Sends one payload of this size, in as many packets as it takes.
  func payload(_ start: [UInt8], size: Int, filler: [UInt8] = Self.filler, end: [UInt8] = []) throws {
    var start = start[...]
    var rest = size
    repeat {
      let length = min(rest, 0xFF_FFFF)
      rest -= length
      try header(length)
      try connection.send(Array(start))
      // The end is never in a packet of its own.
      try repeated(filler, length - start.count - (rest == 0 ? end.count : 0))
      start = []
      if rest == 0 { try connection.send(end) }
    } while rest > 0
  }

  /// Sends a payload that never ends.
  func endless(_ start: [UInt8]) throws {
    for packet in 0..<Self.total >> 24 {
      try header(0xFF_FFFF)
      if packet == 0 { try connection.send(start) }
      try repeated(Self.filler, 0xFF_FFFF - (packet == 0 ? start.count : 0))
    }
  }

  /// Sends payloads one after the other until enough was sent.
  func many(_ payload: [UInt8], count: Int = .max) throws {
    var sent = 0
    var left = count
    while left > 0, sent < Self.total {
      var packets: [UInt8] = []
      while left > 0, packets.count < 64 << 10 {
        packets += [
          UInt8(truncatingIfNeeded: payload.count), UInt8(truncatingIfNeeded: payload.count >> 8),
          UInt8(truncatingIfNeeded: payload.count >> 16), connection.sequence,
        ]
        packets += payload
        connection.sequence &+= 1
        left -= 1
      }
      sent += packets.count
      try connection.send(packets)
    }
  }

  private func header(_ length: Int) throws {
    try connection.send([
      UInt8(length & 0xFF), UInt8(length >> 8 & 0xFF), UInt8(length >> 16), connection.sequence,
    ])
    connection.sequence &+= 1
  }

  private func repeated(_ filler: [UInt8], _ count: Int) throws {
    var rest = count
    while rest > 0 {
      try connection.send(rest >= filler.count ? filler : Array(filler[..<rest]))
      rest -= filler.count
    }
  }
}
