import MySQLTesting
import MySQLWire

/// A client's packets without two differences that servers ignore: how an empty password is sent (the `mysql`
/// command answers with a NUL, others with nothing), and whether an execution's flag says that its parameters
/// are counted (Connector/Python counts them without the flag). The first answer of COM_CHANGE_USER is left
/// out: some clients answer the old challenge and some wait for a new one.
struct OneSpelling: Equatable {
  private var payloads: [[UInt8]] = []

  init(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while rest.count >= PacketFramer.headerSize {
      let length = rest.prefix(3).reversed().reduce(0) { $0 << 8 | Int($1) }
      payloads.append(Self.respell(Array(rest.dropFirst(PacketFramer.headerSize).prefix(length))))
      rest = rest.dropFirst(PacketFramer.headerSize + length)
    }
  }

  private static func respell(_ payload: [UInt8]) -> [UInt8] {
    if payload == [0] { return [] }
    if payload.first == CommandCode.execute.rawValue, payload.count > 5 {
      var spelled = payload
      spelled[5] |= 8
      return spelled
    }
    if payload.first == CommandCode.changeUser.rawValue {
      guard let end = payload.firstIndex(of: 0), end + 1 < payload.count else { return payload }
      return Array(payload[...end] + payload[(end + 2)...].dropFirst(Int(payload[end + 1])))
    }
    let startOfLogin = 32
    return payload.count > startOfLogin ? withoutEmptyAnswer(payload, after: startOfLogin) : payload
  }

  /// Returns the packet without the answer after the user's name, if that answer is a single NUL.
  private static func withoutEmptyAnswer(_ payload: [UInt8], after start: Int) -> [UInt8] {
    guard let end = payload[start...].firstIndex(of: 0), payload[(end + 1)...].starts(with: [1, 0]) else {
      return payload
    }
    return Array(payload[...end] + [0] + payload[(end + 3)...])
  }
}
