extension Session {
  /// The size in bytes at which a block takes no further rows. Its last row may go beyond it.
  static var blockSize: Int { 64 << 10 }

  /// The size from which a row is received in pieces.
  private static var largeRow: Int { 1 << 20 }

  mutating func receiveRows(_ columns: ResultColumns) throws(Violation) -> Event? {
    if let rows = try frameRows(columns) {
      framer.sequence = rows.sequence
      framer.queue.discard(rows.size)
      let firstRow = rowNumber
      rowNumber += rows.count
      let end = rows.isEndNext ? receiveEndAfterRows() : nil
      return .rows(
        rows.count == 1
          ? RowBlock(columns: columns, row: rows.bytes, firstRow: firstRow, end: end)
          : RowBlock(columns: columns, bytes: rows.bytes, ends: rows.ends, firstRow: firstRow, end: end))
    }
    if framer.isJoining { return try receiveLargeRow(columns) }
    if let header = try framer.nextHeader(), header.length >= Self.largeRow {
      guard let first = framer.firstByte(after: header) else { return .needsInput }
      // A full packet that begins with 0xFE is a row whose first cell has 16 MiB or more.
      let isRow =
        first < EOFPacket.header || first == EOFPacket.header && header.length == PacketFramer.fullPacket
      if isRow { return try receiveLargeRow(columns) }
    }
    guard let frame = try nextMessage() else { return .needsInput }
    if frame.isOutOfTurn { return close(try takeError(frame)) }
    guard let header = frame.header else { throw .truncated }
    switch header {
    case ErrorPacket.header: return try receiveError(frame)
    case EOFPacket.header where frame.count < PacketFramer.fullPacket:
      return .rowsEnd(try receiveEnd(frame))
    default:
      // A malformed row, which `frameRows` does not take.
      let row = takeBytes(frame)
      try columns.checkRow(row.span.bytes)
      defer { rowNumber += 1 }
      return .rows(RowBlock(columns: columns, row: row, firstRow: rowNumber))
    }
  }

  private mutating func receiveEnd(_ frame: PacketFramer.Frame) throws(Violation) -> OKPacket {
    var end = try capabilities.contains(.deprecateEOF) ? takeOK(frame) : OKPacket(takeEOF(frame))
    let more = statusAfterDefinitions.intersection([.outParameters, .moreResults])
    if !more.isEmpty { end.status.formUnion(more) }
    endResult(end)
    return end
  }

  /// Receives the end of the result, whose packet is at the front of the queue. A violation is for the next event: the
  /// rows before it are delivered first.
  private mutating func receiveEndAfterRows() -> OKPacket? {
    do throws(Violation) {
      guard let frame = try nextMessage() else { return nil }
      return try receiveEnd(frame)
    } catch {
      phase = .poisoned(error)
      return nil
    }
  }

  private mutating func receiveLargeRow(_ columns: ResultColumns) throws(Violation) -> Event {
    let spare = spareMemory ?? SpareMemory()
    spareMemory = spare
    guard let payload = try framer.nextLarge(spare) else {
      framer.expectLarge { columns.leastSize(ofRowBeginningWith: $0) }
      return .needsInput
    }
    defer { rowNumber += 1 }
    return .largeRow(LargeRow(columns: columns, payload: payload, spare: spare, firstRow: rowNumber))
  }

  /// Whole rows, without the header of the first one's packet.
  private struct FramedRows {
    let bytes: [UInt8]
    let count: Int
    /// Where each row ends, if there are several.
    let ends: [UInt32]
    /// How many bytes their packets take in the queue.
    let size: Int
    /// The sequence id that follows.
    let sequence: UInt8
    /// Whether the end of the result has arrived after them.
    let isEndNext: Bool
  }

  /// Returns all whole rows at the front of the queue, up to the size of a block. Returns nil if the front of the queue
  /// holds something else, or is incomplete. This takes one loop and one copy, and no object for a packet or a cell.
  ///
  /// Mutating, though it changes nothing: for a nonmutating method the compiler copies the session.
  private mutating func frameRows(
    _ columns: ResultColumns
  ) throws(Violation) -> FramedRows? {
    guard !framer.isJoining else { return nil }
    let bytes = framer.queue.storage.span.bytes
    let start = framer.queue.head + PacketFramer.headerSize
    var end = framer.queue.head
    var sequence = framer.sequence
    var count = 0
    var ends: [UInt32] = []
    var isEndNext = false
    while bytes.remaining(from: end) > PacketFramer.headerSize, end - start < Self.blockSize {
      var position = end
      let length = Int(try bytes.readUInt24(at: &position))
      guard try bytes.readUInt8(at: &position) == sequence,
        length < PacketFramer.fullPacket, length > 0, length <= settings.limits.payload,
        length <= bytes.remaining(from: position)
      else { break }
      let header = bytes.unsafeLoad(fromByteOffset: position, as: UInt8.self)
      if header >= EOFPacket.header {
        isEndNext = header == EOFPacket.header
        break
      }
      do throws(Violation) {
        try columns.checkRow(bytes.extracting(position..<position + length))
      } catch {
        // The valid rows before it are delivered first, just as if the malformed row arrived later.
        guard count > 0 else { throw error }
        break
      }
      if count == 1 {
        ends.reserveCapacity(min(bytes.remaining(from: start), Self.blockSize) / (length + 4) + 2)
        ends.append(UInt32(truncatingIfNeeded: end - start))
      }
      end = position + length
      count += 1
      if count > 1 { ends.append(UInt32(truncatingIfNeeded: end - start)) }
      sequence &+= 1
    }
    guard count > 0 else { return nil }
    return FramedRows(
      bytes: bytes.bytes(in: start..<end), count: count, ends: ends, size: end - framer.queue.head,
      sequence: sequence, isEndNext: isEndNext)
  }
}
