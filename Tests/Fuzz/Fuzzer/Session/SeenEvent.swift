import MySQLWire

/// An event that can be compared. Blocks are split into rows of cells, so that it does not matter how the
/// bytes arrived.
enum SeenEvent: Equatable {
  case startTLS
  case ready(OKPacket)
  case closed(ErrorPacket)
  case ok(OKPacket)
  case failed(ErrorPacket)
  case columns([ColumnDefinition])
  case row([[UInt8]?])
  case rowsEnd(OKPacket)
  case prepared(id: UInt32, parameters: [ColumnDefinition], columns: [ColumnDefinition])
  case localInfile([UInt8])
  case statistics(String)
  case progress(ProgressReport)
  case largeRow(Int)
  case violation(Violation)

  static func list(_ event: Event) -> [SeenEvent] {
    switch event {
    case .needsInput: []
    case .startTLS: [.startTLS]
    case .ready(let ok): [.ready(ok)]
    case .closed(let error): [.closed(error)]
    case .ok(let ok): [.ok(ok)]
    case .failed(let error): [.failed(error)]
    case .columns(let columns): [.columns(columns.definitions)]
    case .rows(let block): block.cells().map { .row($0) } + (block.end.map { [.rowsEnd($0)] } ?? [])
    case .largeRow(let row): [.largeRow(row.size)]
    case .rowsEnd(let ok): [.rowsEnd(ok)]
    case .prepared(let statement):
      [
        .prepared(
          id: statement.id, parameters: statement.parameters, columns: statement.columns.definitions)
      ]
    case .localInfile(let name): [.localInfile(name)]
    case .statistics(let text): [.statistics(text)]
    case .progress(let report): [.progress(report)]
    }
  }

  /// Returns whether this is the last event of a command's response. Only statements have several results,
  /// whatever the status says for other commands.
  func endsResponse(to command: Command?) -> Bool {
    switch (self, command) {
    case (.ok(let ok), .query), (.ok(let ok), .execute), (.ok(let ok), .executeBulk), (.rowsEnd(let ok), _):
      !ok.status.contains(.moreResults)
    case (.ok, _), (.failed, _), (.closed, _), (.prepared, _), (.statistics, _): true
    default: false
    }
  }
}

extension RowBlock {
  /// Returns all cells, after decoding each in every way. The session has promised that they are all there.
  func cells() -> [[[UInt8]?]] {
    let storage = bytes
    let bytes = storage.span.bytes
    return (0..<count).map { row in
      var cells = CellReader(range(ofRow: row), columns)
      return columns.decoders.map { decoder in
        do {
          guard let cell = try cells.next(in: bytes, columns) else { return nil }
          expect(range(ofRow: row).contains(cell), "the cell \(cell) of the row \(range(ofRow: row))")
          decodeByAllMeans(decoder, bytes.extracting(cell))
          return Array(self.bytes[cell])
        } catch {
          expect(false, "\(error) in a row that the session has checked")
          return nil
        }
      }
    }
  }
}

extension Range<Int> {
  fileprivate func contains(_ other: Range<Int>) -> Bool {
    lowerBound <= other.lowerBound && other.upperBound <= upperBound
  }
}
