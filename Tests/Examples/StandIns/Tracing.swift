// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// As much of swift-distributed-tracing as the documentation uses.

import Synchronization

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
  public static var tracer: any Tracer { NotingTracer() }
}

/// What a tracer was told.
public let notes = Mutex<[String]>([])

private struct NotingTracer: Tracer {
  func startSpan(_ name: String, context: ServiceContext, ofKind kind: SpanKind) -> any Span {
    notes.withLock { $0.append("started \(name)") }
    return NotingSpan(context: context)
  }

  func inject<Carrier, Inject: Injector>(
    _ context: ServiceContext, into carrier: inout Carrier, using injector: Inject
  ) where Inject.Carrier == Carrier {
    injector.inject(
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", forKey: "traceparent", into: &carrier)
  }
}

private final class NotingSpan: Span {
  let context: ServiceContext
  var attributes: SpanAttributes {
    get { SpanAttributes() }
    set {}
  }

  init(context: ServiceContext) { self.context = context }
  func recordError(_ error: any Error) { notes.withLock { $0.append("failed") } }
  func end() { notes.withLock { $0.append("ended") } }
}
