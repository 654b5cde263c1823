import Foundation
import MySQLWire

/// The prepared statements of one connection, the one used least recently first to go: a pure machine. What
/// goes is closed at the server with the next command.
///
/// All of it happens behind the connection's gate, so no statement goes while it is executed.
struct StatementCache {
  /// A statement as the server has it.
  struct Statement {
    let id: UInt32
    let parameters: Int
    /// The columns as the server last defined them, for servers that then leave the definitions out.
    var columns: ResultColumns
    /// Whether executing it surely leaves nothing in the session.
    var leavesNoTrace = false
  }

  let capacity: Int
  /// How much memory the columns of all statements may take. A server can give each statement thousands.
  static var columnsLimit: Int { 8 << 20 }
  private var columnsSize = 0
  private var places: [Key: Int] = [:]
  private var entries: [Entry] = []
  private var vacant: [Int] = []
  // Places of the list's ends; an entry knows its neighbours.
  private var newest: Int?
  private var oldest: Int?
  /// How many users rely on a statement to stay.
  private var pins: [Key: Int] = [:]
  private var closing: [UInt32] = []

  private struct Entry {
    var key: Key
    var statement: Statement
    var newer: Int?
    var older: Int?
  }

  /// The very bytes of a text. Strings that only mean the same, as one with an accent that is a scalar of its
  /// own, are equal in Swift and not to the server.
  struct Key: Hashable {
    let sql: String
    /// MySQL (9.7.4) answers without any rows when a statement that was executed with a cursor is executed
    /// without one, so the two are prepared apart.
    let usesCursor: Bool

    init(_ sql: String, usesCursor: Bool = false) {
      self.sql = sql
      self.usesCursor = usesCursor
    }

    static func == (left: Self, right: Self) -> Bool {
      guard left.usesCursor == right.usesCursor else { return false }
      var (left, right) = (left.sql, right.sql)
      return left.withUTF8 { left in
        right.withUTF8 { right in
          guard left.count == right.count else { return false }
          guard let left = left.baseAddress, let start = right.baseAddress else { return true }
          return memcmp(left, start, right.count) == 0
        }
      }
    }

    func hash(into hasher: inout Hasher) {
      var sql = sql
      sql.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
  }

  /// - Parameter capacity: How many statements are kept; none are if it is 0, but for those that are pinned.
  init(capacity: Int) { self.capacity = capacity }

  var count: Int { places.count }

  /// The statement of a text, which is now the one used last.
  mutating func find(_ key: Key) -> Statement? {
    // In a loop it is always the same.
    if let newest, entries[newest].key == key { return entries[newest].statement }
    guard let place = places[key] else { return nil }
    unlink(place)
    link(place)
    return entries[place].statement
  }

  /// Keeps a statement that was prepared, and gives up others for it if there is no room.
  mutating func insert(_ statement: Statement, for key: Key) {
    remove(key)
    let entry = Entry(key: key, statement: statement)
    let place: Int
    if let free = vacant.popLast() {
      place = free
      entries[place] = entry
    } else {
      place = entries.count
      entries.append(entry)
    }
    places[key] = place
    columnsSize += statement.columns.size
    link(place)
    evict()
  }

  /// Notes the columns that the server has defined again.
  mutating func update(_ columns: ResultColumns, of key: Key) {
    guard let place = places[key] else { return }
    columnsSize += columns.size - entries[place].statement.columns.size
    entries[place].statement.columns = columns
  }

  /// Gives up the statement of a text, if there is one.
  mutating func remove(_ key: Key) {
    if let place = places[key] { remove(place) }
  }

  /// Keeps the text's statement, whether there is one yet or not, until it is unpinned as often.
  mutating func pin(_ key: Key) { pins[key, default: 0] += 1 }

  mutating func unpin(_ key: Key) {
    guard let count = pins[key] else { return }
    pins[key] = count > 1 ? count - 1 : nil
    evict()
  }

  /// Gives up all statements: what the server would make of their texts now is something else.
  mutating func removeAll() {
    let open = closing + places.values.map { entries[$0].statement.id }
    forgetAll()
    closing = open
  }

  /// The server has forgotten all of them.
  mutating func forgetAll() {
    places = [:]
    entries = []
    vacant = []
    columnsSize = 0
    newest = nil
    oldest = nil
    closing = []
  }

  /// Has a statement closed that never came into the cache.
  mutating func close(_ statement: UInt32) { closing.append(statement) }

  /// The ids of the statements to close, which are then the caller's.
  mutating func takeClosing() -> [UInt32] {
    if closing.isEmpty { return [] }
    defer { closing = [] }
    return closing
  }

  private mutating func evict() {
    var candidate = oldest
    while places.count > capacity || columnsSize > Self.columnsLimit, let place = candidate {
      candidate = entries[place].newer
      if pins[entries[place].key] == nil { remove(place) }
    }
  }

  private mutating func remove(_ place: Int) {
    closing.append(entries[place].statement.id)
    columnsSize -= entries[place].statement.columns.size
    entries[place].statement.columns = ResultColumns([], format: .binary)
    places[entries[place].key] = nil
    unlink(place)
    vacant.append(place)
  }

  private mutating func link(_ place: Int) {
    entries[place].newer = nil
    entries[place].older = newest
    if let newest { entries[newest].newer = place }
    newest = place
    if oldest == nil { oldest = place }
  }

  private mutating func unlink(_ place: Int) {
    let (newer, older) = (entries[place].newer, entries[place].older)
    if let newer { entries[newer].older = older } else { newest = older }
    if let older { entries[older].newer = newer } else { oldest = newer }
  }
}
