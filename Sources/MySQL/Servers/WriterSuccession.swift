/// Whether the writer has all that former writers have confirmed to this client: a pure state machine.
///
/// - The first writer has.
/// - Another one has once it has been waited for, unless connections to a former one were still in use when the wait
///   began: what these were asked before may be confirmed later.
struct WriterSuccession: Sendable {
  typealias MemberID = Int

  private var writer: MemberID?
  private var isSettled = true
  /// Counts the writers, so that a wait for one does not count for its next time.
  private var reign = 0

  /// A wait for all that the writer has received.
  struct Wait: Sendable, Equatable {
    fileprivate let reign: Int
    /// Whether nothing can be missing after it.
    fileprivate let isFinal: Bool
  }

  /// Notes that a connection to the writer is to be lent, and returns what has to be done before, if anything.
  ///
  /// - Parameter isAlone: Whether no connection is in use that a former writer has lent.
  mutating func lend(_ id: MemberID, isAlone: Bool) -> Wait? {
    if writer != id {
      isSettled = writer == nil
      writer = id
      reign += 1
    }
    return isSettled ? nil : Wait(reign: reign, isFinal: isAlone)
  }

  /// Notes that a wait has succeeded.
  mutating func succeeded(_ wait: Wait) {
    if wait.isFinal, wait.reign == reign { isSettled = true }
  }
}
