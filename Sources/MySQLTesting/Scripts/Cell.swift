extension ServerScript {
  /// A value in a row, or of a statement's parameter, as tests write it: `[1, "Ada", nil]`.
  ///
  /// The column decides what a cell means. Decimals, dates and times are written as text, such as
  /// `"2026-02-28 12:00:00"`, in either protocol.
  public enum Cell: Sendable, Hashable {
    /// NULL.
    case null
    /// An integer.
    case integer(Int64)
    /// An integer too large for 64 bits with a sign.
    case unsigned(UInt64)
    /// A floating point number.
    case double(Double)
    /// Text, or the text that the server would print for the value.
    case text(String)
    /// Bytes.
    case bytes([UInt8])
  }
}

extension ServerScript.Cell: ExpressibleByNilLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
  /// NULL, written as `nil`.
  public init(nilLiteral: ()) { self = .null }
  /// An integer.
  public init(integerLiteral value: Int64) { self = .integer(value) }
  /// A floating point number.
  public init(floatLiteral value: Double) { self = .double(value) }
}

extension ServerScript.Cell: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral {
  /// Text.
  public init(stringLiteral value: String) { self = .text(value) }
  /// 1 or 0, as the servers represent it.
  public init(booleanLiteral value: Bool) { self = .integer(value ? 1 : 0) }
}
