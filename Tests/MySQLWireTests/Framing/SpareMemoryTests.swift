import Testing

@testable import MySQLWire

@Suite struct SpareMemoryTests {
  private let spare = SpareMemory()

  private func memory(_ size: Int) -> [UInt8] { [UInt8](repeating: 7, count: size) }
  /// Offers memory that nobody else has, and returns where it is.
  private func offer(_ size: Int) -> Int {
    let bytes = memory(size)
    spare.offer(bytes)
    return address(bytes)
  }
  private func address(_ bytes: [UInt8]) -> Int {
    bytes.withUnsafeBytes { Int(bitPattern: $0.baseAddress) }
  }

  @Test func acceptsNothingBeforeALargeRow() {
    spare.offer(memory(1000))
    #expect(spare.take(1000) == nil)
  }

  @Test func givesTheSameMemoryOnce() {
    #expect(spare.begin())
    let place = offer(10_000)
    var taken = spare.take(10_000) ?? []
    #expect(taken.isEmpty)
    taken.append(1)
    #expect(address(taken) == place)
    #expect(spare.take(10_000) == nil)
  }

  @Test(arguments: [(5000, true), (4000, false), (20_000, false)])
  func fitsRowsOfItsSize(_ size: Int, _ fits: Bool) {
    #expect(spare.begin())
    spare.offer(memory(9990))
    #expect((spare.take(size) != nil) == fits)
    #expect((spare.take(9990) != nil) == !fits)
  }

  @Test func keepsTheLarger() {
    #expect(spare.begin())
    for size in [10_000, 30_000, 20_000] { spare.offer(memory(size)) }
    #expect(spare.take(30_000) != nil)
    #expect(spare.take(1) == nil)
  }

  @Test func doesNotChangeACopy() {
    #expect(spare.begin())
    let bytes = memory(10_000)
    spare.offer(bytes)
    var taken = spare.take(10_000)
    taken?.append(contentsOf: [1, 2, 3])
    #expect(bytes == memory(10_000))
    #expect(taken == [1, 2, 3])
  }

  @Test func isReleasedOnceItIsNotUsed() {
    #expect(spare.begin())
    #expect(!spare.begin())
    #expect(spare.age())
    spare.offer(memory(10_000))
    #expect(spare.age())
    #expect(spare.take(10_000) != nil)
    spare.offer(memory(10_000))
    #expect(spare.age())
    #expect(!spare.age())
    #expect(spare.take(10_000) == nil)
    spare.offer(memory(10_000))
    #expect(spare.take(10_000) == nil)
    #expect(spare.begin())
    spare.offer(memory(10_000))
    #expect(spare.take(10_000) != nil)
  }

  /// What a row shows is its own, wherever its memory comes from, and a row that is held keeps its memory.
  @Test func aRowTakesTheMemoryOfTheOneBefore() throws {
    let dialogue = try Dialogue.loggedIn()
    var held: RowBlock?
    for (number, (size, hasRoom)) in [(8 << 20, true), (6 << 20, true), (5 << 20, false)].enumerated() {
      let cell = lengthEncoded(Bytes(repeating: UInt8(0x61 + number), count: size))
      let row = try read(cell, dialogue)
      #expect(row.bytes == cell)
      // Room for more than its bytes is another row's.
      #expect((row.bytes.capacity >= 8 << 20) == hasRoom, "\(row.bytes.capacity)")
      if number == 1 { held = row }
    }
    #expect(held?.bytes == lengthEncoded(Bytes(repeating: 0x62, count: 6 << 20)))
  }

  /// Reads a row, and lets the session keep its memory.
  private func read(_ cell: Bytes, _ dialogue: Dialogue) throws -> RowBlock {
    try dialogue.exchange(.query("SELECT"), head(.withOK, ["a"]))
    let bytes = packet(3, cell) + packet(3 &+ UInt8(cell.count / 0xFF_FFFF) &+ 1, end(.withOK))
    var found: RowBlock?
    var position = 0
    while position < bytes.count {
      let end = min(position + 1 << 20, bytes.count)
      dialogue.session.receive(bytes.span.bytes.extracting(position..<end))
      position = end
      reading: while true {
        let event = try dialogue.session.next()
        if case .needsInput = event { break reading }
        if case .largeRow(let row) = event { _ = row.spare.begin() }
        if case .rows(let block) = try event.joined() { found = block }
      }
    }
    return try #require(found)
  }
}
