extension MySQLQuery {
  /// The options of a statement: how to run it, where that differs from the usual way. A single option can be
  /// named directly:
  ///
  /// ```swift
  /// try await connection.query("SELECT ratio FROM samples", options: .prepared)
  /// try await connection.execute(
  ///   "LOAD DATA LOCAL INFILE 'x' INTO TABLE t", options: .localInfile(.bytes(Array("1\n".utf8))))
  /// ```
  public struct Options: Sendable {
    /// Whether the statement is prepared even without values. FLOAT values in the rows then have all their
    /// digits.
    public var prepared: Bool
    /// What to send along with the statement.
    public var attributes: Attributes
    /// Where the data of a LOAD DATA LOCAL comes from.
    public var localInfile: MySQLByteSource?

    // Every statement without options makes these: they must not cost an empty dictionary.
    /// Runs a statement in the usual way.
    public init() { self.init(prepared: false, attributes: Attributes(), localInfile: nil) }

    /// Makes options.
    public init(
      prepared: Bool = false, attributes: Attributes = [:], localInfile: MySQLByteSource? = nil
    ) {
      self.prepared = prepared
      self.attributes = attributes
      self.localInfile = localInfile
    }

    /// Prepares the statement even without values.
    public static var prepared: Self { Self(prepared: true) }

    /// Sends attributes along with the statement.
    public static func attributes(_ attributes: Attributes) -> Self { Self(attributes: attributes) }

    /// Gives the data of a LOAD DATA LOCAL.
    public static func localInfile(_ source: MySQLByteSource) -> Self { Self(localInfile: source) }
  }
}
