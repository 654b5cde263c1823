extension MySQLRows {
  /// Rows decoded to tuples, each cell to the type in its place.
  ///
  /// ```swift
  /// let names = try await connection.query("SELECT id, name FROM users").decode((Int, String).self)
  /// for try await (id, name) in names { print(id, name) }
  /// ```
  ///
  /// This is a dedicated sequence, because `AsyncMapSequence` would leave the caller's actor for every row.
  public struct Decoded<each Column: MySQLDecodable>: AsyncSequence, Sendable {
    /// A row as a tuple, or as the value of its only column.
    public typealias Element = (repeat each Column)
    /// The only error that it throws.
    public typealias Failure = MySQLError

    let rows: MySQLRows

    /// Starts to read the rows. There is one pass over them.
    public consuming func makeAsyncIterator() -> AsyncIterator {
      AsyncIterator(position: RowPosition(rows))
    }

    /// Decodes one row after the other.
    public struct AsyncIterator: AsyncIteratorProtocol {
      @usableFromInline var position: RowPosition

      /// Returns the next row, or nil after the last. Waits only if the next rows have not arrived yet.
      ///
      /// - Throws: What reading the rows throws, or a `MySQLError` of the kind `decoding`. The next call
      ///   continues with the row after the one that could not be decoded.
      @inlinable
      public nonisolated(nonsending) mutating func next(
        isolation actor: (any Actor)? = #isolation
      ) async throws(MySQLError) -> Element? {
        if !position.advance(), try !position.refillNow() { try await position.refill() }
        guard let block = position.block else { return nil }
        // Constructed in place: going through a variable copied the tuple, which was an eighth of a row's cost.
        return .some(try block.decode(row: position.row, as: (repeat each Column).self))
      }
    }
  }
}

extension MySQLRows {
  /// Decodes each row as it is read: `for try await (id, name) in rows.decode((Int, String?).self) { … }`.
  public consuming func decode<each Column: MySQLDecodable>(
    _ type: (repeat each Column).Type
  ) -> MySQLRows.Decoded<repeat each Column> {
    MySQLRows.Decoded(rows: self)
  }
}
