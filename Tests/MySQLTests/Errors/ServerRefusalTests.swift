import Testing

@testable import MySQL

/// Which errors say that a server does not do this kind of work now, so that another one may.
@Suite(.busy) struct ServerRefusalTests {
  private func error(_ code: MySQLError.Code, _ message: String) -> MySQLError {
    MySQLError(.server, "", server: MySQLError.Server(code: code, message: message), reach: .answered)
  }

  @Test func someErrorsBlameTheServer() {
    let table: [(MySQLError.Code, String, Bool)] = [
      (
        .optionPreventsStatement,
        "The MySQL server is running with the --super-read-only option so it cannot", true
      ),
      (
        .optionPreventsStatement, "The MariaDB server is running with the --read-only option so it cannot",
        true
      ),
      (
        .optionPreventsStatement,
        "The MySQL server is running with the --secure-file-priv option so it cannot", false
      ),
      (.readOnlyMode, "Running in read-only mode", true),
      (.readOnlyTransaction, "Cannot execute statement in a READ ONLY transaction.", true),
      (.refusedByGroup, "Error on observer while running replication hook 'before_commit'.", true),
      (.unknownCommand, "WSREP has not yet prepared node for application use", true),
      (.unknownCommand, "Unknown command", false), (.lockDeadlock, "Deadlock found", false),
      (.duplicateEntry, "Duplicate entry 'read-only'", false),
    ]
    for (code, message, isBlamed) in table {
      #expect(error(code, message).blamesServer == isBlamed, "\(message)")
    }
    #expect(!MySQLError(.timeout, "read-only").blamesServer)
  }

  @Test func someErrorsCastDoubtOnTheServer() {
    for kind in [
      MySQLError.Kind.connectionLost, .connectionRefused, .timeout, .protocolViolation, .commitUnknown,
    ] {
      #expect(MySQLError(kind, "").castsDoubtOnServer)
    }
    for kind in [MySQLError.Kind.connectionClosed, .cancelled, .misuse, .encoding, .decoding, .localInfile] {
      #expect(!MySQLError(kind, "").castsDoubtOnServer)
    }
    #expect(error(.serverShutdown, "").castsDoubtOnServer)
    #expect(!error(.duplicateEntry, "").castsDoubtOnServer)
  }

  /// A single server would only refuse again.
  @Test func onlyAnotherServerMakesARepetitionUseful() {
    var refused = error(.readOnlyMode, "Running in read-only mode")
    #expect(refused.retry == .never)
    refused.isServersState = true
    #expect(refused.retry == .statement)
    refused.extent = .transaction
    #expect(refused.retry == .transaction)
    refused.extent = .never
    #expect(refused.retry == .never)
  }

  @Test func errorsNameTheirServerAtTheEnd() {
    var refused = error(.readOnlyMode, "Running in read-only mode")
    refused.endpoint = "db2:3307"
    #expect(refused.description == "ERROR 1836: Running in read-only mode [at db2:3307]")
    var lost = MySQLError(.connectionLost, "the connection was lost")
    lost.endpoint = "db2:3307"
    #expect(lost.description == "the connection was lost [at db2:3307]")
  }
}
