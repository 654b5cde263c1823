#if canImport(Glibc)
  import MySQLWire
  import Testing

  /// How much memory a server can make this client take: at most four times what it sends, plus 64 KiB,
  /// whatever it announces.
  ///
  /// The tests measure by how much a process of its own outgrows its size before the first byte. They use glibc's
  /// high-water marks: that of the heap, which includes what is freed on the way and what malloc itself adds, and that
  /// of the blocks of 128 KiB and more, which are mapped one by one. Gaps of 1,000 bytes and more in the heap are
  /// filled beforehand, the bytes are made as they are fed, and events are released as soon as they are read.
  @Suite(.busy, .notUnder(.address, .thread)) struct HeapGrowthTests {
    @Test func announcedLengthsTakeNothing() async {
      await #expect(processExitsWith: .success) {
        let lie: Bytes = [0xFE, 255, 255, 255, 255, 255, 255, 255, 255]
        for count in [lie, lengthEncoded(1 << 32), lengthEncoded(65_535)] {
          try expectLittleGrowth([packets(count)]) { try $0.send(.query("SELECT")) }
        }
        for row in [lie, [0] + lie, [0, 0] + lie, [0xFD, 255, 255, 255]] {
          let bytes = packets(head(.withOK, ["a"]) + [row])
          try expectLittleGrowth([bytes]) { try $0.send(.query("SELECT")) }
          try expectLittleGrowth([bytes]) { try $0.send(.execute(1)) }
        }
        for start in [[0], [0, 0], [0, 0, 0, 0, 0, 0, 0]] as [Bytes] {
          try expectLittleGrowth([packets(start + lie)]) { try $0.send(.ping) }
        }
        try expectLittleGrowth([packets(prepareOK(1, columns: .max, parameters: .max))]) {
          try $0.send(.prepare("SELECT"))
        }
      }
    }

    @Test func announcedPacketsTakeNothing() async {
      await #expect(processExitsWith: .success) {
        let start = packets(head(.withOK, ["a"])) + [0xFF, 0xFF, 0xFF, 3]
        try expectLittleGrowth([start + [0x41]]) { try $0.send(.query("SELECT")) }
        // Some of it arrives.
        let some = repeatElement(Bytes(repeating: 0x41, count: 1000), count: 1000)
        try expectLittleGrowth(chain([start], some)) { try $0.send(.query("SELECT")) }
      }
    }

    @Test func manyRowsTakeNoMoreThanTheyAre() async {
      await #expect(processExitsWith: .success) {
        let start = packets(head(.withOK, ["a", "b"]))
        let rows = (4..<100_004).lazy.map { packet(UInt8(truncatingIfNeeded: $0), textRow("\($0)", nil)) }
        let read = try expectLittleGrowth(chain([start], rows)) { try $0.send(.query("SELECT")) }
        #expect(read == 100_000)
      }
    }

    @Test func rowsOfManyNullsTakeNoMoreThanTheyAre() async {
      await #expect(processExitsWith: .success) {
        let start = packet(1, lengthEncoded(4096))
        let columns = (2..<4098).lazy.map { packet(UInt8(truncatingIfNeeded: $0), definition("c\($0)")) }
        let text = Bytes(repeating: 0xFB, count: 4096)
        let binary = [0] + Bytes(repeating: 0xFF, count: 513)
        for (command, row) in [(Command.query("SELECT"), text), (.execute(1), binary)] {
          let rows = (4098..<4598).lazy.map { packet(UInt8(truncatingIfNeeded: $0), row) }
          let read = try expectLittleGrowth(chain(chain([start], columns), rows)) { try $0.send(command) }
          #expect(read == 500)
        }
      }
    }

    @Test func largeRowsTakeNoMoreThanFourTimesThemselves() async {
      await #expect(processExitsWith: .success) {
        let start = packets(head(.withOK, ["a"]))
        let million = repeatElement(Bytes(repeating: 0x41, count: 1000), count: 1000)
        let row: Bytes = [0x04, 0x12, 0x7A, 3, 0xFD, 0x00, 0x12, 0x7A]
        let one = try expectLittleGrowth(chain([start + row], (0..<8).lazy.flatMap { _ in million })) {
          try $0.send(.query("SELECT"))
        }
        // Twenty million bytes come in two packets, of which the first holds 16 MiB - 1 with the length.
        let first: Bytes = [0xFF, 0xFF, 0xFF, 3, 0xFE, 0x00, 0x2D, 0x31, 0x01, 0, 0, 0, 0]
        let filling = chain(
          (0..<16).lazy.flatMap { _ in million }, [Bytes(repeating: 0x41, count: 0xFF_FFFF - 9 - 16_000_000)])
        let second: Bytes = [0x0A, 0x2D, 0x31, 4]
        let rest = chain((0..<3).lazy.flatMap { _ in million }, [Bytes(repeating: 0x41, count: 222_794)])
        let other = try expectLittleGrowth(chain(chain([start + first], filling), chain([second], rest))) {
          try $0.send(.query("SELECT"))
        }
        #expect(one == 1 && other == 1)
      }
    }

    /// A cell is joined from its pieces, which are released on the way. This also holds when malloc takes
    /// such blocks from the heap, as it does once it has seen a few.
    @Test func largeRowsAreHeldOnce() async {
      await #expect(processExitsWith: .success) {
        let dialogue = try Dialogue.loggedIn()
        let size = 48 << 20
        let cell = Bytes([0xFE]) + (0..<8).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) }
        let piece = Bytes(repeating: 0x41, count: 1 << 16)
        let before = try Memory.residentMark()
        for _ in 0..<3 {
          try dialogue.exchange(.query("SELECT"), head(.withOK, ["a"]))
          var rest = cell.count + size
          for sequence in 3... as PartialRangeFrom<UInt8> {
            let length = min(rest, 0xFF_FFFF)
            dialogue.session.receive(
              ([0, 8, 16].map { UInt8(truncatingIfNeeded: length >> $0) } + [sequence]).span.bytes)
            var missing = length
            if sequence == 3 {
              dialogue.session.receive(cell.span.bytes)
              missing -= cell.count
            }
            while missing > 0 {
              let part = min(missing, piece.count)
              dialogue.session.receive(piece.span.bytes.extracting(0..<part))
              missing -= part
              if missing > 0 { _ = try dialogue.session.next() }
            }
            rest -= length
            if length < 0xFF_FFFF { break }
          }
          guard case .rows(let block) = try dialogue.session.next().joined() else {
            throw Violation.truncated
          }
          #expect(block.size == cell.count + size)
          try dialogue.hear(packet(7, end(.withOK)))
        }
        let growth = try Memory.residentMark() - before
        #expect(growth < size + (16 << 20), "\(growth) bytes for \(size) bytes")
      }
    }
  }
#endif
