import MySQLWire

extension FieldReader {
  /// Commands that this library does not send, and that hold neither passwords nor statements.
  private static let harmless: Set<UInt8> = [
    0x00, 0x04, 0x05, 0x06, 0x07, 0x08, 0x0A, 0x0C, 0x0D, 0x0F, 0x12, 0x1D, 0x1E,
  ]

  mutating func readCommand(_ context: FieldContext) throws(Violation) {
    let code = try integer("Command", UInt8.self) { CommandName.of($0) }
    switch CommandCode(rawValue: code) {
    case .query:
      if context.capabilities.contains(.queryAttributes) { try readQueryAttributes(context) }
      readStatement()
    case .prepare: readStatement()
    case .execute: try readExecution(context)
    case .executeBulk: try readBulkExecution(context)
    case .sendLongData:
      try readStatementID()
      _ = try integer("Parameter", UInt16.self)
      if context.isSecret { hideRest("Data") } else { rest("Data") { FieldText.bytes($0.count) } }
    case .resetStatement, .closeStatement: try readStatementID()
    case .fetch:
      try readStatementID()
      _ = try integer("Rows", UInt32.self)
    case .setOption:
      _ = try integer("Option", UInt16.self) {
        $0 == 0 ? "several statements: on" : "several statements: off"
      }
    case .changeUser: try readChangeUser(context.capabilities)
    case .useDatabase: rest("Database")
    case .statistics, .ping, .resetConnection, .quit: break
    case nil:
      if Self.harmless.contains(code), !isAtEnd {
        rest("Content") { FieldText.bytes($0.count) }
      } else {
        hideRest("Content")
      }
    }
  }

  /// Reads a statement up to the end.
  private mutating func readStatement() {
    let start = position
    let sql = Array(payload[start...])
    let secrets = StatementSecrets.secrets(in: sql)
    for range in secrets { keepSecret(range.lowerBound + start..<range.upperBound + start) }
    position = payload.count
    add(
      "Statement", .rest, Self.text(StatementSecrets.masked(sql, secrets)[...]), from: start,
      secret: secrets.isEmpty ? nil : start..<start)
  }

  private mutating func readStatementID() throws(Violation) {
    _ = try integer("Statement id", UInt32.self) { $0 == Execution.lastPrepared ? "the last one" : "\($0)" }
  }

  private mutating func readQueryAttributes(_ context: FieldContext) throws(Violation) {
    let count = Int(clamping: try lengthEncoded("Query attributes"))
    _ = try lengthEncoded("Sets of attributes")
    try readParameters(count, context, hasNames: true)
  }

  private mutating func readExecution(_ context: FieldContext) throws(Violation) {
    try readStatementID()
    _ = try integer("Cursor", UInt8.self, form: .flags) { $0 & 1 == 1 ? "read-only" : "none" }
    _ = try integer("Repetitions", UInt32.self) { "\($0), always 1" }
    let hasNames = context.capabilities.contains(.queryAttributes)
    var count = context.parameters?.count ?? 0
    if hasNames { count = Int(clamping: try lengthEncoded("Parameters")) }
    try readParameters(count, context, hasNames: hasNames)
  }

  /// Reads the parameters of an execution, or the attributes of a query.
  private mutating func readParameters(
    _ count: Int, _ context: FieldContext, hasNames: Bool
  ) throws(Violation) {
    guard count > 0, let parameters = context.parameters, parameters.count == count else { return }
    try fixed("NULL bitmap", (count + 7) / 8, form: .bitmap, Self.bits)
    let sendsTypes = try integer("Types follow", UInt8.self) { $0 == 0 ? "no: as before" : "yes" } != 0
    var names = (1...count).map { "Value \($0)" }
    if sendsTypes {
      for index in 0..<count { try readType(index, hasNames: hasNames, &names) }
    }
    for index in 0..<count {
      let start = position
      guard !parameters.isNull(at: index) else {
        add(names[index], .null, context.isSecret ? Self.mask : "NULL", from: start)
        continue
      }
      guard !context.longData.contains(index) else {
        add(names[index], .null, "sent ahead", from: start)
        continue
      }
      let text = try readValue(parameters.type(at: index))
      add(
        names[index], .binaryValue, context.isSecret ? Self.mask : text, from: start,
        secret: context.isSecret ? start..<position : nil)
    }
  }

  /// Reads a value in binary form. Returns it as text.
  private mutating func readValue(_ type: ParameterType) throws(Violation) -> String {
    let layout = BinaryLayout(type.type)
    let cell = try take { (bytes, place) throws(Violation) in try bytes.readBinaryCell(layout, at: &place) }
    let decoder = ColumnDecoder(
      type: type.type, flags: type.isUnsigned ? .unsigned : [], collation: .utf8mb4, format: .binary)
    return FieldText.value(try decoder.value(payload.span.bytes.extracting(cell)))
  }

  @discardableResult
  private mutating func readType(
    _ index: Int, hasNames: Bool, _ names: inout [String]
  ) throws(Violation) -> ParameterType {
    let start = position
    let type = ColumnType(
      rawValue: try take { (bytes, place) throws(Violation) in try bytes.readUInt8(at: &place) })
    let isUnsigned = try take { (bytes, place) throws(Violation) in try bytes.readUInt8(at: &place) != 0 }
    if hasNames {
      let name = try take { (bytes, place) throws(Violation) in try bytes.readLengthEncodedBytes(at: &place) }
      if !name.isEmpty { names[index] += " (\(FieldText.plain(name)))" }
    }
    add(
      "Type of value \(index + 1)", .several, TypeName.of(type) + (isUnsigned ? ", unsigned" : ""),
      from: start)
    return ParameterType(type, isUnsigned: isUnsigned)
  }

  private mutating func readBulkExecution(_ context: FieldContext) throws(Violation) {
    try readStatementID()
    let flags = BulkExecution.BulkFlags(
      rawValue: try integer("Flags", UInt16.self, form: .flags) { flags in
        let flags = BulkExecution.BulkFlags(rawValue: flags)
        return (flags.contains(.sendsTypes) ? "types follow" : "types as before")
          + (flags.contains(.unitResults) ? ", a result for each row" : "")
      })
    guard context.parameterCount > 0, flags.contains(.sendsTypes), !context.isSecret else {
      if context.isSecret { hideRest("Rows") } else { rest("Rows") { FieldText.bytes($0.count) } }
      return
    }
    var names = [String](repeating: "", count: context.parameterCount)
    var types: [ParameterType] = []
    for index in names.indices { types.append(try readType(index, hasNames: false, &names)) }
    var row = 0
    while !isAtEnd {
      row += 1
      for index in types.indices {
        let start = position
        let name = "Row \(row), value \(index + 1)"
        // Zero is STMT_INDICATOR_NONE: a value follows.
        let indicator = try take { (bytes, place) throws(Violation) in try bytes.readUInt8(at: &place) }
        if indicator == 0 {
          let text = try readValue(types[index])
          add(name, .binaryValue, text, from: start)
        } else {
          add(name, .null, indicator == 1 ? "NULL" : "indicator \(indicator)", from: start)
        }
      }
    }
  }
}
