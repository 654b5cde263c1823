/// A request that the session cannot carry out. Nothing was written, and the session is unchanged.
package enum Misuse: Error, Equatable, Sendable {
  /// The login has not succeeded yet, or the connection is closed.
  case notReady
  /// A command is in progress after which this one cannot be queued.
  case busy
  /// There are more than 65,535 parameters, which do not fit.
  case tooManyParameters
  /// A NUL in a name would cut off the packet that carries it.
  case embeddedNUL
  /// The server did not ask for a file.
  case noFileRequested
}
