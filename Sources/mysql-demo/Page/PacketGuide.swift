import MySQLTesting

/// What each kind of packet does, for a reader that sees the protocol for the first time.
enum PacketGuide {
  static let sentences: [(kind: String, sentence: String)] = login + commands + answers + others

  private static let login = [
    (
      "Greeting",
      "The server speaks first: it says which version it is, what it can do, and gives the client a random challenge for the login."
    ),
    ("SSLRequest", "The client asks to continue the conversation encrypted, before it says who it is."),
    (
      "HandshakeResponse",
      "The client says who it is, which features it wants to use, and answers the challenge without sending the password itself."
    ),
    ("AuthSwitchRequest", "The server asks the client to log in by another method, with another challenge."),
    ("AuthNextFactor", "One proof of identity is accepted, and the account requires one more."),
    ("AuthMoreData", "The server sends something that the login method needs, such as its public key."),
    (
      "AuthResponse",
      "The client sends something that the login method needs: an answer, or a request for the key."
    ),
  ]

  private static let commands = [
    ("COM_QUERY", "The client sends a statement as text and asks the server to run it."),
    (
      "COM_STMT_PREPARE",
      "The client sends a statement with question marks for its values. The server keeps it under a number."
    ),
    ("COM_STMT_EXECUTE", "The client runs a prepared statement by its number, and sends the values."),
    (
      "COM_STMT_BULK_EXECUTE",
      "The client runs a prepared statement many times at once, with a row of values for each time."
    ),
    (
      "COM_STMT_SEND_LONG_DATA",
      "The client sends a part of a large value ahead of the execution. The server does not reply."
    ),
    ("COM_STMT_FETCH", "The client asks for the next rows of a result that the server holds."),
    (
      "COM_STMT_RESET",
      "The client drops the values that it sent ahead, and the rest of the statement's result."
    ),
    ("COM_STMT_CLOSE", "The client no longer needs a prepared statement. The server does not reply."),
    ("COM_INIT_DB", "The client changes to another database."),
    ("COM_PING", "The client asks whether the server is still there."),
    ("COM_STATISTICS", "The client asks how the server is doing."),
    ("COM_SET_OPTION", "The client allows, or forbids, several statements in one text."),
    ("COM_CHANGE_USER", "The client logs in again, perhaps as another account, on the same connection."),
    ("COM_RESET_CONNECTION", "The client asks for a session as good as new, without logging in again."),
    ("COM_QUIT", "The client says goodbye. The server closes the connection without a reply."),
    ("COM_FIELD_LIST", "The client asks for the columns of a table."),
    ("COM_CREATE_DB", "The client asks for a database to be created. Servers no longer accept this command."),
    ("COM_DROP_DB", "The client asks for a database to be removed. Servers no longer accept this command."),
    ("COM_REFRESH", "The client asks the server to flush its caches or logs."),
    ("COM_SHUTDOWN", "The client asks the server to stop."),
    ("COM_PROCESS_INFO", "The client asks for the list of connections."),
    ("COM_PROCESS_KILL", "The client asks the server to end another connection."),
    ("COM_DEBUG", "The client asks the server to write its state to its log."),
    ("COM_BINLOG_DUMP", "A replica asks for the changes from a place in the server's log."),
    ("COM_BINLOG_DUMP_GTID", "A replica asks for the changes that it does not have yet."),
    ("COM_REGISTER_REPLICA", "A replica introduces itself."),
  ]

  private static let answers = [
    (
      "OK",
      "The server has done what was asked, or has sent the last row. It says how many rows changed and what state the session is in."
    ),
    (
      "ERR",
      "The server could not do what was asked. The number says which error it is, and the text says why."
    ),
    ("EOF", "The definitions of the columns, or the rows, end here."),
    ("Progress", "The server reports how far a long statement has come."),
    (
      "ColumnCount",
      "A result begins: this says how many columns it has. The description of each column follows."
    ),
    ("ColumnDefinition", "The server describes one column of the result: its name, its table and its type."),
    ("ParameterDefinition", "The server describes one question mark of the prepared statement."),
    ("Row", "One row of the result. Each cell is text after its length."),
    ("BinaryRow", "One row of the result, with each cell in the binary form of its type."),
    (
      "PrepareOK",
      "The server keeps the prepared statement under this number, and says how many values it takes."
    ),
    ("LocalInfileRequest", "The server asks the client to send it a file, for LOAD DATA LOCAL."),
    ("Statistics", "The server says in a line of text how it is doing."),
  ]

  private static let others = [
    ("FileData", "The client sends a part of the file."),
    ("FileEnd", "An empty packet: the file ends here."),
    ("continuation", "The rest of a packet of more than 16 MiB, which does not fit into one."),
    ("TLS", "The conversation is encrypted. Only its two ends can read what is in this record."),
    ("compressed", "One or more packets, compressed. They are not taken apart here."),
    ("gap", "The capture lacks these bytes. What follows cannot be taken apart."),
    ("bytes", "Bytes that could not be taken apart."),
    ("malformed", "A packet that does not follow the protocol as far as it is known here."),
  ]

  /// Returns how a field of this form is written.
  static func words(for form: PacketField.Form) -> String {
    switch form {
    case .integer: "a number, lowest byte first"
    case .lengthEncodedInteger: "a number of 1 to 9 bytes; the first says how many"
    case .flags: "flags: each bit is a yes or a no"
    case .fixedBytes: "a fixed number of bytes"
    case .filler: "unused"
    case .lengthEncodedBytes: "its length, then the bytes"
    case .nullTerminated: "text up to a zero byte"
    case .rest: "everything up to the end of the packet"
    case .bitmap: "one bit for each value; 1 means NULL"
    case .binaryValue: "a value in the binary form of its type"
    case .null: "no value"
    case .several: "several fields together"
    }
  }
}
