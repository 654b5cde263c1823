/// How much a server may ask of this client. Announced lengths never drive an allocation; these limits end
/// what keeps arriving.
package struct Limits: Sendable, Equatable {
  /// The largest payload, joined from all its packets.
  package var payload = 1 << 30
  /// The most columns (and parameters) of a result; servers have at most 4,096 columns, and statements at
  /// most 65,535 parameters.
  package var columns = 65_535
  /// The most packets a server may spend on one login.
  package var authenticationRounds = 8
  /// How many bytes of an error's text are kept.
  package var errorText = 64 << 10

  package init() {}
}
