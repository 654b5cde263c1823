import MySQLWire
import Synchronization

/// The columns of a result, for all its rows.
final class ColumnList: Sendable {
  let wire: ResultColumns
  // Made when a name is first asked for: tuples never ask.
  private let names = Mutex<ColumnNames?>(nil)

  init(_ wire: ResultColumns) {
    self.wire = wire
  }

  var count: Int { wire.count }
  // Made anew each time: few ask, and then once.
  var columns: [MySQLColumn] { wire.definitions.map { MySQLColumn($0) } }

  subscript(index: Int) -> MySQLColumn { MySQLColumn(wire.definitions[index]) }

  /// The column of that name: exactly so, or else whatever the case, or also whatever the underscores. Of
  /// several the first.
  func index(of name: String, _ keys: MySQLRowDecoder.Keys = .name) -> Int? {
    names.withLock { names in
      if names == nil { names = ColumnNames(columns) }
      return names?.index(of: name, keys)
    }
  }

  /// The names for an error to list, such as `3 columns (id, name, age)`.
  var listing: String {
    let names = columns.prefix(20).map(\.name) + (count > 20 ? ["…"] : [])
    return "\(count) \(count == 1 ? "column" : "columns") (\(names.joined(separator: ", ")))"
  }
}

/// Where the columns of each name are.
private struct ColumnNames {
  private let columns: [MySQLColumn]
  private lazy var exact = table { $0 }
  private lazy var folded = table { Self.fold($0) }
  private lazy var bare = table { Self.strip($0) }

  init(_ columns: [MySQLColumn]) { self.columns = columns }

  mutating func index(of name: String, _ keys: MySQLRowDecoder.Keys) -> Int? {
    if let index = exact[name] ?? folded[Self.fold(name)] { return index }
    return keys == .snakeCase ? bare[Self.strip(name)] : nil
  }

  private func table(_ spelling: (String) -> String) -> [String: Int] {
    Dictionary(columns.enumerated().map { (spelling($1.name), $0) }, uniquingKeysWith: { first, _ in first })
  }

  private static func fold(_ name: String) -> String { name.lowercased() }

  private static func strip(_ name: String) -> String { fold(name.filter { $0 != "_" }) }
}
