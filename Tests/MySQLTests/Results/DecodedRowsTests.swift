import MySQLWire
import Synchronization
import Testing

@testable import MySQL

/// Rows that are decoded as they arrive.
@Suite(.busy) struct DecodedRowsTests {
  private let columns = [Column.int("id"), .text("name")]

  /// Returns the rows of three blocks, one of which is empty.
  private func rows(_ format: Format, broken: Int? = nil) throws -> MySQLRows {
    let values = (0..<5).map { [$0 == broken ? Value.null : .integer(Int64($0)), .text("row \($0)")] }
    let blocks = [
      try makeBlock(format, columns, Array(values[..<2])), try makeBlock(format, columns, [], firstRow: 2),
      try makeBlock(format, columns, Array(values[2...]), firstRow: 2),
    ]
    return MySQLRows(MadeUpParts(blocks), blocks[0].columns)
  }

  /// A response whose blocks are known beforehand.
  private final class MadeUpParts: PartSource {
    private let blocks: Synchronization.Mutex<[Block?]>
    var result: MySQLResult? { nil }

    // A nil comes before each block, so that the consumer has to wait for it.
    init(_ blocks: [Block]) {
      self.blocks = Synchronization.Mutex(blocks.reversed().flatMap { [$0, nil] })
    }

    func arrived() throws(MySQLError) -> Response.Arrival {
      blocks.withLock { blocks in
        guard let next = blocks.popLast() else { return .end }
        return next.map { .part(.rows($0.rows)) } ?? .nothingYet
      }
    }

    func arrival() async throws(MySQLError) {}
  }

  @Test(arguments: formats) func tuplesComeInTheOrderOfTheRows(format: Format) async throws {
    var seen: [String] = []
    for try await (id, name) in try rows(format).decode((Int, String).self) { seen.append("\(id) \(name)") }
    #expect(seen == (0..<5).map { "\($0) row \($0)" })
  }

  @Test(arguments: formats) func modelsComeInTheOrderOfTheRows(format: Format) async throws {
    struct User: Decodable {
      var name: String
      var id: Int
    }
    var seen: [String] = []
    for try await user in try rows(format).decode(User.self) { seen.append("\(user.id) \(user.name)") }
    #expect(seen == (0..<5).map { "\($0) row \($0)" })
  }

  @Test func aTypeMayAskForOtherColumnsAtEveryRow() async throws {
    struct Fickle: Decodable {
      enum Keys: String, CodingKey { case id, name, none }
      var text: String
      init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: Keys.self)
        let id = try row.decode(Int.self, forKey: .id)
        if id % 2 == 0 {
          text = try row.decode(String.self, forKey: .name)
        } else {
          text = "\(row.contains(.none))"
        }
      }
    }
    var seen: [String] = []
    for try await fickle in try rows(.text).decode(Fickle.self) { seen.append(fickle.text) }
    #expect(seen == ["row 0", "false", "row 2", "false", "row 4"])
  }

  @Test @MainActor func rowsAreReadOnTheActorThatAsksForThem() async throws {
    final class Log { var ids: [Int] = [] }
    let log = Log()
    for try await (id, _) in try rows(.text).decode((Int, String).self) { log.ids.append(id) }
    #expect(log.ids == [0, 1, 2, 3, 4])
  }

  @Test func aRowThatDoesNotDecodeThrowsWithItsNumberAndTheNextFollows() async throws {
    var tuples = try rows(.binary, broken: 3).decode((Int, String).self).makeAsyncIterator()
    for _ in 0..<3 { _ = try await tuples.next() }
    do {
      Issue.record("a row: \(String(describing: try await tuples.next()))")
    } catch {
      #expect("\(error)" == "column 'id' (index 0, INT, row 3) is NULL: decode it as Optional<Int>")
    }
    #expect(try await tuples.next()?.0 == 4)
    #expect(try await tuples.next() == nil)
    #expect(try await tuples.next() == nil)
  }

  @Test func aTypeThatNeedsAnotherNumberOfColumnsThrowsAtTheFirstRow() async throws {
    var ids = try rows(.text).decode(Int.self).makeAsyncIterator()
    do {
      Issue.record("a row: \(String(describing: try await ids.next()))")
    } catch {
      #expect("\(error)" == "cannot decode a row as Int: it has 2 columns (id, name)")
    }
  }
}
