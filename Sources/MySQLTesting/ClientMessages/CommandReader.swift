package import MySQLWire

/// A reader of commands that reads them as a server would: it remembers for each statement what later commands leave
/// out.
package struct CommandReader: Sendable {
  private var statements: [UInt32: Statement] = [:]
  private let capabilities: Capabilities

  /// What executions of a statement depend on.
  fileprivate struct Statement {
    var parameterCount: Int?
    var types: [ParameterType] = []
    /// Parameters whose values were sent ahead.
    var longData: Set<Int> = []
  }

  package init(_ capabilities: Capabilities) { self.capabilities = capabilities }

  /// Registers a statement, so that its executions can be read.
  package mutating func prepared(_ id: UInt32, parameterCount: Int) {
    statements[id] = Statement(parameterCount: parameterCount)
  }

  /// Returns the parameters of a statement whose values were sent ahead of its next execution.
  func longData(of id: UInt32) -> Set<Int> { statements[id]?.longData ?? [] }

  package mutating func read(_ payload: [UInt8]) throws(Violation) -> Command {
    let bytes = payload.span.bytes
    var position = 0
    let header = try bytes.readUInt8(at: &position)
    guard let code = CommandCode(rawValue: header) else { throw .unexpectedPacket(.packet, header: header) }
    let command = try read(code, bytes, at: &position)
    guard position == payload.count else { throw .trailingBytes(in: .packet) }
    return command
  }

  private mutating func read(
    _ code: CommandCode, _ bytes: RawSpan, at position: inout Int
  ) throws(Violation) -> Command {
    switch code {
    case .query:
      let attributes = try readAttributes(bytes, at: &position)
      return .query(try bytes.readRest(at: &position), attributes: attributes)
    case .prepare: return .prepare(try bytes.readRest(at: &position))
    case .execute: return .execute(try readExecution(bytes, at: &position))
    case .executeBulk:
      let statement = try bytes.readInteger(UInt32.self, at: &position)
      let flags = BulkExecution.BulkFlags(rawValue: try bytes.readInteger(at: &position))
      // Types and values are left undecoded.
      return .executeBulk(
        BulkExecution(
          statement: statement, flags: flags, types: [], rows: try bytes.readRest(at: &position)))
    case .sendLongData:
      let id = try bytes.readInteger(UInt32.self, at: &position)
      let parameter = try bytes.readInteger(UInt16.self, at: &position)
      statements[id, default: Statement()].longData.insert(Int(parameter))
      return .sendLongData(statement: id, parameter: parameter, try bytes.readRest(at: &position))
    case .resetStatement:
      let id = try bytes.readInteger(UInt32.self, at: &position)
      statements[id]?.longData = []
      return .resetStatement(id)
    case .closeStatement: return .closeStatement(try bytes.readInteger(at: &position))
    case .fetch:
      let id = try bytes.readInteger(UInt32.self, at: &position)
      let rows = try bytes.readInteger(UInt32.self, at: &position)
      return .fetch(statement: id, rows: rows, columns: ResultColumns([], format: .binary))
    case .setOption: return .setMultiStatements(try bytes.readInteger(UInt16.self, at: &position) == 0)
    case .changeUser: return .changeUser(try readChangeUser(bytes, at: &position))
    case .useDatabase: return .useDatabase(try bytes.readRest(at: &position))
    case .ping: return .ping
    case .statistics: return .statistics
    case .resetConnection: return .resetConnection
    case .quit: return .quit
    }
  }

  private func readAttributes(
    _ bytes: RawSpan, at position: inout Int
  ) throws(Violation) -> ParameterList {
    var attributes = ParameterList()
    guard capabilities.contains(.queryAttributes) else { return attributes }
    let count = Int(clamping: try bytes.readLengthEncoded(at: &position))
    guard try bytes.readLengthEncoded(at: &position) == 1 else { throw .malformed(.packet) }
    var statement = Statement()
    _ = try attributes.read(
      bytes, at: &position, count: count, types: &statement.types, longData: [], withNames: true)
    return attributes
  }

  private mutating func readExecution(
    _ bytes: RawSpan, at position: inout Int
  ) throws(Violation) -> Execution {
    var execution = Execution(statement: try bytes.readInteger(at: &position))
    let flags = try bytes.readUInt8(at: &position)
    execution.usesCursor = flags & 1 != 0
    try bytes.skip(4, at: &position)
    var statement = statements[execution.statement] ?? Statement()
    let withNames = capabilities.contains(.queryAttributes)
    var count = statement.parameterCount
    if withNames {
      count = Int(clamping: try bytes.readLengthEncoded(at: &position))
    } else if count == nil {
      // An execution sent together with its preparation arrives before the count is known, so the count that fits is
      // used.
      count = bytes.fittingParameterCount(at: position, known: statement)
    }
    guard let count else { throw .malformed(.packet) }
    var parameters = ParameterList()
    execution.sendsTypes = try parameters.read(
      bytes, at: &position, count: count, types: &statement.types, longData: statement.longData,
      withNames: withNames)
    execution.parameters = parameters
    statement.longData = []
    statements[execution.statement] = statement
    return execution
  }

  private func readChangeUser(
    _ bytes: RawSpan, at position: inout Int
  ) throws(Violation) -> SessionSettings {
    var settings = SessionSettings(user: try bytes.readNullTerminated(at: &position))
    try bytes.skip(Int(bytes.readUInt8(at: &position)), at: &position)
    settings.database = try bytes.readNullTerminated(at: &position)
    settings.collation = UInt8(truncatingIfNeeded: try bytes.readInteger(UInt16.self, at: &position))
    if capabilities.contains(.pluginAuthentication) {
      settings.firstPlugin = String(decoding: try bytes.readNullTerminated(at: &position), as: UTF8.self)
    }
    if capabilities.contains(.connectAttributes), position < bytes.byteCount {
      settings.attributes = try [ConnectionAttribute](bytes, at: &position)
    }
    return settings
  }
}

extension ParameterList {
  /// Reads what `write` wrote. Returns whether the types were sent; if not, the given ones apply.
  fileprivate mutating func read(
    _ bytes: RawSpan, at position: inout Int, count: Int, types: inout [ParameterType], longData: Set<Int>,
    withNames: Bool
  ) throws(Violation) -> Bool {
    guard count > 0 else { return true }
    guard count <= Self.limit else { throw .malformed(.packet) }
    let nulls = try bytes.readBytes((count + 7) / 8, at: &position)
    let sendsTypes = try bytes.readUInt8(at: &position) != 0
    var names: [[UInt8]] = []
    if sendsTypes {
      types = []
      for _ in 0..<count {
        let type = ColumnType(rawValue: try bytes.readUInt8(at: &position))
        let isUnsigned = try bytes.readUInt8(at: &position) != 0
        types.append(ParameterType(type, isUnsigned: isUnsigned))
        if withNames { names.append(try bytes.readLengthEncodedBytes(at: &position)) }
      }
    }
    guard types.count == count else { throw .malformed(.packet) }
    for index in 0..<count {
      let isNull = nulls[index / 8] >> UInt8(index % 8) & 1 == 1
      let value =
        isNull || longData.contains(index) ? [] : try bytes.readValue(types[index].type, at: &position)
      append(types[index], name: names.isEmpty ? [] : names[index], isNull: isNull) { $0.write(value) }
    }
    return sendsTypes
  }
}

extension RawSpan {
  /// Returns the number of parameters of an execution that fills the span from here on; nil if no number fits. Values
  /// of some types carry their length, so each number is tried until it fails to fit. The time for all attempts is
  /// proportional to the size of the span, since a peer may send bytes that fit no number, only to keep this busy.
  fileprivate func fittingParameterCount(at start: Int, known statement: CommandReader.Statement) -> Int? {
    if start == byteCount { return 0 }
    var budget = 64 * (byteCount - start) + 4096
    for count in 1...min(ParameterList.limit, 8 * (byteCount - start)) {
      var position = start
      budget -= 1
      if fits(count, at: &position, statement, &budget) { return count }
      if budget < 0 { return nil }
    }
    return nil
  }

  private func fits(
    _ count: Int, at position: inout Int, _ statement: CommandReader.Statement, _ budget: inout Int
  ) -> Bool {
    do throws(Violation) {
      let nulls = position
      try skip((count + 7) / 8, at: &position)
      let sendsTypes = try readUInt8(at: &position) != 0
      guard sendsTypes || statement.types.count == count else { return false }
      let types = position
      if sendsTypes { try skip(2 * count, at: &position) }
      for index in 0..<count {
        budget -= 1
        guard budget > 0 else { return false }
        var place = nulls + index / 8
        let isNull = try readUInt8(at: &place) >> UInt8(index % 8) & 1 == 1
        if isNull || statement.longData.contains(index) { continue }
        place = types + 2 * index
        let type =
          sendsTypes ? ColumnType(rawValue: try readUInt8(at: &place)) : statement.types[index].type
        try skipValue(type, at: &position)
      }
      return position == byteCount
    } catch {
      return false
    }
  }

  /// Reads a parameter's value, including the length before it, if it has one.
  fileprivate func readValue(_ type: ColumnType, at position: inout Int) throws(Violation) -> [UInt8] {
    let start = position
    try skipValue(type, at: &position)
    return bytes(in: start..<position)
  }

  private func skipValue(_ type: ColumnType, at position: inout Int) throws(Violation) {
    switch BinaryLayout(type) {
    case .fixed(let size): try skip(size, at: &position)
    case .temporal: try skip(Int(readUInt8(at: &position)), at: &position)
    case .lengthEncoded: _ = try readLengthEncodedRange(at: &position)
    }
  }
}
