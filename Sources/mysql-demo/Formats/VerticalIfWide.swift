import MySQLWire

/// `--auto-vertical-output`: a table, or a line for each cell if the table is wider than the terminal. It collects all
/// rows first.
struct VerticalIfWide: ResultWriter {
  var table: any ResultWriter
  var vertical: any ResultWriter
  let showsNames: Bool
  let results: ResultOptions
  let limit: Int
  private var columns: ResultColumns?
  private var blocks: [RowBlock] = []
  private var widths: [Int] = []

  init(
    table: any ResultWriter, vertical: any ResultWriter, showsNames: Bool, results: ResultOptions, limit: Int
  ) {
    self.table = table
    self.vertical = vertical
    self.showsNames = showsNames
    self.results = results
    self.limit = limit
  }

  mutating func begin(_ columns: ResultColumns) {
    self.columns = columns
    widths = columns.definitions.map {
      max(showsNames ? $0.nameBytes.count : 0, results.isQuick ? Int($0.length) : 0)
    }
  }

  mutating func write(_ block: RowBlock) {
    block.forEachCell { _, column, range in widths[column] = max(widths[column], range?.count ?? 0) }
    blocks.append(block)
  }

  mutating func end() {
    guard let columns else { return }
    let width = zip(widths, columns.definitions).reduce(1) { sum, column in
      let isNullable = !column.1.flags.contains(.notNull)
      return sum + (isNullable ? max(column.0, 4) : column.0) + 3
    }
    var writer = width > limit ? vertical : table
    writer.begin(columns)
    for block in blocks { writer.write(block) }
    writer.end()
  }
}
