/// A packet in words.
package struct DescribedPacket: Sendable, Equatable {
  package var direction: StreamDirection
  /// The packet's sequence id; nil for what is not a packet of the protocol, such as a TLS record.
  package var sequence: UInt8?
  /// The size of the payload in bytes.
  package var size: Int
  /// The kind of packet, by the name in the servers' documentation.
  package var kind: String
  /// The content. Passwords and what is derived from them are left out.
  package var fields: String
  /// The statement, for commands that have one, with its passwords masked.
  package var statement: String?
  /// The bytes and the fields one by one, if the describer keeps them.
  package var contents: PacketContents?
}

extension DescribedPacket: CustomStringConvertible {
  /// One line: `→` is from the client, `←` from the server.
  package var description: String {
    var line: [UInt8] = []
    append(to: &line)
    return String(decoding: line, as: UTF8.self)
  }

  /// Appends the same line as bytes, since captures have many lines.
  package func append(to line: inout [UInt8]) {
    line.append(direction == .client ? "→ " : "← ")
    let start = line.count
    if let sequence {
      line.append(UInt8(ascii: "#"))
      line.append(number: sequence)
    } else {
      line.append(UInt8(ascii: "-"))
    }
    let width = 4
    while line.count < start + width { line.append(UInt8(ascii: " ")) }
    line.append(UInt8(ascii: " "))
    line.append(number: size)
    line.append(size == 1 ? " byte  " : " bytes  ")
    line.append(text: kind)
    guard !fields.isEmpty else { return }
    line.append("  ")
    line.append(text: fields)
  }
}
