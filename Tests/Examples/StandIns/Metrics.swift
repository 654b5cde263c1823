// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// As much of swift-metrics as the documentation uses.

import Synchronization

/// The labels of what was recorded or incremented.
public let notes = Mutex<[String]>([])

public final class Timer: Sendable {
  private let label: String
  public init(label: String, dimensions: [(String, String)] = []) { self.label = label }
  public func recordNanoseconds(_ duration: Int64) { notes.withLock { $0.append(label) } }
}

public final class Counter: Sendable {
  private let label: String
  public init(label: String, dimensions: [(String, String)] = []) { self.label = label }
  public func increment() { notes.withLock { $0.append(label) } }
}
