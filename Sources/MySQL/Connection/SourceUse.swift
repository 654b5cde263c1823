import Synchronization

/// The time in which a statement reads its source: the rows of a batch, a file, a streamed value. A command of that
/// source's own task on the same connection would wait for the statement, which waits for the source.
final class SourceUse: Sendable {
  @TaskLocal private static var innermost: SourceUse?

  private let gate: CommandGate
  /// The statement whose source runs the statement that this is about.
  private let outer: SourceUse?
  /// Tasks that the source has started may go on after it.
  private let isOver = Atomic(false)

  private init(_ gate: CommandGate) {
    self.gate = gate
    outer = Self.innermost
  }

  /// Reads a source of a statement that holds the gate.
  static nonisolated(nonsending) func reading<R, Failure: Error>(
    behind gate: CommandGate, _ body: nonisolated(nonsending) () async throws(Failure) -> R
  ) async throws(Failure) -> R {
    let use = SourceUse(gate)
    defer { use.isOver.store(true, ordering: .relaxed) }
    let result = await $innermost.withValue(use) { () -> Result<R, Failure> in
      do throws(Failure) { return .success(try await body()) } catch { return .failure(error) }
    }
    return try result.get()
  }

  /// Whether the task that calls reads a source of the statement that holds the gate.
  static func isReading(behind gate: CommandGate) -> Bool {
    var use = innermost
    while let current = use {
      if current.gate === gate, !current.isOver.load(ordering: .relaxed) { return true }
      use = current.outer
    }
    return false
  }
}
