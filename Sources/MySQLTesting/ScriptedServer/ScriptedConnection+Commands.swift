import Synchronization

extension ScriptedConnection {
  /// Reads the client's next command. Waits up to the timeout, or without one until the connection ends.
  ///
  /// The statements that swift-mysql sends on its own (see `answersSetup`) are answered with OK and not returned.
  ///
  /// The parameters of an execution can be read if the statement was prepared with `sendPrepared`, or else
  /// if only one number of parameters fits the command.
  public func readCommand(timeout: Duration? = nil) throws(TestServerError) -> ServerScript.Command {
    while true {
      let payload = try readPacket(timeout: timeout)
      let (command, answersSetup) = state.withLock { state in
        (ServerScript.Command(payload: payload, &state.commands), state.answersSetup)
      }
      guard answersSetup, command.isSetup else { return command }
      try sendOK()
    }
  }
}
