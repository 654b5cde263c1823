import MySQLWire

/// `--column-type-info`: what the server says about each column, before the table. It collects all rows first, because
/// the length of the longest cell is a part of it.
struct ColumnTypeInfo: ResultWriter {
  let output: OutputBuffer
  var table: any ResultWriter
  private var columns: ResultColumns?
  private var blocks: [RowBlock] = []
  private var lengths: [Int] = []

  init(output: OutputBuffer, table: any ResultWriter) {
    self.output = output
    self.table = table
  }

  mutating func begin(_ columns: ResultColumns) {
    self.columns = columns
    lengths = Array(repeating: 0, count: columns.count)
  }

  mutating func write(_ block: RowBlock) {
    block.forEachCell { _, column, range in lengths[column] = max(lengths[column], range?.count ?? 0) }
    blocks.append(block)
  }

  mutating func end() {
    guard let columns else { return }
    for (index, column) in columns.definitions.enumerated() { write(column, number: index + 1) }
    output.write("\n")
    guard blocks.contains(where: { $0.count > 0 }) else { return }
    table.begin(columns)
    for block in blocks { table.write(block) }
    table.end()
  }

  private func write(_ column: ColumnDefinition, number: Int) {
    let collation = column.collation.officialName ?? "?"
    let digits = String(number)
    output.write(text: "Field " + String(repeating: " ", count: max(0, 3 - digits.count)) + digits + ":  `")
    output.write(column.shownName)
    output.write(
      text: """
        `
        Org_field:  `\(column.originalName)`
        Catalog:    `def`
        Database:   `\(column.schema)`
        Table:      `\(column.table)`
        Org_table:  `\(column.originalTable)`
        Type:       \(column.type.officialName)\(Self.extension(of: column))
        Collation:  \(collation) (\(column.collation.rawValue))
        Length:     \(column.length)
        Max_length: \(lengths[number - 1])
        Decimals:   \(column.decimals)
        Flags:      \(Self.flags(of: column))


        """)
  }

  private static func `extension`(of column: ColumnDefinition) -> String {
    let parts = [("type", column.extendedType), ("format", column.extendedFormat)].filter { !$0.1.isEmpty }
    return parts.isEmpty ? "" : " (" + parts.map { "\($0)=\($1)" }.joined(separator: ", ") + ")"
  }

  private static func flags(of column: ColumnDefinition) -> String {
    var flags = column.flags
    // The official client adds this flag by itself.
    if column.type.isNumber { flags.insert(.number) }
    return names.filter { flags.contains($0.flag) }.map { $0.name + " " }.joined()
  }

  private static let names: [(flag: ColumnFlags, name: String)] = [
    (.notNull, "NOT_NULL"), (.primaryKey, "PRI_KEY"), (.uniqueKey, "UNIQUE_KEY"),
    (.multipleKey, "MULTIPLE_KEY"), (.blob, "BLOB"), (.unsigned, "UNSIGNED"), (.zerofill, "ZEROFILL"),
    (.binary, "BINARY"), (.enumeration, "ENUM"), (.autoIncrement, "AUTO_INCREMENT"),
    (.timestamp, "TIMESTAMP"), (.set, "SET"), (.noDefault, "NO_DEFAULT_VALUE"), (.number, "NUM"),
    (ColumnFlags(rawValue: 1 << 14), "PART_KEY"), (.onUpdateNow, "ON_UPDATE_NOW"),
  ]
}

extension ColumnType {
  /// The name that the official command (10.11) shows.
  fileprivate var officialName: String { Self.officialNames[self] ?? "?-unknown-?" }

  private static let officialNames: [Self: String] = [
    .bit: "BIT", .blob: "BLOB", .date: "DATE", .dateTime: "DATETIME", .decimal: "NEWDECIMAL",
    .oldDecimal: "DECIMAL", .double: "DOUBLE", .enumeration: "ENUM", .float: "FLOAT", .geometry: "GEOMETRY",
    .int24: "INT24", .long: "LONG", .longLong: "LONGLONG", .longBlob: "LONG_BLOB",
    .mediumBlob: "MEDIUM_BLOB", .newDate: "NEWDATE", .null: "NULL", .set: "SET", .short: "SHORT",
    .string: "STRING", .time: "TIME", .timestamp: "TIMESTAMP", .tiny: "TINY", .tinyBlob: "TINY_BLOB",
    .varString: "VAR_STRING", .year: "YEAR",
  ]
}
