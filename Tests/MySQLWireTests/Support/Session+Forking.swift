@testable import MySQLWire

extension Session {
  /// Returns another session in the same state as this one.
  func forked() throws -> Session {
    var fork = try Session(settings)
    fork.greeting = greeting
    fork.capabilities = capabilities
    fork.status = status
    fork.phase = phase
    fork.channel = channel
    fork.pending = pending
    fork.framer = framer
    fork.output = output
    fork.challenge = challenge
    fork.definitions = definitions
    fork.statusAfterDefinitions = statusAfterDefinitions
    fork.lastPrepared = lastPrepared
    return fork
  }
}
