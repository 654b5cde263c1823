import Synchronization

/// The indices of columns by name. The tables are built when a name is first looked up, and are shared by all
/// executions of a statement.
package final class ColumnNames: Sendable {
  private let exact = AtomicLazyReference<Table>()
  private let folded = AtomicLazyReference<Table>()
  private let bare = AtomicLazyReference<Table>()

  private final class Table: Sendable {
    let indices: [String: Int]

    /// Creates the table. If several columns have the same name, the first one counts.
    init(_ definitions: [ColumnDefinition], _ spelling: (String) -> String) {
      indices = Dictionary(
        definitions.enumerated().map { (spelling($1.name), $0) }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// Returns the index of the column with that name. Matches exactly, else case-insensitively, else, if
  /// wanted, also ignoring underscores.
  package func index(
    of name: String, in definitions: [ColumnDefinition], ignoringUnderscores: Bool
  ) -> Int? {
    if let index = table(exact, definitions, { $0 }).indices[name] { return index }
    if let index = table(folded, definitions, Self.fold).indices[Self.fold(name)] { return index }
    return ignoringUnderscores ? table(bare, definitions, Self.strip).indices[Self.strip(name)] : nil
  }

  private func table(
    _ place: borrowing AtomicLazyReference<Table>, _ definitions: [ColumnDefinition],
    _ spelling: (String) -> String
  ) -> Table {
    place.load() ?? place.storeIfNil(Table(definitions, spelling))
  }

  private static func fold(_ name: String) -> String { name.lowercased() }

  private static func strip(_ name: String) -> String { fold(name.filter { $0 != "_" }) }
}
