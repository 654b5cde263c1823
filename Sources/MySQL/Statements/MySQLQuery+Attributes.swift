import MySQLWire

extension MySQLQuery {
  /// Names and values that are sent along with a statement, for the server's tracing and auditing rather than
  /// for the statement: `["traceparent": trace]`. MySQL supports them from 8.0.23; a statement reads them with
  /// `mysql_query_attribute_string('traceparent')` if the component for that is installed. Servers without
  /// them, such as MariaDB in all versions, are not sent any.
  public struct Attributes: Sendable {
    /// Nil if there are none, as with most statements.
    private var list: Contents?

    private final class Contents: Sendable {
      let list: Result<ParameterList, MySQLError>
      init(_ list: Result<ParameterList, MySQLError>) { self.list = list }
    }

    /// Makes attributes.
    ///
    /// - Throws: A `MySQLError` of the kind `encoding` if a value cannot be sent.
    public init(_ pairs: some Sequence<(key: String, value: any MySQLEncodable)>) throws(MySQLError) {
      list = Contents(.success(try Self.encoded(pairs)))
    }

    /// Makes no attributes.
    init() {}

    private static func encoded(
      _ pairs: some Sequence<(key: String, value: any MySQLEncodable)>
    ) throws(MySQLError) -> ParameterList {
      var list = ParameterList()
      for (name, value) in pairs {
        var writer = MySQLParameterWriter()
        try writer.append(value)
        list.append(contentsOf: writer.list, name: Array(name.utf8))
      }
      return list
    }

    var isEmpty: Bool { list == nil }

    /// Nil if there are none.
    var checkedList: ParameterList? {
      get throws(MySQLError) { try list?.list.get() }
    }
  }
}

extension MySQLQuery.Attributes: ExpressibleByDictionaryLiteral {
  /// Takes names and values. If one cannot be sent, the statement fails when it is run.
  public init(dictionaryLiteral elements: (String, any MySQLEncodable)...) {
    if elements.isEmpty { return }
    do throws(MySQLError) {
      list = Contents(.success(try Self.encoded(elements.lazy.map { (key: $0.0, value: $0.1) })))
    } catch {
      list = Contents(.failure(error))
    }
  }
}
