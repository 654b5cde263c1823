/// What a value encodes itself as: the names and values of columns, in the order of encoding.
final class EncodedRow {
  let type: Any.Type
  /// The names of the columns, as the type calls them.
  private(set) var keys: [String] = []
  /// One for each key.
  private(set) var values: [any MySQLEncodable] = []
  /// The columns that are filled in after they were begun: their indices, and the nodes that receive their
  /// content.
  private var unfinished: [(index: Int, node: EncodedNode)] = []
  private var isShapeless = false

  init(_ type: Any.Type) { self.type = type }

  func append(_ key: some CodingKey, _ value: some MySQLEncodable) {
    keys.append(key.stringValue)
    values.append(value)
  }

  func append(_ key: some CodingKey, encoding value: some Encodable, _ options: MySQLRowEncoder) throws {
    do {
      append(key, try options.value(of: value))
    } catch {
      throw failure(error, at: key.stringValue)
    }
  }

  /// Begins a column whose parts are still to come.
  func begin(_ key: some CodingKey) -> EncodedNode {
    let node = EncodedNode()
    unfinished.append((values.count, node))
    append(key, MySQLValue.null)
    return node
  }

  /// Notes that the type has no keys. What it encodes goes into the returned node, which nothing reads.
  func refuseShape() -> EncodedNode {
    isShapeless = true
    return EncodedNode()
  }

  /// Fills in the columns that were begun, and checks that there is a row.
  func finish(_ options: MySQLRowEncoder) throws(MySQLError) {
    if isShapeless {
      throw failure("a row needs a keyed type, such as a struct")
    }
    guard !keys.isEmpty else { throw failure("it has no values, and so no columns") }
    for (index, node) in unfinished {
      do {
        values[index] = try options.value(of: node, json: node)
      } catch {
        throw failure(error, at: keys[index])
      }
    }
  }

  /// Writes the values at these indices, in this order.
  func write(_ order: [Int], to writer: inout MySQLParameterWriter) throws(MySQLError) {
    for index in order {
      do throws(MySQLError) {
        try writer.append(values[index])
      } catch {
        throw failure(error, at: keys[index])
      }
    }
  }

  func failure(_ reason: String) -> MySQLError { MySQLError(.encoding, "cannot encode \(type): \(reason)") }

  /// Returns the error with the column's name added, as a string literal because a name may contain anything.
  private func failure(_ error: any Error, at key: String) -> MySQLError {
    var known = error as? MySQLError ?? MySQLError(.encoding, describe(error))
    known.message = "cannot encode column \(key.debugDescription) of \(type): \(known.message)"
    return known
  }
}
