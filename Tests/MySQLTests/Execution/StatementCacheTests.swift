import MySQLTesting
import MySQLWire
import Testing

@testable import MySQL

@Suite(.busy) struct StatementCacheTests {
  private func statement(_ id: UInt32) -> StatementCache.Statement {
    StatementCache.Statement(id: id, parameters: 0, columns: ResultColumns([], format: .binary))
  }

  private func cache(_ capacity: Int, _ texts: [String]) -> StatementCache {
    var cache = StatementCache(capacity: capacity)
    for (index, sql) in texts.enumerated() {
      cache.insert(statement(UInt32(index + 1)), for: StatementCache.Key(sql))
    }
    return cache
  }

  @Test func whatWasUsedLeastRecentlyGoesFirst() {
    var cache = cache(2, ["a", "b"])
    #expect(cache.find("a")?.id == 1)
    cache.insert(statement(3), for: "c")
    #expect(cache.find("b") == nil && cache.find("a")?.id == 1 && cache.find("c")?.id == 3)
    #expect(cache.takeClosing() == [2])
    #expect(cache.takeClosing() == [])
  }

  /// A server can give each statement any number of columns.
  @Test func theColumnsOfAllStatementsShareALimit() {
    func columns(_ size: Int) -> ResultColumns {
      // Half of it, because a name is held twice: as the statement's own and as the table's.
      let name = String(repeating: "x", count: size / 2)
      return ResultColumns(
        [
          ColumnDefinition(
            name: name, collation: .utf8mb4, length: 1, type: .varString, flags: [], decimals: 0)
        ], format: .binary)
    }
    let limit = StatementCache.columnsLimit
    var cache = cache(8, ["a", "b"])
    cache.update(columns(limit / 2), of: "a")
    cache.insert(StatementCache.Statement(id: 3, parameters: 0, columns: columns(limit / 4)), for: "c")
    #expect(cache.takeClosing() == [])
    // The oldest statements are closed until there is room.
    cache.insert(StatementCache.Statement(id: 4, parameters: 0, columns: columns(limit / 2)), for: "d")
    #expect(cache.takeClosing() == [1])
    // A statement in use stays, however large it is.
    cache.pin("e")
    cache.insert(StatementCache.Statement(id: 5, parameters: 0, columns: columns(2 * limit)), for: "e")
    #expect(cache.takeClosing() == [2, 3, 4])
    #expect(cache.find("e")?.id == 5)
    cache.unpin("e")
    #expect(cache.takeClosing() == [5])
    for id in 6..<10 { cache.insert(statement(UInt32(id)), for: StatementCache.Key("\(id)")) }
    #expect(cache.count == 4 && cache.takeClosing() == [])
  }

  @Test func withoutRoomEveryStatementIsClosed() {
    var cache = cache(0, ["a", "b"])
    #expect(cache.count == 0)
    #expect(cache.takeClosing() == [1, 2])
  }

  @Test func whatIsPinnedStaysUntilItIsUnpinnedAsOften() {
    var cache = StatementCache(capacity: 0)
    cache.pin("a")
    cache.pin("a")
    cache.insert(statement(1), for: "a")
    cache.insert(statement(2), for: "b")
    #expect(cache.takeClosing() == [2])
    cache.unpin("a")
    #expect(cache.find("a")?.id == 1)
    cache.unpin("a")
    #expect(cache.find("a") == nil)
    #expect(cache.takeClosing() == [1])
  }

  @Test func aStatementPreparedAgainReplacesTheOld() {
    var cache = cache(8, ["a", "a"])
    #expect(cache.count == 1 && cache.find("a")?.id == 2)
    #expect(cache.takeClosing() == [1])
  }

  @Test func whatTheServerForgotIsNotClosed() {
    var cache = cache(1, ["a", "b"])
    cache.forgetAll()
    #expect(cache.count == 0 && cache.find("b") == nil)
    #expect(cache.takeClosing() == [])
  }

  @Test func removingAllStatementsClosesThem() {
    var cache = cache(8, ["a", "b"])
    cache.removeAll()
    #expect(cache.count == 0)
    #expect(Set(cache.takeClosing()) == [1, 2])
  }

  @Test func equivalentTextsOfOtherBytesAreTwoStatements() {
    var cache = cache(8, ["SELECT 'é'", "SELECT 'e\u{301}'"])
    #expect(cache.count == 2)
    #expect(cache.find("SELECT 'é'")?.id == 1 && cache.find("SELECT 'e\u{301}'")?.id == 2)
  }

  @Test func aStatementWithACursorIsCachedSeparately() {
    var cache = cache(8, ["a"])
    let key = StatementCache.Key("a", usesCursor: true)
    #expect(cache.find(key) == nil)
    cache.insert(statement(2), for: key)
    #expect(cache.find("a")?.id == 1 && cache.find(key)?.id == 2)
  }

  @Test(arguments: 0..<8) func behavesLikeAPlainList(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let capacity = Int.random(in: 0...5, using: &random)
    var cache = StatementCache(capacity: capacity)
    // Newest last.
    var model: [(sql: String, id: UInt32)] = []
    var closed: [UInt32] = []
    for id in 1...UInt32(2000) {
      let sql = "\(Int.random(in: 0..<8, using: &random))"
      let place = model.firstIndex { $0.sql == sql }
      switch Int.random(in: 0..<10, using: &random) {
      case 0:
        cache.remove(StatementCache.Key(sql))
        if let place { closed.append(model.remove(at: place).id) }
      case 1...4:
        #expect(cache.find(StatementCache.Key(sql))?.id == place.map { model[$0].id })
        if let place { model.append(model.remove(at: place)) }
      default:
        cache.insert(statement(id), for: StatementCache.Key(sql))
        if let place { closed.append(model.remove(at: place).id) }
        model.append((sql, id))
        while model.count > capacity { closed.append(model.removeFirst().id) }
      }
      #expect(cache.count == model.count)
      #expect(cache.takeClosing() == closed)
      closed = []
    }
  }
}

extension StatementCache.Key: ExpressibleByStringLiteral {
  init(stringLiteral sql: String) { self.init(sql) }
}
