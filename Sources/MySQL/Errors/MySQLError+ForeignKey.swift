extension MySQLError {
  /// The foreign key that forbids a change. `MySQLError.Server.foreignKey` returns it.
  public struct ForeignKey: Sendable, Hashable {
    /// The database of the table that has the foreign key.
    public let database: String
    /// The table that has the foreign key. While ALTER TABLE adds one, this is its temporary table.
    public let table: String
    /// The constraint's name.
    public let constraint: String
    /// The columns that refer to others.
    public let columns: [String]
    /// The database of the table that they refer to.
    public let referencedDatabase: String
    /// The table that they refer to.
    public let referencedTable: String
    /// The columns of that table.
    public let referencedColumns: [String]
  }
}

extension MySQLError.Server {
  /// The foreign key that error 1451, 1452, 1216 or 1217 is about, read from the server's message.
  ///
  /// Nil for other errors, if the server does not name the key (as for accounts without rights on the other
  /// table), if its message is cut off, and if a name holds a quotation mark, which MySQL does not mark as
  /// part of it.
  public var foreignKey: MySQLError.ForeignKey? {
    switch code {
    case .foreignKeyMissing, .foreignKeyReferenced, .foreignKeyMissingUnnamed, .foreignKeyReferencedUnnamed:
      var text = ForeignKeyText(message)
      return text.read()
    default: return nil
    }
  }
}
