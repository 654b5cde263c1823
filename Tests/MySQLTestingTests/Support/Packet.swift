import MySQLTesting

/// A TCP segment between 10.0.0.1:50000 and 10.0.0.2:3306, to be wrapped in the layers below.
struct Packet {
  var sender: StreamDirection
  var flags: String
  var sequence: UInt32
  var acknowledgement: UInt32?
  var payload: [UInt8]
  var clientPort: UInt16 = 50_000
  var serverPort: UInt16 = 3306

  static func client(
    _ sequence: UInt32, _ payload: String = "", ack: UInt32? = nil, flags: String = ""
  ) -> Packet {
    Packet(
      sender: .client, flags: flags, sequence: sequence, acknowledgement: ack, payload: Array(payload.utf8))
  }

  static func server(
    _ sequence: UInt32, _ payload: String = "", ack: UInt32? = nil, flags: String = ""
  ) -> Packet {
    Packet(
      sender: .server, flags: flags, sequence: sequence, acknowledgement: ack, payload: Array(payload.utf8))
  }

  func ports(client: UInt16, server: UInt16 = 3306) -> Packet {
    var packet = self
    (packet.clientPort, packet.serverPort) = (client, server)
    return packet
  }

  /// The segment with eight bytes of options, so that nothing may rely on the shortest header.
  var tcp: [UInt8] {
    let bits: [Character: UInt8] = ["F": 1, "S": 2, "R": 4]
    var bytes = sender == .client ? big(clientPort) + big(serverPort) : big(serverPort) + big(clientPort)
    bytes += big(sequence) + big(acknowledgement ?? 0)
    bytes += [7 << 4, flags.reduce(acknowledgement == nil ? 0 : 0x10) { $0 | (bits[$1] ?? 0) }]
    bytes += [0xFF, 0xFF, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0]
    return bytes + payload
  }

  func ipv4(options: Int = 0, fragment: UInt16 = 0x4000, transport: UInt8 = 6, count: Int? = nil) -> [UInt8] {
    let header = 20 + options
    var bytes: [UInt8] = [0x40 | UInt8(header / 4), 0]
    bytes += big(UInt16(count ?? header + tcp.count))
    bytes += [0, 0] + big(fragment) + [64, transport, 0, 0]
    bytes += sender == .client ? [10, 0, 0, 1, 10, 0, 0, 2] : [10, 0, 0, 2, 10, 0, 0, 1]
    bytes += Array(repeating: 1, count: options)
    return bytes + tcp
  }

  /// Each extension header has a type and a length in units of eight bytes beyond the first.
  func ipv6(extensions: [(type: UInt8, units: UInt8)] = [], count: Int? = nil) -> [UInt8] {
    let types = extensions.map(\.type) + [6]
    var headers: [UInt8] = []
    for (header, next) in zip(extensions, types.dropFirst()) {
      headers += [next, header.units] + Array(repeating: 0, count: Int(header.units) * 8 + 6)
    }
    let prefix: [UInt8] = [0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]
    var bytes: [UInt8] = [0x60, 0, 0, 0]
    bytes += big(UInt16(count ?? headers.count + tcp.count)) + [types[0], 64]
    bytes += prefix + [sender == .client ? 1 : 2]
    bytes += prefix + [sender == .client ? 2 : 1]
    return bytes + headers + tcp
  }

  func ethernet(tags: [UInt16] = []) -> [UInt8] {
    var bytes = [UInt8](repeating: 2, count: 12)
    for tag in tags { bytes += big(tag) + [0, 42] }
    return bytes + [0x08, 0x00] + ipv4()
  }
}

func big(_ value: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: value.bigEndian) { Array($0) }
}

func little(_ value: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: value.littleEndian) { Array($0) }
}
