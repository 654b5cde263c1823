/// One change to the session that an OK packet reports, under CLIENT_SESSION_TRACK.
package enum SessionChange: Equatable, Sendable {
  /// SESSION_TRACK_SYSTEM_VARIABLES
  case variable(name: String, value: String)
  /// SESSION_TRACK_SCHEMA: the database in use.
  case schema(String)
  /// SESSION_TRACK_STATE_CHANGE: whether anything changed that a new connection would not have.
  case state(changed: Bool)
  /// SESSION_TRACK_GTIDS
  case gtids(String)
  /// SESSION_TRACK_TRANSACTION_CHARACTERISTICS: the SQL that would start the transaction again.
  case transactionCharacteristics(String)
  /// SESSION_TRACK_TRANSACTION_STATE: eight characters, such as "T_______".
  case transactionState(String)
  /// A kind that this library does not know.
  case unknown(kind: UInt8, data: [UInt8])

  static func parse(
    _ bytes: RawSpan, in range: Range<Int>, limit: Int
  ) throws(Violation) -> [SessionChange] {
    var changes: [SessionChange] = []
    var position = range.lowerBound
    while position < range.upperBound {
      let kind = try bytes.readUInt8(at: &position)
      let data = try bytes.readLengthEncodedRange(at: &position)
      guard data.upperBound <= range.upperBound else { throw .malformed(.sessionTrack) }
      try append(kind: kind, bytes.extracting(data), to: &changes, limit: limit)
    }
    return changes
  }

  private static func append(
    kind: UInt8, _ data: RawSpan, to changes: inout [SessionChange], limit: Int
  ) throws(Violation) {
    // A change can have as few as two bytes on the wire, but takes twenty times as much memory.
    guard changes.count < limit else { throw .limitExceeded(.sessionChanges) }
    var position = 0
    switch kind {
    case 0:
      // MySQL sends one variable per entry; MariaDB may send several.
      repeat {
        guard changes.count < limit else { throw .limitExceeded(.sessionChanges) }
        let name = try data.readLengthEncodedString(at: &position)
        let value = try data.readLengthEncodedString(at: &position)
        changes.append(.variable(name: name, value: value))
      } while position < data.byteCount
    case 1: changes.append(.schema(try data.readLengthEncodedString(at: &position)))
    // A single character, without a length before it.
    case 2: changes.append(.state(changed: try data.readRest(at: &position) == [UInt8(ascii: "1")]))
    case 3:
      // The encoding: only 0 (text) exists.
      guard try data.readUInt8(at: &position) == 0 else { throw .malformed(.sessionTrack) }
      changes.append(.gtids(try data.readLengthEncodedString(at: &position)))
    case 4:
      changes.append(.transactionCharacteristics(try data.readLengthEncodedString(at: &position)))
    case 5: changes.append(.transactionState(try data.readLengthEncodedString(at: &position)))
    default: changes.append(.unknown(kind: kind, data: try data.readRest(at: &position)))
    }
    guard position == data.byteCount else { throw .malformed(.sessionTrack) }
  }
}
