extension Event {
  /// The memory that the event takes, in bytes. Every event counts for at least 256, so that a server that
  /// endlessly sends small ones cannot fill the memory.
  package var size: Int {
    let least = 1 << 8
    switch self {
    case .needsInput, .startTLS: return least
    case .ready(let ok), .ok(let ok), .rowsEnd(let ok): return least + ok.heapSize
    case .closed(let error), .failed(let error):
      return least + error.message.heapSize + (error.rawMessage?.count ?? 0)
    case .columns(let columns): return least + columns.size
    case .rows(let block): return least + block.size + (block.end?.heapSize ?? 0)
    case .largeRow(let row): return least + row.size
    case .prepared(let statement):
      return least + statement.columns.size + statement.parameters.reduce(0) { $0 + $1.size }
    case .localInfile(let name): return least + name.count
    case .statistics(let text): return least + text.heapSize
    case .progress(let report): return least + report.activity.heapSize
    }
  }
}

extension OKPacket {
  fileprivate var heapSize: Int {
    if info.isEmpty, !hasChanges { return 0 }
    return changes.reduce(info.heapSize) { $0 + MemoryLayout<SessionChange>.stride + $1.heapSize }
  }
}

extension SessionChange {
  fileprivate var heapSize: Int {
    switch self {
    case .variable(let name, let value): name.heapSize + value.heapSize
    case .schema(let text), .gtids(let text), .transactionCharacteristics(let text),
      .transactionState(let text):
      text.heapSize
    case .state: 0
    case .unknown(_, let data): data.count
    }
  }
}
