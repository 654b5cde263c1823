/// What a `FaultProxy` does to one connection.
public struct FaultPlan: Sendable, Hashable {
  /// What happens to the bytes that the client sends.
  public var fromClient: StreamPlan
  /// What happens to the bytes that the server sends.
  public var fromServer: StreamPlan

  /// Makes a plan. Without arguments everything is forwarded as it comes.
  public init(fromClient: StreamPlan = StreamPlan(), fromServer: StreamPlan = StreamPlan()) {
    self.fromClient = fromClient
    self.fromServer = fromServer
  }

  /// Makes a plan with a single fault.
  public init(_ action: Action, at point: Point, from direction: StreamDirection) {
    self.init()
    let stream = StreamPlan(faults: [Fault(action, at: point)])
    switch direction {
    case .client: fromClient = stream
    case .server: fromServer = stream
    }
  }
}
