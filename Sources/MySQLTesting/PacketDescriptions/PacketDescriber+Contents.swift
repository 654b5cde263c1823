import MySQLWire

extension FieldContext {
  /// Makes the context of a message that has not been described yet, since describing it changes the describer.
  init(of message: PacketDescriber.Message, _ describer: PacketDescriber) {
    let request = describer.requests.isEmpty ? nil : describer.requests[0]
    isSecret = request?.isSecret ?? false
    capabilities = describer.capabilities
    columns = request?.columns ?? ResultColumns([], format: .text)
    command = request.flatMap { CommandCode(rawValue: $0.code) }
    let commands: [CommandCode] = [.execute, .executeBulk]
    let isExecution =
      message.direction == .client && commands.contains { $0.rawValue == message.payload.first }
    var position = 1
    let id = isExecution ? try? message.payload.span.bytes.readInteger(UInt32.self, at: &position) : nil
    parameterCount = id.flatMap { describer.statement($0)?.parameters } ?? 0
    longData = id.map { describer.reader.longData(of: $0) } ?? []
  }
}

extension PacketDescriber {
  mutating func contents(
    of message: Message, _ packet: DescribedPacket, _ context: FieldContext
  ) -> PacketContents {
    var context = context
    if packet.kind.hasPrefix("COM_"), let last {
      context.isSecret = last.isSecret
      switch last.command {
      case .execute(let execution): context.parameters = execution.parameters
      case .query(_, let attributes): context.parameters = attributes
      default: break
      }
    }
    note(message, packet.kind, context)
    var reader = FieldReader(message.payload, headerSize: Stream.packetHeader)
    reader.addPacketHeader(size: message.size, sequence: message.sequence)
    do throws(Violation) {
      try reader.read(packet, context)
    } catch {
      // What cannot be read may hold anything.
    }
    reader.hideRest("Not taken apart")
    last = nil
    return PacketContents(
      header: Self.header(message.size, message.sequence), payload: message.payload[...],
      size: Stream.packetHeader + message.payload.count, reader, session)
  }

  /// Returns the contents of a packet that continues the one before.
  func contents(of continuation: DescribedPacket) -> PacketContents {
    let sequence = continuation.sequence ?? 0
    var reader = FieldReader([], headerSize: Stream.packetHeader)
    reader.addPacketHeader(size: continuation.size, sequence: sequence)
    let size = Stream.packetHeader + continuation.size
    reader.addHeader("Content", .several, "described with the packet before", Stream.packetHeader..<size)
    return PacketContents(
      header: Self.header(continuation.size, sequence), payload: [], size: size, reader, session)
  }

  /// Returns the contents of a TLS record or a frame of the compressed protocol: the header alone is shown.
  mutating func contents(of packet: DescribedPacket, head: [UInt8]) -> PacketContents {
    notePhase()
    let isRecord = packet.kind == "TLS"
    let header = Array(head.prefix(isRecord ? Stream.recordHeader : Stream.frameHeader))
    var reader = FieldReader([], headerSize: header.count)
    let size = header.count + packet.size
    if isRecord {
      reader.addHeader("Type of record", .integer, "\(header[0])", 0..<1)
      reader.addHeader("Version", .integer, "\(header[1]).\(header[2])", 1..<3)
      reader.addHeader("Size", .integer, FieldText.bytes(packet.size), 3..<5)
      reader.addHeader("Content", .several, "encrypted", header.count..<size)
    } else {
      reader.addHeader("Size", .integer, FieldText.bytes(packet.size), 0..<3)
      reader.addHeader("Sequence number", .integer, "\(header[3])", 3..<4)
      reader.addHeader("Size when unpacked", .integer, packet.fields, 4..<7)
      reader.addHeader("Content", .several, "compressed, not taken apart", header.count..<size)
    }
    return PacketContents(header: header, payload: [], size: size, reader, session)
  }

  private static func header(_ size: Int, _ sequence: UInt8) -> [UInt8] {
    [0, 8, 16].map { UInt8(truncatingIfNeeded: size >> $0) } + [sequence]
  }
}

extension FieldReader {
  fileprivate mutating func addPacketHeader(size: Int, sequence: UInt8) {
    addHeader("Size of the payload", .integer, FieldText.bytes(size), 0..<3)
    addHeader("Sequence number", .integer, "\(sequence)", 3..<4)
  }

  fileprivate mutating func read(_ packet: DescribedPacket, _ context: FieldContext) throws(Violation) {
    switch packet.kind {
    case "Greeting": try readGreeting()
    case "SSLRequest", "HandshakeResponse": try readLogin()
    case "AuthSwitchRequest", "AuthNextFactor": try readLoginMethod()
    case "AuthMoreData": try readAuthMoreData()
    case "AuthResponse": readAuthResponse(packet.fields)
    case "OK": try readOK(context.capabilities)
    case "EOF": try readEOF()
    case "ERR": try readError(isSecret: context.isSecret)
    case "Progress": try readProgress()
    case "PrepareOK": try readPrepareOK()
    case "ColumnCount": try readColumnCount(context.capabilities)
    case "ColumnDefinition", "ParameterDefinition": try readDefinition(context.capabilities)
    case "Row", "BinaryRow": try readRow(context.columns, isSecret: context.isSecret)
    case "LocalInfileRequest":
      _ = try integer("Header", UInt8.self) { _ in "a file is wanted" }
      rest("Name of the file")
    case "FileData": if !context.isSecret { rest("Part of the file") { FieldText.bytes($0.count) } }
    case "FileEnd": break
    case "Statistics": rest("Statistics")
    case "malformed", "bytes": break
    default: try readCommand(context)
    }
  }
}
