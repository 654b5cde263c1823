import MySQLWire

/// A place in the servers' history: the writes that it contains, by their global transaction identifiers (GTIDs).
///
/// `MySQLClient.position` contains what the client has written. It travels as text, in a cookie or a message, so that
/// another process can read what this one wrote: see `MySQLClient.read(after:_:)`.
///
/// ```swift
/// let token = db.position.description             // in the process that wrote
/// let position = MySQLPosition(token)              // in the one that reads
/// ```
///
/// Positions of MySQL are sets such as `3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5`, those of MariaDB lists such as `0-1-100`.
public struct MySQLPosition: Sendable, Hashable {
  /// Of each of MariaDB's replication domains, the last transaction: its server, and its number.
  private var domains: [UInt32: Transaction] = [:]
  /// Of each of MySQL's sources, the numbers of transactions.
  private var sources: [String: IntervalSet] = [:]

  private struct Transaction: Sendable, Hashable {
    var server: UInt32
    var number: UInt64
  }

  /// Makes the beginning of history, which every server has passed.
  public init() {}

  /// Whether nothing has to be waited for.
  public var isEmpty: Bool { domains.isEmpty && sources.isEmpty }

  /// Whether it is a position of MariaDB servers.
  var isOfMariaDB: Bool { !domains.isEmpty }

  /// Adds what another position contains.
  public mutating func formUnion(_ other: MySQLPosition) {
    for (domain, transaction) in other.domains { add(transaction, to: domain) }
    for (source, numbers) in other.sources {
      for interval in numbers.intervals { sources[source, default: IntervalSet()].insert(interval) }
    }
  }

  /// Whether it contains all that another position does.
  public func contains(_ other: MySQLPosition) -> Bool {
    other.domains.allSatisfy { domain, transaction in
      domains[domain].map { $0.number >= transaction.number } ?? false
    }
      && other.sources.allSatisfy { source, numbers in sources[source]?.contains(numbers) ?? false }
  }

  private mutating func add(_ transaction: Transaction, to domain: UInt32) {
    if let known = domains[domain], known.number >= transaction.number { return }
    domains[domain] = transaction
  }
}

extension MySQLPosition: LosslessStringConvertible {
  /// Reads what servers write and what `description` returns: GTIDs with commas between.
  ///
  /// - Returns: Nil if it is anything else, or mixes those of MySQL and MariaDB.
  public init?(_ text: String) {
    self.init()
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let gtid = part.trimmed
      if gtid.isEmpty, text.utf8.allSatisfy({ $0 <= 0x20 }) { return }
      guard gtid.contains(":") ? add(mysql: gtid) : add(mariaDB: gtid) else { return nil }
    }
    if !domains.isEmpty, !sources.isEmpty { return nil }
  }

  private mutating func add(mariaDB text: Substring) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy(\.isNumber), let domain = UInt32(parts[0]),
      let server = UInt32(parts[1]), let number = UInt64(parts[2])
    else { return false }
    add(Transaction(server: server, number: number), to: domain)
    return true
  }

  /// Adds `UUID:1-5:7`, with tags between the numbers from MySQL 8.3 on.
  private mutating func add(mysql text: Substring) -> Bool {
    var parts = text.split(separator: ":", omittingEmptySubsequences: false).map(\.trimmed)[...]
    guard let uuid = parts.popFirst(), uuid.isUUID else { return false }
    var source = uuid.lowercased()
    var hasNumbers = false
    for part in parts {
      if part.isTag {
        source = "\(uuid.lowercased()):\(part.lowercased())"
      } else {
        guard let interval = IntervalSet.Interval(part) else { return false }
        sources[source, default: IntervalSet()].insert(interval)
        hasNumbers = true
      }
    }
    return hasNumbers
  }

  /// As servers read it; empty at the beginning of history.
  public var description: String {
    let ofMariaDB = domains.sorted { $0.key < $1.key }.map {
      "\($0.key)-\($0.value.server)-\($0.value.number)"
    }
    let ofMySQL = sources.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value.text)" }
    return (ofMariaDB + ofMySQL).joined(separator: ",")
  }
}

extension MySQLPosition: Codable {
  /// Decodes the text of a position.
  ///
  /// - Throws: A `DecodingError` if it is none.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let position = MySQLPosition(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a list of GTIDs")
    }
    self = position
  }

  /// Encodes the position as text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension Substring {
  /// Without the white space around it.
  fileprivate var trimmed: Substring {
    var text = self
    while let first = text.utf8.first, first <= 0x20 { text.removeFirst() }
    while let last = text.utf8.last, last <= 0x20 { text.removeLast() }
    return text
  }

  fileprivate var isNumber: Bool { !isEmpty && utf8.allSatisfy(\.isASCIIDigit) }

  fileprivate var isUUID: Bool {
    utf8.count == 36
      && utf8.enumerated().allSatisfy { index, byte in
        [8, 13, 18, 23].contains(index) ? byte == UInt8(ascii: "-") : byte.hexDigitValue != nil
      }
  }

  /// Whether it is a tag of MySQL: a letter or underscore, and then digits too.
  fileprivate var isTag: Bool {
    guard let first = utf8.first, !first.isASCIIDigit else { return false }
    return utf8.allSatisfy { $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "_") }
  }
}
