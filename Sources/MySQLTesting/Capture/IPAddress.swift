/// An IP address of either version, kept compact since a lookup by address is made for every packet.
struct IPAddress: Hashable {
  private let high: UInt64
  private let low: UInt64
  private let isVersion4: Bool

  init(version4 bits: UInt32) {
    (high, low, isVersion4) = (0, UInt64(bits), true)
  }

  init?(version6 packet: RawSpan, at start: Int) {
    guard
      let high = packet.integer(UInt64.self, at: start),
      let low = packet.integer(UInt64.self, at: start + 8)
    else { return nil }
    (self.high, self.low, isVersion4) = (high, low, false)
  }

  /// The text as RFC 5952 specifies it: lower case, with the longest run of two or more zero groups left out.
  var text: String {
    if isVersion4 {
      return [24, 16, 8, 0].map { String(low >> $0 & 0xFF) }.joined(separator: ".")
    }
    let groups = [high, low].flatMap { half in [48, 32, 16, 0].map { half >> $0 & 0xFFFF } }
    if high == 0, groups[4] == 0, groups[5] == 0xFFFF {
      return "::ffff:" + IPAddress(version4: UInt32(truncatingIfNeeded: low)).text
    }
    let zeros = longestZeros(in: groups)
    let hex = groups.map { String($0, radix: 16) }
    if zeros.count < 2 { return hex.joined(separator: ":") }
    return hex[..<zeros.lowerBound].joined(separator: ":") + "::"
      + hex[zeros.upperBound...].joined(separator: ":")
  }

  private func longestZeros(in groups: [UInt64]) -> Range<Int> {
    var longest = 0..<0
    var start = 0
    for (index, group) in groups.enumerated() {
      if group != 0 { start = index + 1 }
      if index + 1 - start > longest.count { longest = start..<index + 1 }
    }
    return longest
  }
}

/// One end of a connection.
struct CapturedEndpoint: Hashable {
  let address: IPAddress
  let port: UInt16
}
