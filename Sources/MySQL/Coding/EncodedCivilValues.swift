import MySQLWire

extension MySQLDate: MySQLEncodable {
  /// Writes a DATE.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.list.append(.date(wire))
  }
}

extension MySQLDateTime: MySQLEncodable {
  /// Writes a DATETIME. For a TIMESTAMP, the server takes it to be in the time zone of the session.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.list.append(.dateTime(wire))
  }
}

extension MySQLTime: MySQLEncodable {
  /// Writes a TIME.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    // MySQL (9.7.4) refuses a binary parameter in hour 838 that has a fraction, but accepts it as text.
    if hours == 838, microseconds > 0 { return try description.encode(to: &writer) }
    writer.list.append(.time(wire))
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
