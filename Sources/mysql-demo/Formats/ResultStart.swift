import MySQLWire

/// A writer that begins a result only when its first row arrives, so that a result without rows shows nothing unless
/// `showsEmpty` is set. It makes the format's writer only then.
struct ResultStart: ResultWriter {
  private let columns: ResultColumns
  private let showsEmpty: Bool
  private let makeWriter: (_ isEmpty: Bool) -> any ResultWriter
  private var writer: (any ResultWriter)?

  init(columns: ResultColumns, showsEmpty: Bool, makeWriter: @escaping (_ isEmpty: Bool) -> any ResultWriter)
  {
    self.columns = columns
    self.showsEmpty = showsEmpty
    self.makeWriter = makeWriter
  }

  /// Begins the result before its first row.
  mutating func begin(_ columns: ResultColumns) { start(isEmpty: false) }

  mutating func write(_ block: RowBlock) {
    guard block.count > 0 else { return }
    start(isEmpty: false)
    writer?.write(block)
  }

  mutating func end() {
    if showsEmpty { start(isEmpty: true) }
    writer?.end()
  }

  private mutating func start(isEmpty: Bool) {
    guard writer == nil else { return }
    var writer = makeWriter(isEmpty)
    writer.begin(columns)
    self.writer = writer
  }
}
