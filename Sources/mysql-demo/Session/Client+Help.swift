import MySQL

extension Client {
  /// Shows the client's own help, or what the server says about a topic (`help TOPIC`).
  func help(_ text: [UInt8]) async -> Outcome {
    guard let topic = Self.parameter(of: text), !topic.isEmpty else {
      output.write(text: ClientCommand.helpText)
      return .goesOn
    }
    guard isConnected else { return reportNoConnection() }
    let statement = topic.hasPrefix("'") ? "help \(topic)" : "help '\(topic)'"
    let rows: [MySQLRow]
    do throws(MySQLError) {
      rows = try await connection.query(MySQLQuery(unsafe: statement)).collect()
    } catch {
      return report(Failure(error), statement: Array(statement.utf8))
    }
    if rows.count == 1, rows[0].count == 3 {
      write(topic: rows[0])
    } else if let first = rows.first, first.count > 1 {
      write(list: rows, isCategory: first.count > 2)
    } else {
      note("\nNothing found\nPlease try to run 'help contents' for a list of all accessible topics\n")
    }
    return .goesOn
  }

  private func write(topic: MySQLRow) {
    output.write(text: "Name: '")
    output.write(topic[0].bytes)
    output.write("'\nDescription:\n")
    output.write(topic[1].bytes)
    if !topic[2].bytes.isEmpty {
      output.write("Examples:\n")
      output.write(topic[2].bytes)
    }
    output.write("\n")
  }

  /// Writes names of topics and categories. In the list of a category, its own name is the first column.
  private func write(list rows: [MySQLRow], isCategory: Bool) {
    if isCategory {
      output.write("You asked for help about help category: \"")
      output.write(rows[0][0].bytes)
      output.write("\"\n")
    } else {
      note("Many help items for your request exist.")
    }
    note("For more information, type 'help <item>', where <item> is one of the following")
    var kind: [UInt8]?
    for row in rows {
      let (name, own) = isCategory ? (row[1], row[2].bytes) : (row[0], row[1].bytes)
      if own != kind { note(own.first == UInt8(ascii: "Y") ? "categories:" : "topics:") }
      kind = own
      output.write("   ")
      output.write(name.bytes)
      output.write("\n")
    }
    output.write("\n")
  }

  /// Writes a line that is only for a person at a terminal.
  private func note(_ text: String) {
    if isTerminal { output.write(text: text + "\n") }
  }
}
