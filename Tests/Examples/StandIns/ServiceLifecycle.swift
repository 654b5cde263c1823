// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// As much of swift-service-lifecycle as the documentation uses.

public protocol Service: Sendable {
  func run() async throws
}

public func cancelWhenGracefulShutdown<T: Sendable>(
  _ operation: @Sendable @escaping () async throws -> T
) async rethrows -> T {
  try await operation()
}
