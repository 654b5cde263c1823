import MySQLWire

extension PacketDescriber {
  /// A command that is owed an answer, and how much of the answer has arrived.
  struct Request {
    var code: UInt8
    var statement: UInt32?
    var sql: String?
    /// Whether the statement or a column of its result has to do with passwords.
    var isSecret = false
    var format = Format.text
    var stage = Stage.first
    var definitions: [ColumnDefinition] = []
    var columns = ResultColumns([], format: .text)
    var prepared: PrepareOK?
    /// The status of the EOF after the definitions, which may announce further results.
    var definitionsStatus: StatusFlags = []

    enum Stage {
      case first
      /// The number of definitions still to come. An EOF may follow them.
      case parameters(Int)
      case columns(Int)
      case rows
      /// The client sends a file.
      case file
      /// The client answers an authentication request of COM_CHANGE_USER.
      case authentication
    }
  }
}
