import MySQLWire

extension MySQLValue: MySQLDecodable {
  /// Reads any column, NULL included.
  public static func decode(_ cell: MySQLCell) throws(MySQLError) -> Self {
    if cell.isNull { return .null }
    return try cell.decode(as: Self.self) { (content, decoder) throws(Violation) in
      Self(try decoder.value(content))
    }
  }
}

extension MySQLValue: MySQLEncodable {
  /// Writes the value as its own kind; BIT as a number.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    switch self {
    case .null: writer.writeNull()
    case .integer(let value): try value.encode(to: &writer)
    case .unsigned(let value), .bits(let value): try value.encode(to: &writer)
    case .float(let value): try value.encode(to: &writer)
    case .double(let value): try value.encode(to: &writer)
    case .decimal(let value): try value.encode(to: &writer)
    case .date(let value): try value.encode(to: &writer)
    case .time(let value): try value.encode(to: &writer)
    case .dateTime(let value): try value.encode(to: &writer)
    case .text(let value): try value.encode(to: &writer)
    case .bytes(let value): try value.encode(to: &writer)
    case .vector(let value): try value.encode(to: &writer)
    }
  }
}

extension MySQLCell {
  /// The content of the cell, as the case for its column's type.
  ///
  /// - Throws: A `MySQLError` of the kind `decoding` if the server sent something that is not a value of the
  ///   type.
  public var value: MySQLValue {
    get throws(MySQLError) { try MySQLValue.decode(self) }
  }
}
