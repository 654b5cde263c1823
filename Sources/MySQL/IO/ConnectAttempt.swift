import Foundation
import Synchronization

/// One attempt to connect to one address, by a deadline.
final class ConnectAttempt: EventHandler {
  private typealias Waiter = UnsafeContinuation<Outcome, Never>
  private let socket: Socket
  private let deadline: Deadline
  private let state = Mutex<(outcome: Outcome?, waiter: Waiter?)>((nil, nil))

  enum Outcome: Sendable {
    case connected(Socket)
    case failed(Socket.SystemError)
    case timedOut
    case cancelled
  }

  private init(_ socket: Socket, _ deadline: Deadline) {
    self.socket = socket
    self.deadline = deadline
  }

  /// Connects to the first address that answers. Each has its share of the time that is left.
  static func connect(
    to addresses: [SocketAddress], keepAlive: Duration?, by deadline: Deadline, describing endpoint: String
  ) async throws(MySQLError) -> Socket {
    var failures: [String] = []
    var kind = MySQLError.Kind.timeout
    for (index, address) in addresses.enumerated() {
      let share = deadline.remaining / (addresses.count - index)
      switch await connect(to: address, keepAlive: keepAlive, by: min(.after(share), deadline)) {
      case .connected(let socket): return socket
      case .timedOut: failures.append("\(address.text) does not answer")
      case .cancelled: throw MySQLError(.cancelled, "the task was cancelled while it connected")
      case .failed(let error):
        kind = .connectionRefused
        failures.append("\(address.text): \(error.text)")
      }
    }
    throw failure(kind, endpoint, failures)
  }

  private static func connect(
    to address: SocketAddress, keepAlive: Duration?, by deadline: Deadline
  ) async -> Outcome {
    do throws(Socket.SystemError) {
      let socket = try Socket(connectingTo: address, keepAlive: keepAlive)
      let outcome = await ConnectAttempt(socket, deadline).run()
      if case .connected = outcome { return outcome }
      socket.close()
      return outcome
    } catch {
      return .failed(error)
    }
  }

  private static func failure(_ kind: MySQLError.Kind, _ endpoint: String, _ reasons: [String]) -> MySQLError
  {
    let advice =
      kind == .timeout
      ? "is the host right, and does a firewall or security group drop packets for the port?"
      : "is the server running, does it listen there (port, bind-address, skip-networking, socket path)?"
    return MySQLError(kind, "cannot connect to \(endpoint) (\(reasons.joined(separator: "; "))): \(advice)")
  }

  private func run() async -> Outcome {
    EventLoop.shared.add(socket.descriptor, self, for: .write)
    EventLoop.shared.wake(self, by: deadline)
    let outcome = await withTaskCancellationHandler {
      await withUnsafeContinuation { (waiter: Waiter) in
        let outcome = state.withLock { state in
          if state.outcome == nil { state.waiter = waiter }
          return state.outcome
        }
        if let outcome { waiter.resume(returning: outcome) }
      }
    } onCancel: {
      finish(.cancelled)
    }
    // The descriptor is this loop's no more once the loop says so.
    await withUnsafeContinuation { (done: UnsafeContinuation<Void, Never>) in
      EventLoop.shared.remove(socket.descriptor) { done.resume() }
    }
    return outcome
  }

  func isReady(_ readiness: Readiness, _ scratch: UnsafeMutableRawBufferPointer) {
    // What is ready stays so until the attempt is removed; one look is enough.
    if state.withLock({ $0.outcome == nil }) {
      finish(socket.connectResult().map { .failed($0) } ?? .connected(socket))
    }
  }

  func alarm() {
    finish(.timedOut)
  }

  private func finish(_ outcome: Outcome) {
    let waiter = state.withLock { state -> Waiter? in
      guard state.outcome == nil else { return nil }
      state.outcome = outcome
      return state.waiter.take()
    }
    waiter?.resume(returning: outcome)
  }
}
