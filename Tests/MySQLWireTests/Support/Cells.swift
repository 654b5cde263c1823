import MySQLWire

extension ColumnDecoder {
  init(
    _ type: ColumnType, _ format: Format, flags: ColumnFlags = [], collation: Collation = .utf8mb4
  ) {
    self.init(type: type, flags: flags, collation: collation, format: format)
  }

  func value(_ cell: [UInt8]) throws(Violation) -> Value {
    try value(cell.span.bytes)
  }

  func value(_ cell: String) throws(Violation) -> Value {
    try value(Array(cell.utf8))
  }
}

/// The outcome of a typed read of a cell.
enum Outcome<T: Equatable>: Equatable {
  case value(T)
  case otherKind
  case violation(Violation)

  init(_ read: () throws(Violation) -> T?) {
    do {
      self = try read().map(Self.value) ?? .otherKind
    } catch {
      self = .violation(error)
    }
  }
}

extension Value {
  /// Returns the content of the cell in a row of the binary protocol, for a column of the type.
  func binaryCell(_ type: ColumnType) -> [UInt8] {
    var writer = ByteWriter()
    switch (self, BinaryLayout(type)) {
    case (.integer(let value), .fixed(let width)):
      writer.writeInteger(value)
      return Array(writer.bytes.prefix(width))
    case (.unsigned(let value), .fixed(let width)):
      writer.writeInteger(value)
      return Array(writer.bytes.prefix(width))
    case (_, .fixed):
      writeParameter(to: &writer)
      return writer.bytes
    case (_, .temporal):
      writeParameter(to: &writer)
      return Array(writer.bytes.dropFirst())
    case (_, .lengthEncoded):
      return textCell()
    }
  }

  /// Returns the content of the cell in a row of the text protocol.
  func textCell(_ display: TextDisplay = TextDisplay(fractionDigits: 6)) -> [UInt8] {
    var writer = ByteWriter()
    writeText(to: &writer, display: display)
    return writer.bytes
  }
}
