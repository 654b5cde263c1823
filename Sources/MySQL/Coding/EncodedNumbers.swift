public import Foundation
import MySQLWire

// All integers are sent as 64 bits: a server that only sees one width does not prepare a statement again for
// another.

extension MySQLParameterWriter {
  @inline(__always)
  fileprivate mutating func write(signed value: Int64) {
    list.append(ParameterType(.longLong)) { $0.writeInteger(value) }
  }

  @inline(__always)
  fileprivate mutating func write(unsigned value: UInt64) {
    list.append(ParameterType(.longLong, isUnsigned: true)) { $0.writeInteger(value) }
  }

  fileprivate mutating func write(finite value: Double) throws(MySQLError) {
    guard value.isFinite else { throw .notFinite(value) }
    list.append(ParameterType(.double)) { $0.writeInteger(value.bitPattern) }
  }

  fileprivate mutating func write(finite value: Float) throws(MySQLError) {
    guard value.isFinite else { throw .notFinite(Double(value)) }
    list.append(ParameterType(.float)) { $0.writeInteger(value.bitPattern) }
  }

  func refuse(_ reason: String) -> MySQLError { MySQLError(.encoding, reason) }
}

extension MySQLError {
  fileprivate static func notFinite(_ value: Double) -> MySQLError {
    MySQLError(.encoding, "\(value) is not a number that a server can store: bind nil for NULL")
  }
}

extension Int64: MySQLEncodable {
  /// Writes a BIGINT.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) { writer.write(signed: self) }
}

extension Int: MySQLEncodable {
  /// Writes a BIGINT.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.write(signed: Int64(self))
  }
}

extension Int32: MySQLEncodable {
  /// Writes a BIGINT.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.write(signed: Int64(self))
  }
}

extension Int16: MySQLEncodable {
  /// Writes a BIGINT.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.write(signed: Int64(self))
  }
}

extension Int8: MySQLEncodable {
  /// Writes a BIGINT.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.write(signed: Int64(self))
  }
}

extension UInt64: MySQLEncodable {
  /// Writes a BIGINT UNSIGNED.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.write(unsigned: self)
  }
}

extension UInt: MySQLEncodable {
  /// Writes a BIGINT UNSIGNED.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.write(unsigned: UInt64(self))
  }
}

extension UInt32: MySQLEncodable {
  /// Writes a BIGINT UNSIGNED.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.write(unsigned: UInt64(self))
  }
}

extension UInt16: MySQLEncodable {
  /// Writes a BIGINT UNSIGNED.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.write(unsigned: UInt64(self))
  }
}

extension UInt8: MySQLEncodable {
  /// Writes a BIGINT UNSIGNED.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.write(unsigned: UInt64(self))
  }
}

extension Bool: MySQLEncodable {
  /// Writes 1 or 0.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.write(signed: self ? 1 : 0)
  }
}

extension Double: MySQLEncodable {
  /// Writes a DOUBLE. Throws if the value is infinite or not a number.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    try writer.write(finite: self)
  }
}

extension Float: MySQLEncodable {
  /// Writes a FLOAT. Throws if the value is infinite or not a number.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    try writer.write(finite: self)
  }
}

extension MySQLDecimal: MySQLEncodable {
  /// Writes a DECIMAL with all digits.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    writer.list.append(.decimal(wire))
  }
}

extension Foundation.Decimal: MySQLEncodable {
  /// Writes a DECIMAL with all digits. Throws if the value is not a number, or has more than 96 digits.
  public func encode(to writer: inout MySQLParameterWriter) throws(MySQLError) {
    guard let exact = MySQLDecimal(exactly: self) else {
      throw writer.refuse("a Decimal that is not a number, or has more than 96 digits, cannot be sent")
    }
    try exact.encode(to: &writer)
  }
}
