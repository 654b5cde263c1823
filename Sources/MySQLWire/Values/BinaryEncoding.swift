extension Value {
  /// The type of a parameter with this value.
  package var parameterType: ParameterType {
    switch self {
    case .null: ParameterType(.null)
    case .integer: ParameterType(.longLong)
    // A number also works for a BIT column, where a string would be taken for the bits themselves.
    case .unsigned, .bits: ParameterType(.longLong, isUnsigned: true)
    case .float: ParameterType(.float)
    case .double: ParameterType(.double)
    case .decimal: ParameterType(.decimal)
    case .date: ParameterType(.date)
    case .time: ParameterType(.time)
    case .dateTime: ParameterType(.dateTime)
    case .text: ParameterType(.varString)
    // MySQL 9 accepts a binary string as a VECTOR.
    case .bytes, .vector: ParameterType(.blob)
    }
  }

  /// Writes the value as a parameter of ``parameterType``. Writes nothing for NULL, which the bitmap shows.
  package func writeParameter(to writer: inout ByteWriter) {
    switch self {
    case .null: break
    case .integer(let value): writer.writeInteger(value)
    case .unsigned(let value), .bits(let value): writer.writeInteger(value)
    case .float(let value): writer.writeInteger(value.bitPattern)
    case .double(let value): writer.writeInteger(value.bitPattern)
    case .decimal(let value):
      // Up to 258 characters, because up to 255 of the digits are after the point.
      var text = ByteWriter()
      value.write(to: &text)
      writer.writeLengthEncoded(bytes: text.bytes)
    case .date(let value): value.writeBinary(to: &writer)
    case .time(let value): value.writeBinary(to: &writer)
    case .dateTime(let value): value.writeBinary(to: &writer)
    case .text(let value): writer.writeLengthEncoded(bytes: value.utf8)
    case .bytes(let value): writer.writeLengthEncoded(bytes: value)
    case .vector(let value):
      writer.writeLengthEncoded(value.count * 4)
      for element in value { writer.writeInteger(element.bitPattern) }
    }
  }
}

// The length and the parts, in the shortest form: trailing zero parts are omitted.
extension CivilDate {
  fileprivate func writeBinary(to writer: inout ByteWriter) {
    guard self != .zero else { return writer.writeUInt8(0) }
    writer.writeUInt8(4)
    writeBinaryParts(to: &writer)
  }

  fileprivate func writeBinaryParts(to writer: inout ByteWriter) {
    writer.writeInteger(year)
    writer.writeUInt8(month)
    writer.writeUInt8(day)
  }
}

extension CivilDateTime {
  fileprivate func writeBinary(to writer: inout ByteWriter) {
    let isMidnight = hour == 0 && minute == 0 && second == 0
    guard microsecond > 0 || !isMidnight else { return date.writeBinary(to: &writer) }
    writer.writeUInt8(microsecond > 0 ? 11 : 7)
    date.writeBinaryParts(to: &writer)
    writer.writeUInt8(hour)
    writer.writeUInt8(minute)
    writer.writeUInt8(second)
    if microsecond > 0 { writer.writeInteger(microsecond) }
  }
}

extension CivilTime {
  // MySQL 9.7.4 refuses a parameter in the hour 838 that has a fraction, although it has such times.
  fileprivate func writeBinary(to writer: inout ByteWriter) {
    guard self != .zero else { return writer.writeUInt8(0) }
    writer.writeUInt8(microseconds > 0 ? 12 : 8)
    writer.writeUInt8(isNegative ? 1 : 0)
    writer.writeInteger(UInt32(hours / 24))
    writer.writeUInt8(UInt8(hours % 24))
    writer.writeUInt8(minutes)
    writer.writeUInt8(seconds)
    if microseconds > 0 { writer.writeInteger(microseconds) }
  }
}
