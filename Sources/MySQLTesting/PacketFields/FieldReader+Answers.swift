import MySQLWire

extension FieldReader {
  mutating func readOK(_ capabilities: Capabilities) throws(Violation) {
    let packet = try OKPacket(payload: payload, capabilities: capabilities)
    _ = try integer("Header", UInt8.self) { $0 == OKPacket.header ? "OK" : "OK at the end of rows" }
    _ = try lengthEncoded("Affected rows")
    _ = try lengthEncoded("Last insert id")
    try readStatus()
    _ = try integer("Warnings", UInt16.self)
    guard !isAtEnd else { return }
    _ = try lengthEncodedBytes("Information")
    guard !isAtEnd else { return }
    try readChanges(packet.changes)
  }

  /// Reads the changes to the session, whose meanings are known.
  private mutating func readChanges(_ changes: [SessionChange]) throws(Violation) {
    _ = try readSize("Size of the changes")
    var changes = changes[...]
    while !isAtEnd {
      let start = position
      let count = try take { (bytes, place) throws(Violation) in
        let kind = try bytes.readUInt8(at: &place)
        let data = try bytes.readLengthEncodedRange(at: &place)
        guard kind == 0 else { return 1 }
        // MariaDB may send several variables in one entry.
        var (count, next) = (0, data.lowerBound)
        while next < data.upperBound {
          for _ in 0..<2 { _ = try bytes.readLengthEncodedRange(at: &next) }
          count += 1
        }
        return count
      }
      let text = changes.prefix(count).map { FieldText.change($0) }.joined(separator: "\n")
      changes = changes.dropFirst(count)
      add("Change to the session", .several, text, from: start)
    }
  }

  mutating func readEOF() throws(Violation) {
    _ = try integer("Header", UInt8.self) { _ in "EOF" }
    _ = try integer("Warnings", UInt16.self)
    try readStatus()
  }

  /// - Parameter isSecret: Whether the statement is secret: a syntax error quotes it.
  mutating func readError(isSecret: Bool) throws(Violation) {
    _ = try integer("Header", UInt8.self) { _ in "error" }
    _ = try integer("Error number", UInt16.self)
    if payload.span.bytes.peekUInt8(at: position) == UInt8(ascii: "#") {
      try fixed("SQL state", 6) { Self.text($0.dropFirst()) }
    }
    if isSecret { hideRest("Message") } else { rest("Message") }
  }

  mutating func readProgress() throws(Violation) {
    _ = try integer("Header", UInt8.self) { _ in "error" }
    _ = try integer("Error number", UInt16.self) { "\($0): this is a report of progress" }
    _ = try integer("Number of texts", UInt8.self)
    _ = try integer("Stage", UInt8.self)
    _ = try integer("Stages", UInt8.self)
    try integer24("Progress") { "\($0) of 100000" }
    _ = try lengthEncodedBytes("Activity")
  }

  mutating func readPrepareOK() throws(Violation) {
    _ = try integer("Header", UInt8.self) { _ in "OK" }
    _ = try integer("Statement id", UInt32.self)
    _ = try integer("Columns", UInt16.self)
    _ = try integer("Parameters", UInt16.self)
    try fixed("Filler", 1, form: .filler) { _ in "always 0" }
    _ = try integer("Warnings", UInt16.self)
  }

  mutating func readColumnCount(_ capabilities: Capabilities) throws(Violation) {
    _ = try lengthEncoded("Columns")
    guard capabilities.contains(.mariadbCacheMetadata), !isAtEnd else { return }
    _ = try integer("Definitions follow", UInt8.self) { $0 == 0 ? "no: the client knows them" : "yes" }
  }

  mutating func readDefinition(_ capabilities: Capabilities) throws(Violation) {
    let column = try ColumnDefinition(payload: payload, capabilities: capabilities)
    let text = FieldText.column(column)
    // A column without a name of its own has the text of its expression as its name.
    let isSecret =
      StatementSecrets.masked(text) != text
      || [column.name, column.originalName].contains { StatementSecrets.masked($0) != $0 }
    for name in ["Catalog", "Schema", "Table", "Table in the schema", "Name", "Name in the table"] {
      _ = try lengthEncodedBytes(name, isSecret: isSecret)
    }
    if capabilities.contains(.mariadbExtendedMetadata) {
      _ = try lengthEncodedBytes("Type of MariaDB") { FieldText.plain(Array($0)) }
    }
    let end = try readSize("Size of the fixed fields")
    _ = try integer("Collation", UInt16.self)
    _ = try integer("Longest value", UInt32.self) { FieldText.bytes(Int(clamping: $0)) }
    _ = try integer("Type", UInt8.self) { TypeName.of(ColumnType(rawValue: $0)) }
    _ = try integer("Flags", UInt16.self, form: .flags)
    _ = try integer("Decimals", UInt8.self)
    if position < end { try fixed("Filler", end - position, form: .filler) }
  }

  mutating func readRow(_ columns: ResultColumns, isSecret: Bool) throws(Violation) {
    if isSecret { return hideRest("Cells") }
    var cells = CellReader(0..<payload.count, columns)
    if columns.format == .binary {
      _ = try integer("Header", UInt8.self) { _ in "row" }
      try fixed("NULL bitmap", ResultColumns.nullBitmapSize(columns.count), form: .bitmap, Self.bits)
    }
    for index in 0..<columns.count {
      let start = position
      let range = try cells.next(in: payload.span.bytes, columns)
      let name = StatementSecrets.masked(VisibleText.of(columns.definitions[index].name))
      if let range {
        position = range.upperBound
        let form: PacketField.Form = columns.format == .text ? .lengthEncodedBytes : .binaryValue
        add(name, form, try FieldText.cell(payload, range, index, of: columns), from: start)
      } else {
        position += columns.format == .text ? 1 : 0
        add(name, .null, "NULL", from: start)
      }
    }
  }

  static func bits(_ bytes: ArraySlice<UInt8>) -> String {
    bytes.prefix(16).map { byte in String((0..<8).map { byte >> $0 & 1 == 1 ? "1" : "0" }) }.joined(
      separator: " ")
  }
}
