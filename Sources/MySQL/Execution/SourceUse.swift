import Synchronization

/// The period in which a statement reads its source: the rows of a batch, a file, or a streamed value. If the source's
/// own task issued a command on the same connection, that would wait for the statement, which waits for the source.
final class SourceUse: Sendable {
  @TaskLocal private static var innermost: SourceUse?

  private let gate: CommandGate
  /// The enclosing use, if the statement is itself run by the source of another statement.
  private let outer: SourceUse?
  /// Whether the source has been read. Tasks that it started may outlive it.
  private let isOver = Atomic(false)

  private init(_ gate: CommandGate) {
    self.gate = gate
    outer = Self.innermost
  }

  /// Runs a closure that reads a source of the statement that holds the gate.
  static nonisolated(nonsending) func reading<R, Failure: Error>(
    holding gate: CommandGate, _ body: nonisolated(nonsending) () async throws(Failure) -> R
  ) async throws(Failure) -> R {
    let use = SourceUse(gate)
    defer { use.isOver.store(true, ordering: .relaxed) }
    let result = await $innermost.withValue(use) { () -> Result<R, Failure> in
      do throws(Failure) { return .success(try await body()) } catch { return .failure(error) }
    }
    return try result.get()
  }

  /// Whether the calling task reads a source of the statement that holds the gate.
  static func isReading(holding gate: CommandGate) -> Bool {
    var use = innermost
    while let current = use {
      if current.gate === gate, !current.isOver.load(ordering: .relaxed) { return true }
      use = current.outer
    }
    return false
  }
}
