extension MySQLRows {
  /// Rows decoded to values of a `Decodable` type, each property from the column with its name.
  ///
  /// ```swift
  /// let users = try await connection.query("SELECT * FROM users").decode(User.self)
  /// for try await user in users { print(user.name) }
  /// ```
  public struct Models<Model: Decodable>: AsyncSequence, Sendable {
    /// A row as a value of the type.
    public typealias Element = Model
    /// The only error that it throws.
    public typealias Failure = MySQLError

    let rows: MySQLRows
    let decoder: MySQLRowDecoder

    /// Starts to read the rows. There is one pass over them.
    public func makeAsyncIterator() -> AsyncIterator {
      AsyncIterator(position: RowPosition(rows), decoder: decoder)
    }

    /// Decodes one row after the other.
    public struct AsyncIterator: AsyncIteratorProtocol {
      var position: RowPosition
      let decoder: MySQLRowDecoder
      private var content: RowContent?

      init(position: RowPosition, decoder: MySQLRowDecoder) {
        self.position = position
        self.decoder = decoder
      }

      /// Returns the next row, or nil after the last. Waits only if the next rows have not arrived yet.
      ///
      /// - Throws: What reading the rows throws, or a `MySQLError` of the kind `decoding`. The next call
      ///   continues with the row after the one that could not be decoded.
      public nonisolated(nonsending) mutating func next(
        isolation actor: (any Actor)? = #isolation
      ) async throws(MySQLError) -> Model? {
        if !position.advance(), try !position.refillNow() { try await position.refill() }
        guard let block = position.block else { return nil }
        let content = self.content ?? RowContent(block.columns, decoder)
        self.content = content
        return try content.decode(Model.self, block, position.row)
      }
    }
  }
}

extension MySQLRows {
  /// Makes a value from each row as it is read: `for try await user in rows.decode(User.self) { … }`.
  @_disfavoredOverload
  public func decode<Model: Decodable>(
    _ type: Model.Type, using decoder: MySQLRowDecoder = MySQLRowDecoder()
  ) -> MySQLRows.Models<Model> {
    MySQLRows.Models(rows: self, decoder: decoder)
  }
}
