// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// As much of swift-distributed-tracing as the documentation uses.

public struct ServiceContext: Sendable {
  public static var topLevel: ServiceContext { ServiceContext() }
  @TaskLocal public static var current: ServiceContext?
}

public enum SpanKind: Sendable { case client }

public struct SpanAttributes: Sendable {
  public subscript(name: String) -> String? {
    get { nil }
    set {}
  }
}

public protocol Span: AnyObject, Sendable {
  var context: ServiceContext { get }
  var attributes: SpanAttributes { get set }
  func recordError(_ error: any Error)
  func end()
}

public protocol Injector: Sendable {
  associatedtype Carrier
  func inject(_ value: String, forKey key: String, into carrier: inout Carrier)
}

public protocol Tracer: Sendable {
  func startSpan(_ name: String, context: ServiceContext, ofKind kind: SpanKind) -> any Span
  func inject<Carrier, Inject: Injector>(
    _ context: ServiceContext, into carrier: inout Carrier, using injector: Inject
  ) where Inject.Carrier == Carrier
}

public enum InstrumentationSystem {
  public static var tracer: any Tracer { fatalError("examples are compiled, and not run") }
}
