#if canImport(Glibc)
  import MySQLWire
  import Testing

  /// Feeds the bytes after a command, as reads of a socket would bring them, and returns how many rows came.
  @discardableResult
  func expectLittleGrowth(
    _ pieces: some Sequence<Bytes>, after command: (Dialogue) throws -> Void
  ) throws -> Int {
    try Memory.mapLargeBlocks()
    // The first session of a process also pays for what the runtime sets up.
    let other = try Dialogue.loggedIn()
    try other.exchange(.query("SELECT"), result(.withOK, ["a"], rows: [textRow("x")]))
    let dialogue = try Dialogue.loggedIn()
    try command(dialogue)
    _ = dialogue.takeOutput()

    var read: Bytes = []
    read.reserveCapacity(32 << 10)
    try Memory.fillGaps()
    let before = try Memory.highWaterMark()
    var fed = 0
    var rows = 0
    do throws(Violation) {
      for piece in pieces {
        read += piece
        guard read.count > 16 << 10 else { continue }
        fed += read.count
        rows += try consume(read, dialogue)
        read.removeAll(keepingCapacity: true)
      }
      fed += read.count
      rows += try consume(read, dialogue)
    } catch {
      // What was fed up to there counts.
    }
    let growth = try Memory.highWaterMark() - before
    #expect(growth <= 4 * fed + (64 << 10), "\(growth) bytes for \(fed) bytes")
    return rows
  }

  private func consume(_ bytes: Bytes, _ dialogue: Dialogue) throws(Violation) -> Int {
    dialogue.session.receive(bytes.span.bytes)
    var rows = 0
    while true {
      switch try dialogue.session.next().joined() {
      case .needsInput: return rows
      case .rows(let block): rows += block.count
      default: break
      }
    }
  }

  func chain(_ first: some Sequence<Bytes>, _ second: some Sequence<Bytes>) -> some Sequence<Bytes> {
    [AnySequence(first), AnySequence(second)].lazy.joined()
  }
#endif
