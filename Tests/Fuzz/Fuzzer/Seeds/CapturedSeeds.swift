import MySQLTesting
import MySQLWire

/// The seeds made from one captured conversation. Nil if it does not begin with a greeting and a login.
struct CapturedSeeds {
  private let serverBytes: [UInt8]
  private let server: [[UInt8]]
  private let client: [(sequence: UInt8, payload: [UInt8])]
  private let login: HandshakeResponse
  private let scenario: Scenario

  init?(_ conversation: CaptureFile.Conversation) {
    serverBytes = conversation.serverBytes
    server = Self.packets(serverBytes).map { $0.payload }
    client = Self.packets(conversation.clientBytes)
    guard let first = client.first, let login = try? HandshakeResponse(payload: first.payload) else {
      return nil
    }
    self.login = login

    var scenario = Scenario()
    scenario.choices = [.claimsAll, .unixSocket, .clearPassword]
    if login.capabilities.contains(.tls) { scenario.choices.insert(.offersTLS) }
    scenario.capabilities = login.capabilities.choices
    let plugin = Scenario.pluginNames.firstIndex(of: login.plugin) ?? 0
    scenario.plugin = UInt8(plugin) | 0x18
    scenario.commands = client.filter { $0.sequence == 0 }.prefix(31).compactMap { Self.code($0.payload) }
    self.scenario = scenario
  }

  /// The maximum number of packets, blocks or rows of a conversation that make seeds. The rest is more of the same.
  private static let most = 8

  func add(to seeds: inout SeedWriter) {
    if let greeting = server.first { seeds.add([0] + greeting, to: .greeting) }
    let definitions = server.lazy.filter { $0.starts(with: [3] + "def".utf8) }
    for payload in definitions.prefix(Self.most) {
      seeds.add(to: .columnDefinition) { write(payload, to: &$0) }
    }
    let others = server.lazy.filter { [0, 0xFE, 0xFF].contains($0.first) }
    for payload in others.prefix(Self.most) { seeds.add(to: .okError) { write(payload, to: &$0) } }
    for packet in client.prefix(Self.most) {
      seeds.add(to: .commands) {
        $0.writeInteger(login.capabilities.choices)
        $0.writeUInt8(2)
        $0.write(packet.payload)
      }
    }
    addFraming(to: &seeds)
    addSessions(to: &seeds)
    addRows(to: &seeds)
  }

  private func write(_ payload: [UInt8], to writer: inout ByteWriter) {
    writer.writeInteger(login.capabilities.choices)
    writer.write(payload)
  }

  private func addFraming(to seeds: inout SeedWriter) {
    // Where packets are joined, they count as full from 50 bytes on.
    let forms: [(Target, [UInt8])] = [(.framing, []), (.joining, [49, 0]), (.joining, [49, 1])]
    for (target, choices) in forms {
      seeds.add(to: target) {
        $0.write(choices + [7, 0, 1])
        $0.write(piece: serverBytes)
      }
      seeds.add(to: target) { writer in
        writer.write(choices + [1, 0])
        for payload in server {
          writer.writeUInt8(0)
          writer.write(piece: payload)
        }
      }
    }
  }

  private func addSessions(to seeds: inout SeedWriter) {
    seeds.add(to: .session) {
      scenario.write(to: &$0)
      $0.write(serverBytes)
    }
    var inPayloads = scenario
    inPayloads.choices.insert(.payloads)
    inPayloads.pieces = 1
    seeds.add(to: .session) {
      inPayloads.write(to: &$0)
      for payload in server { $0.write(piece: payload) }
    }
    guard let end = server.dropFirst().firstIndex(where: { $0.first == 0 || $0.first == 0xFF }) else {
      return
    }
    seeds.add(to: .authentication) {
      inPayloads.write(to: &$0)
      for payload in server[1...end] { $0.write(piece: payload) }
    }
    inPayloads.choices.insert(.loggedIn)
    seeds.add(to: .session) {
      inPayloads.write(to: &$0)
      for payload in server[(end + 1)...] { $0.write(piece: payload) }
    }
  }

  private func addRows(to seeds: inout SeedWriter) {
    let driver = Driver(scenario)
    driver.feed(serverBytes)
    for block in driver.blocks.prefix(Self.most) where 1...16 ~= block.columns.count {
      let definitions = block.columns.definitions
      for row in 0..<min(Self.most, block.count) {
        seeds.add(to: block.columns.format == .text ? .textRow : .binaryRow) { writer in
          writer.writeUInt8(UInt8(definitions.count - 1))
          for definition in definitions { writer.write(choice(of: definition)) }
          writer.write(block.bytes[block.range(ofRow: row)])
        }
      }
      for row in block.cells().prefix(Self.most) {
        for (definition, cell) in zip(definitions, row) {
          guard let cell else { continue }
          seeds.add(choice(of: definition) + [block.columns.format == .text ? 0 : 1] + cell, to: .values)
        }
      }
    }
  }

  /// Returns what `column(_:)` reads.
  private func choice(of column: ColumnDefinition) -> [UInt8] {
    let isBinary = column.collation == .binary
    return [column.type.rawValue, (column.flags.contains(.unsigned) ? 1 : 0) | (isBinary ? 2 : 0)]
  }

  private static func packets(_ stream: [UInt8]) -> [(sequence: UInt8, payload: [UInt8])] {
    var packets: [(sequence: UInt8, payload: [UInt8])] = []
    var framer = PacketFramer()
    framer.queue.append(stream.span.bytes)
    while let header = try? framer.nextHeader() {
      framer.sequence = header.sequence
      guard let packet = try? framer.next() else { break }
      packets.append((header.sequence, packet.payload))
    }
    return packets
  }

  private static func code(_ payload: [UInt8]) -> UInt8? {
    let code: Scenario.Code? =
      switch payload.first.flatMap({ CommandCode(rawValue: $0) }) {
      case .query: .query
      case .prepare: .prepare
      case .execute where payload.dropFirst().starts(with: [0xFF, 0xFF, 0xFF, 0xFF]): .executeLast
      case .execute: .executeKnown
      case .executeBulk: .executeBulk
      case .sendLongData: .sendLongData
      case .resetStatement: .resetStatement
      case .closeStatement: .closeStatement
      case .fetch: .fetch
      case .ping: .ping
      case .useDatabase: .useDatabase
      case .statistics: .statistics
      case .setOption: .setMultiStatements
      case .resetConnection: .resetConnection
      case .changeUser: .changeUser
      case .quit: .quit
      case nil: nil
      }
    return code?.rawValue
  }
}
