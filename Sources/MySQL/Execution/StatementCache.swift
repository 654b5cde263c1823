import MySQLWire

/// The prepared statements of one connection: a pure state machine, which evicts the least recently used statement
/// first. What it evicts is closed at the server with the next command.
///
/// It is only used while the connection's gate is held, so no statement is evicted while it is being executed.
struct StatementCache {
  /// A statement that the server has prepared.
  struct Statement {
    let id: UInt32
    let parameters: Int
    /// The columns as the server last defined them, for servers that later omit the definitions.
    var columns: ResultColumns
    /// Whether executing it certainly leaves nothing in the session.
    var leavesNoTrace = false
  }

  let capacity: Int
  /// How much memory the columns of all statements may take. A server can define thousands for each statement.
  static var columnsLimit: Int { 8 << 20 }
  private var columnsSize = 0
  private var places: [Key: Int] = [:]
  private var entries: [Entry] = []
  private var vacant: [Int] = []
  // The two ends of the list; each entry knows its neighbours.
  private var newest: Int?
  private var oldest: Int?
  /// How many users rely on a statement not being evicted.
  private var pins: [Key: Int] = [:]
  private var closing: [UInt32] = []

  private struct Entry {
    var key: Key
    var statement: Statement
    var newer: Int?
    var older: Int?
  }

  struct Key: Hashable {
    let text: StatementText
    /// Whether the statement is executed with a cursor. When a statement that was executed with a cursor is executed
    /// without one, MySQL (9.7.4) returns no rows, so the two are prepared separately.
    let usesCursor: Bool

    init(_ text: StatementText, usesCursor: Bool = false) {
      self.text = text
      self.usesCursor = usesCursor
    }

    init(_ sql: String, usesCursor: Bool = false) { self.init(StatementText(sql), usesCursor: usesCursor) }

    // Not by the cursor, which few statements use.
    func hash(into hasher: inout Hasher) { hasher.combine(text) }
  }

  /// - Parameter capacity: How many statements are kept. If it is 0, only pinned ones are.
  init(capacity: Int) { self.capacity = capacity }

  var count: Int { places.count }

  /// Returns the statement of a text, and makes it the most recently used one.
  mutating func find(_ key: Key) -> Statement? {
    // In a loop, it is always the same statement.
    if let newest, entries[newest].key == key { return entries[newest].statement }
    guard let place = places[key] else { return nil }
    unlink(place)
    link(place)
    return entries[place].statement
  }

  /// Keeps a statement that was prepared, and evicts others if there is no room.
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

  /// Stores the columns of a statement that the server has defined again.
  mutating func update(_ columns: ResultColumns, of key: Key) {
    guard let place = places[key] else { return }
    columnsSize += columns.size - entries[place].statement.columns.size
    entries[place].statement.columns = columns
  }

  /// Removes the statement of a text, if there is one.
  mutating func remove(_ key: Key) {
    if let place = places[key] { remove(place) }
  }

  /// Keeps the text's statement, whether or not it exists yet, until it has been unpinned as many times.
  mutating func pin(_ key: Key) { pins[key, default: 0] += 1 }

  mutating func unpin(_ key: Key) {
    guard let count = pins[key] else { return }
    pins[key] = count > 1 ? count - 1 : nil
    evict()
  }

  /// Removes all statements: the server would now interpret their texts differently.
  mutating func removeAll() {
    let open = closing + places.values.map { entries[$0].statement.id }
    forgetAll()
    closing = open
  }

  /// Forgets all statements, because the server has.
  mutating func forgetAll() {
    places = [:]
    entries = []
    vacant = []
    columnsSize = 0
    newest = nil
    oldest = nil
    closing = []
  }

  /// Arranges for a statement that never entered the cache to be closed.
  mutating func close(_ statement: UInt32) { closing.append(statement) }

  /// Removes and returns the ids of the statements that the caller has to close.
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
