/// A packet in words.
package struct DescribedPacket: Sendable, Equatable {
  package var direction: Conversation.Direction
  /// Its number within the exchange; nil for what is no packet of the protocol, such as a record of TLS.
  package var sequence: UInt8?
  /// How many bytes its payload has.
  package var size: Int
  /// What it is, by the name that the servers' documentation gives it.
  package var kind: String
  /// What it says. Passwords and what is made of them are left out.
  package var fields: String
  /// The statement, for commands that have one, with its passwords masked.
  package var statement: String?
}

extension DescribedPacket: CustomStringConvertible {
  /// One line: `→` is from the client, `←` from the server.
  package var description: String {
    let arrow = direction == .client ? "→" : "←"
    let number = sequence.map { "#\($0)" } ?? "-"
    let padding = String(repeating: " ", count: max(0, 4 - number.count))
    let head = "\(arrow) \(number)\(padding) \(size) \(size == 1 ? "byte" : "bytes")  \(kind)"
    return fields.isEmpty ? head : "\(head)  \(fields)"
  }
}
