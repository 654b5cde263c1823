public import Foundation
import MySQLWire

extension MySQLCell {
  /// Decodes a DATETIME or TIMESTAMP, or the beginning of a DATE, as a moment in a time zone. For a
  /// TIMESTAMP, pass the time zone of the session.
  ///
  /// - Throws: A `MySQLError` of the kind `decoding`, also if there is no such moment.
  public func decode(_ type: Date.Type, timeZone: TimeZone) throws(MySQLError) -> Date {
    if isNull { throw nullError(as: type) }
    let date: Date?
    switch decoder.kind {
    case .date: date = Date(try decode(MySQLDate.self), in: timeZone)
    case .dateTime: date = Date(try decode(MySQLDateTime.self), in: timeZone)
    default: throw mismatchError(as: type)
    }
    guard let date else {
      throw decodingError(as: type, "clocks in \(timeZone.identifier) never show it")
    }
    return date
  }

  /// Decodes NULL as nil, and anything else as `Date` is decoded.
  ///
  /// - Throws: A `MySQLError` of the kind `decoding`.
  public func decode(_ type: Date?.Type, timeZone: TimeZone) throws(MySQLError) -> Date? {
    isNull ? nil : try decode(Date.self, timeZone: timeZone)
  }
}
