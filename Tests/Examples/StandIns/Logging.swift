// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// As much of swift-log as the documentation uses.

public struct Logger: Sendable {
  public enum MetadataValue: ExpressibleByStringInterpolation, Sendable {
    case string(String)
    public init(stringLiteral value: String) { self = .string(value) }
  }
  public typealias Metadata = [String: MetadataValue]

  public init(label: String) {}
  public func debug(_ message: @autoclosure () -> String, metadata: @autoclosure () -> Metadata? = nil) {}
  public func info(_ message: @autoclosure () -> String, metadata: @autoclosure () -> Metadata? = nil) {}
  public func warning(_ message: @autoclosure () -> String, metadata: @autoclosure () -> Metadata? = nil) {}
}
