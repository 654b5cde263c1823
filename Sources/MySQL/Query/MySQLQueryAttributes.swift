import MySQLWire

/// Names and values that go along with a statement, for the server's tracing and auditing rather than for the
/// statement: `["traceparent": trace]`. MySQL has them from 8.0.23, and a statement reads them with
/// `mysql_query_attribute_string('traceparent')` where the component for that is installed. Servers without
/// them, as all of MariaDB, are not told.
public struct MySQLQueryAttributes: Sendable {
  private var list = ParameterList()
  private var failure: MySQLError?

  /// Makes attributes.
  ///
  /// - Throws: A `MySQLError` of the kind `encoding` if a value cannot be sent.
  public init(_ pairs: some Sequence<(key: String, value: any MySQLEncodable)>) throws(MySQLError) {
    for (name, value) in pairs { try append(name, value) }
  }

  private mutating func append(_ name: String, _ value: any MySQLEncodable) throws(MySQLError) {
    var writer = MySQLParameterWriter()
    try writer.append(value)
    list.append(contentsOf: writer.list, name: Array(name.utf8))
  }

  var checkedList: ParameterList {
    get throws(MySQLError) {
      if let failure { throw failure }
      return list
    }
  }
}

extension MySQLQueryAttributes: ExpressibleByDictionaryLiteral {
  /// Takes names and values. One that cannot be sent makes the statement fail when it is run.
  public init(dictionaryLiteral elements: (String, any MySQLEncodable)...) {
    do throws(MySQLError) {
      for (name, value) in elements { try append(name, value) }
    } catch {
      failure = error
    }
  }
}
