// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// As much of swift-log as the documentation uses.

import Synchronization

/// The messages that were logged.
public let notes = Mutex<[String]>([])

public struct Logger: Sendable {
  public enum MetadataValue: ExpressibleByStringInterpolation, Sendable {
    case string(String)
    public init(stringLiteral value: String) { self = .string(value) }
  }
  public typealias Metadata = [String: MetadataValue]

  public init(label: String) {}
  public func debug(_ message: @autoclosure () -> String, metadata: @autoclosure () -> Metadata? = nil) {
    notes.withLock { $0.append(message()) }
  }
  public func info(_ message: @autoclosure () -> String, metadata: @autoclosure () -> Metadata? = nil) {
    notes.withLock { $0.append(message()) }
  }
  public func warning(_ message: @autoclosure () -> String, metadata: @autoclosure () -> Metadata? = nil) {
    notes.withLock { $0.append(message()) }
  }
}
