extension MySQLError {
  /// Whether the server refused because of what it is now, and not because of the statement: it only reads, or it is not
  /// ready. Nothing was carried out, and the transaction is undone by the server or with its end.
  var blamesServer: Bool {
    guard kind == .server, let server else { return false }
    return switch server.code {
    // Other options forbid statements too.
    case .optionPreventsStatement:
      server.message.contains("read-only") || server.message.contains("read_only")
    case .readOnlyMode, .readOnlyTransaction, .refusedByGroup: true
    // Galera's nodes refuse every command while they are not ready.
    case .unknownCommand: server.message.contains("WSREP")
    default: false
    }
  }

  /// Whether it is a sign that the server may have changed or gone, which it has to be asked about.
  var castsDoubtOnServer: Bool {
    switch kind {
    case .connectionLost, .connectionRefused, .timeout, .protocolViolation, .commitUnknown: true
    // A transaction that a cluster undoes because others were faster, or because its node leaves, ends like a deadlock.
    case .server: server?.code == .serverShutdown || server?.code == .lockDeadlock
    default: false
    }
  }
}
