import Foundation
import Synchronization

/// One attempt to connect to one address, by a deadline. The event loop watches the socket until there is an
/// outcome, and no longer.
final class ConnectAttempt: EventHandler {
  private typealias Waiter = UnsafeContinuation<Void, Never>
  private let socket: Socket
  private let loop: EventLoop
  private let state = Mutex(State())

  enum Outcome: Sendable {
    case connected(Socket)
    case failed(Socket.SystemError)
    case timedOut
    case cancelled
  }

  private struct State {
    var result: (outcome: Outcome, moment: Deadline)?
    var waiter: Waiter?
  }

  private init(_ socket: Socket, _ loop: EventLoop) {
    self.socket = socket
    self.loop = loop
  }

  /// Connects. The time that this program takes to notice the outcome is not the network's fault, and is added to the
  /// deadline.
  static func connect(
    to address: SocketAddress, keepAlive: Duration?, by deadline: inout Deadline,
    on loop: EventLoop = .shared
  ) async throws(ConnectFailure) -> Socket {
    guard loop.start() else { throw .noThread }
    let (outcome, moment) = await attempt(at: address, keepAlive: keepAlive, by: deadline, on: loop)
    deadline.excludeTime(since: moment)
    switch outcome {
    case .connected(let socket): return socket
    case .failed(let error): throw .refused(error)
    case .timedOut: throw .silent
    case .cancelled: throw .cancelled
    }
  }

  private static func attempt(
    at address: SocketAddress, keepAlive: Duration?, by deadline: Deadline, on loop: EventLoop
  ) async -> (Outcome, Deadline) {
    do throws(Socket.SystemError) {
      let socket = try Socket(connectingTo: address, keepAlive: keepAlive)
      if socket.isConnected { return (.connected(socket), .now) }
      return await ConnectAttempt(socket, loop).run(by: deadline)
    } catch {
      return (.failed(error), .now)
    }
  }

  private func run(by deadline: Deadline) async -> (Outcome, Deadline) {
    // The alarm first: removing the socket, as soon as it is ready, removes the alarm too.
    loop.wake(self, by: deadline)
    loop.add(socket, self, for: .write)
    await withTaskCancellationHandler {
      await withUnsafeContinuation { (waiter: Waiter) in
        let isDone = state.withLock { state in
          if state.result == nil { state.waiter = waiter }
          return state.result != nil
        }
        if isDone { waiter.resume() }
      }
    } onCancel: {
      finish(.cancelled)
    }
    return state.withLock { $0.result } ?? (.timedOut, deadline)
  }

  func isReady(_ readiness: Readiness, _ scratch: UnsafeMutableRawBufferPointer) {
    finish(socket.connectResult().map { .failed($0) } ?? .connected(socket))
  }

  func alarm() {
    finish(.timedOut)
  }

  private func finish(_ outcome: Outcome) {
    let waiter = state.withLock { state -> Waiter? in
      guard state.result == nil else { return nil }
      // Remove the socket before the outcome can be seen, because the next owner adds it to the loop again. And a
      // socket that stays writable would keep the loop awake until the task runs.
      loop.remove(socket)
      state.result = (outcome, .now)
      return state.waiter.take()
    }
    waiter?.resume()
  }
}
