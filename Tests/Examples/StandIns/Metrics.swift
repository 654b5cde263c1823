// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// As much of swift-metrics as the documentation uses.

public final class Timer: Sendable {
  public init(label: String, dimensions: [(String, String)] = []) {}
  public func recordNanoseconds(_ duration: Int64) {}
}

public final class Counter: Sendable {
  public init(label: String, dimensions: [(String, String)] = []) {}
  public func increment() {}
}
