import MySQLWire

/// An event that can be compared: blocks are taken apart into rows of values, so that it does not matter
/// how the bytes arrived.
enum ReplayEvent: Equatable {
  case startTLS
  case ready(OKPacket)
  case closed(ErrorPacket)
  case ok(OKPacket)
  case failed(ErrorPacket)
  case columns([ColumnDefinition])
  case row([Value])
  case rowsEnd(OKPacket)
  case prepared(id: UInt32, parameters: [ColumnDefinition], columns: [ColumnDefinition])
  case localInfile([UInt8])
  case statistics(String)
  case progress(ProgressReport)

  /// Whether this is the last event of a command's response.
  var endsResponse: Bool {
    switch self {
    case .ok(let ok), .rowsEnd(let ok): !ok.status.contains(.moreResults)
    case .failed, .closed, .prepared, .statistics: true
    default: false
    }
  }

  static func list(_ event: Event) throws(Violation) -> [ReplayEvent] {
    switch event {
    case .needsInput: []
    case .startTLS: [.startTLS]
    case .ready(let ok): [.ready(ok)]
    case .closed(let error): [.closed(error)]
    case .ok(let ok): [.ok(ok)]
    case .failed(let error): [.failed(error)]
    case .columns(let columns): [.columns(columns.definitions)]
    case .rows(let block): try block.values().map { .row($0) } + (block.end.map { [.rowsEnd($0)] } ?? [])
    case .largeRow(let row): try row.joined().values().map { .row($0) }
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
}
