import MySQLWire

/// A writer that begins a result only when its first row arrives, so that a result without rows shows nothing unless
/// `showsEmpty` is set.
struct ResultStart: ResultWriter {
  let columns: ResultColumns
  var writer: any ResultWriter
  let showsEmpty: Bool
  private var hasBegun = false

  init(columns: ResultColumns, writer: any ResultWriter, showsEmpty: Bool) {
    self.columns = columns
    self.writer = writer
    self.showsEmpty = showsEmpty
  }

  mutating func begin(_ columns: ResultColumns) {}

  mutating func write(_ block: RowBlock) {
    guard block.count > 0 else { return }
    start()
    writer.write(block)
  }

  mutating func end() {
    if showsEmpty { start() }
    if hasBegun { writer.end() }
  }

  private mutating func start() {
    if !hasBegun { writer.begin(columns) }
    hasBegun = true
  }
}
