import Foundation
import MySQLTesting
import Synchronization
import Testing

/// Tests of what stays behind have a process of their own, where nothing else opens descriptors or starts threads.
#if os(Linux)
  @Suite(.timed) struct StoppingTests {
    @Test func leavesNoDescriptorsAndNoThreadsBehind() async {
      await #expect(processExitsWith: .success) {
        try expectNothingLeft(by: runServers)
      }
    }

    @Test func stopsWhenReleased() async {
      await #expect(processExitsWith: .success) {
        try expectNothingLeft {
          let server = try ScriptedServer { try $0.stall() }
          let proxy = try FaultProxy(to: server.address)
          let client = try RawClient(port: proxy.port)
          waitUntil { !server.connections.isEmpty }
          withExtendedLifetime((proxy, client)) {}
        }
      }
    }

    @Test func stopsWithinMillisecondsWhateverItsThreadsWaitFor() throws {
      let server = try ScriptedServer { connection in
        switch connection.index {
        case 0: _ = try connection.readPacket()
        case 1: try connection.delay(.seconds(1000))
        case 2: try connection.stall(reading: false)
        case 3: while true { try connection.send([UInt8](repeating: 0, count: 1 << 20)) }
        case 4:
          connection.split(into: 1, every: .seconds(1000))
          try connection.send([1, 2])
        default: return
        }
      }
      let proxy = try FaultProxy(to: server.address)
      let clients = try (0..<6).map { _ in try RawClient(port: proxy.port) }
      waitUntil { server.connections.count == 6 }
      usleep(50_000)
      #expect(ContinuousClock().measure { server.stop() } < .milliseconds(500))
      #expect(ContinuousClock().measure { proxy.stop() } < .milliseconds(500))
      #expect(server.errors.isEmpty)
      withExtendedLifetime(clients) {}
    }

    @Test func canBeStoppedByItsOwnHandler() throws {
      let holder = Holder()
      let server = try ScriptedServer { connection in
        holder.server.withLock { $0 }?.stop()
        _ = try connection.readPacket()
      }
      holder.server.withLock { $0 = server }
      let client = try RawClient(port: server.port)
      #expect(try client.receive() == [])
      #expect(throws: RawClient.Failure.refused) { try RawClient(port: server.port) }
    }
  }
#endif

/// Starts one of everything, and stops it in the middle of something.
private func runServers() throws {
  let server = try ScriptedServer { connection in
    try connection.send([1])
    try connection.stall()
  }
  let proxy = try FaultProxy(to: server.address)
  let silent = try FaultProxy(to: server.address, plan: FaultPlan(.blackHole, at: .offset(1), from: .server))
  let clients = try [proxy.port, silent.port, server.port, proxy.port].map { try RawClient(port: $0) }
  for client in clients { #expect(try client.receive() == [1]) }
  proxy.stop()
  silent.stop()
  server.stop()
}

/// Runs the closure often: if each run left one behind, there would be many, while the test's own may be one or two.
private func expectNothingLeft(by body: () throws -> Void) throws {
  func count(_ folder: String) -> Int {
    (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/" + folder).count) ?? -1
  }
  try body()
  let base = (descriptors: count("fd"), threads: count("task"))
  for _ in 0..<20 { try body() }
  // The kernel takes a moment to forget a thread that has been waited for.
  waitUntil { count("task") <= base.threads + 2 }
  #expect(count("task") <= base.threads + 2)
  #expect(count("fd") <= base.descriptors + 2)
}

/// A holder through which a handler reaches its own server.
private final class Holder: Sendable {
  let server = Mutex<ScriptedServer?>(nil)
}
