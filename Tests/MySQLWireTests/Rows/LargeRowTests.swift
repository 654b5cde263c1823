@testable import MySQLWire
import Testing

@Suite(.busy) struct LargeRowTests {
  /// Sizes of cells whose rows end just before, at and after the end of a packet.
  static let sizes = [
    (1 << 24) - 10, (1 << 24) - 9, (1 << 24) - 6, (1 << 24) - 5, (1 << 24) - 4, (1 << 24) - 1, 1 << 24,
    (1 << 25) - 12, (1 << 25) - 11, (1 << 25) + 7,
  ]

  @Test(arguments: sizes)
  func readsFirstCellsOfSixteenMegabytes(size: Int) throws {
    let cell = lengthEncoded(Bytes(repeating: 0x7A, count: size))
    // From 16 MiB on such a row begins with 0xFE, as the end of the rows does.
    #expect(cell[0] == (size < 1 << 24 ? 0xFD : 0xFE))
    for (command, row) in [
      (Command.query("SELECT"), cell + lengthEncoded([0x61])),
      (.execute(1), [0, 0] + cell + lengthEncoded([0x61])),
    ] {
      let dialogue = try Dialogue.loggedIn()
      try dialogue.send(command)
      dialogue.session.receive(packets(head(.withOK, ["a", "b"])).span.bytes)
      let tail = packet(4, row)
      dialogue.session.receive(tail.span.bytes)
      let following = 4 &+ UInt8(row.count / 0xFF_FFFF) &+ 1
      dialogue.session.receive(packet(following, end(.withOK)).span.bytes)
      guard case .columns = try dialogue.session.next() else { throw Violation.truncated }
      guard case .rows(let block) = try dialogue.session.next().joined() else { throw Violation.truncated }
      #expect(block.count == 1)
      var cells = CellReader(block.range(ofRow: 0), block.columns)
      let storage = block.bytes
      let bytes = storage.span.bytes
      #expect(try cells.next(in: bytes, block.columns)?.count == size)
      #expect(try cells.next(in: bytes, block.columns)?.count == 1)
      #expect(try dialogue.events() == [.rowsEnd()])
      #expect(dialogue.isIdle)
    }
  }

  @Test(arguments: [(1 << 20) - 5, 1 << 20, (1 << 24) - 1, (1 << 24) + 5])
  func keepsNoneOfALargeRowInTheReceiveQueue(size: Int) throws {
    let dialogue = try Dialogue.loggedIn()
    try dialogue.send(.query("SELECT"))
    dialogue.session.receive(packets(head(.withOK, ["a"])).span.bytes)
    guard case .columns = try dialogue.session.next() else { throw Violation.truncated }
    let cell = pattern(size)
    let bytes = packet(3, lengthEncoded(cell))
    var position = 0
    var row: RowBlock?
    while position < bytes.count {
      let end = min(position + 64 << 10, bytes.count)
      dialogue.session.receive(bytes.span.bytes.extracting(position..<end))
      position = end
      let event = try dialogue.session.next()
      #expect(dialogue.session.framer.queue.count == 0 || size < 1 << 20)
      if case .needsInput = event { continue }
      guard case .rows(let block) = try event.joined() else { throw Violation.truncated }
      row = block
    }
    #expect(row?.bytes == lengthEncoded(cell))
  }

  /// Bytes of a large row may be written where they belong, without the receive queue, up to the end of each packet.
  @Test(arguments: [1 << 20, (1 << 24) - 1, (1 << 24) + 5, (1 << 25) + 7])
  func takesALargeRowWithoutTheReceiveQueue(size: Int) throws {
    let dialogue = try Dialogue.loggedIn()
    try dialogue.exchange(.query("SELECT"), head(.withOK, ["a"]))
    let cell = lengthEncoded(pattern(size))
    let bytes = packet(3, cell) + packet(3 &+ UInt8(cell.count / 0xFF_FFFF) &+ 1, end(.withOK))
    var (position, direct, largest) = (0, 0, 0)
    var row: RowBlock?
    while position < bytes.count {
      var part = min(1000, bytes.count - position)
      if dialogue.session.isReceivingLargeRow {
        part = dialogue.session.receiveLarge { memory in
          largest = max(largest, memory.freeCapacity)
          let part = min(memory.freeCapacity, bytes.count - position, 100_000)
          memory.withUnsafeMutableBufferPointer { (buffer, count) in
            UnsafeMutableRawBufferPointer(buffer).copyBytes(from: bytes[position..<position + part])
            count = part
          }
        }
        direct += part
      } else {
        dialogue.session.receive(bytes.span.bytes.extracting(position..<position + part))
      }
      position += part
      while true {
        let event = try dialogue.session.next()
        if case .needsInput = event { break }
        if case .rows(let block) = try event.joined() { row = block }
      }
    }
    #expect(row?.bytes == cell)
    #expect(direct > size - 10_000 && largest <= 1 << 20)
    #expect(dialogue.isIdle)
  }

  /// The first large cell tells how large the row is at least. Others after it make it larger.
  @Test(
    arguments: [
      [3, 40 << 20, 5], [2 << 20, 3 << 20], [9 << 20, 9 << 20, 1], [1, 30 << 20, 20 << 20, 2 << 20],
    ])
  func joinsRowsOfSeveralLargeCells(sizes: [Int]) throws {
    let cells = sizes.enumerated().map { (index, size) in
      lengthEncoded(pattern(size, from: index))
    }
    let names = (0...sizes.count).map { "c\($0)" }
    // The first column is NULL.
    let bitmap: Bytes = [0b100] + Bytes(repeating: 0, count: (names.count + 9) / 8 - 1)
    let content = cells.reduce(into: Bytes()) { $0 += $1 }
    for (command, row) in [
      (Command.query("SELECT"), [0xFB] + content), (.execute(1), [0] + bitmap + content),
    ] {
      let dialogue = try Dialogue.loggedIn()
      try dialogue.exchange(command, head(.withOK, names))
      let bytes = packet(UInt8(names.count + 2), row)
      var found: RowBlock?
      for start in stride(from: 0, to: bytes.count, by: 50_000) {
        dialogue.session.receive(bytes.span.bytes.extracting(start..<min(start + 50_000, bytes.count)))
        if case .rows(let block) = try dialogue.session.next().joined() { found = block }
      }
      #expect(found?.bytes == row)
    }
  }

  /// A cell that claims more than its packet has is refused, and its length reserves nothing.
  @Test(arguments: [UInt64(1) << 30, UInt64(Int.max), UInt64.max])
  func refusesACellThatClaimsMoreThanItsPacketHas(length: UInt64) throws {
    let dialogue = try Dialogue.loggedIn()
    try dialogue.exchange(.query("SELECT"), head(.withOK, ["a"]))
    let claim = [0xFE] + (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
    let bytes = packet(3, claim + Bytes(repeating: 0x61, count: 4 << 20))
    #expect(throws: Violation.self) {
      for start in stride(from: 0, to: bytes.count, by: 50_000) {
        dialogue.session.receive(bytes.span.bytes.extracting(start..<min(start + 50_000, bytes.count)))
        _ = try dialogue.session.next().joined()
      }
    }
  }

  @Test func givesATapTheBytesOfLargeRowsToo() throws {
    let dialogue = try Dialogue.loggedIn()
    dialogue.session.tap = { _, _ in }
    try dialogue.exchange(.query("SELECT"), head(.withOK, ["a"]))
    try dialogue.hear(Bytes(packet(3, lengthEncoded(Bytes(repeating: 0x61, count: 2 << 20))).prefix(1 << 20)))
    let isDirect = dialogue.session.isReceivingLargeRow
    #expect(!isDirect)
  }

  @Test func refusesALargeRowWhoseCellsAreNotAllThere() throws {
    let dialogue = try Dialogue.loggedIn()
    try dialogue.exchange(.query("SELECT"), head(.withOK, ["a", "b"]))
    #expect(throws: Violation.self) {
      try dialogue.hear(packet(4, lengthEncoded(Bytes(repeating: 0x61, count: 1 << 24))))
    }
  }

  @Test func goesOnWithSmallRowsAfterALargeOne() throws {
    let dialogue = try Dialogue.loggedIn()
    let large = lengthEncoded(Bytes(repeating: 0x61, count: 1 << 24))
    try dialogue.send(.query("SELECT"))
    let bytes =
      packets(head(.withOK, ["a"])) + packet(3, textRow("1")) + packet(4, large) + packet(6, textRow("2"))
      + packet(7, end(.withOK))
    let events = try dialogue.hear(bytes)
    #expect(events.count == 5)
    #expect(events[1] == .row("1") && events[3] == .row("2"))
    #expect(dialogue.isIdle)
  }

  @Test func endsARowWithoutEndAtTheLimit() throws {
    var limits = Limits()
    limits.payload = 20 << 20
    let dialogue = try Dialogue.loggedIn(limits: limits)
    try dialogue.exchange(.query("SELECT"), head(.withOK, ["a"]))
    try dialogue.hear([0xFF, 0xFF, 0xFF, 3] + Bytes(repeating: 0x61, count: 0xFF_FFFF))
    #expect(throws: Violation.limitExceeded(.payloadSize)) { try dialogue.hear([0xFF, 0xFF, 0xFF, 4]) }
  }

  /// The server's sequence ids continue from the last packet of the command.
  @Test(arguments: [(1 << 24) - 3, (1 << 24) - 2, (1 << 24) - 1, 1 << 24, (1 << 25) - 3])
  func sendsQueriesOfSixteenMegabytes(size: Int) throws {
    let dialogue = try Dialogue.loggedIn()
    let sql = Bytes(repeating: 0x20, count: size)
    try dialogue.send(.query(sql))
    // The command's code, and no query attributes.
    #expect(dialogue.takeOutput() == packet(0, [3, 0, 1] + sql))
    let last = UInt8((size + 3) / 0xFF_FFFF)
    #expect(try dialogue.hear(packet(last + 1, ok())) == [.ok()])
    #expect(dialogue.isIdle)
  }
}

/// Returns bytes of which no two parts of a few kilobytes are alike.
private func pattern(_ size: Int, from seed: Int = 0) -> Bytes {
  var bytes: Bytes = []
  bytes.reserveCapacity(size + 4096)
  var part = Bytes((0..<4096).map { UInt8(truncatingIfNeeded: $0 / 5 &+ seed) })
  while bytes.count < size {
    withUnsafeBytes(of: bytes.count) { part.replaceSubrange(0..<8, with: $0) }
    bytes += part
  }
  bytes.removeLast(bytes.count - size)
  return bytes
}
