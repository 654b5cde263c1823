import Synchronization

/// A proxy between clients and a server that causes network faults at exactly the packet and byte that a test asks for.
///
/// ```swift
/// let proxy = try FaultProxy(to: .tcp("127.0.0.1", port: 3306))
/// // … run a scenario through proxy.port, and count its packets …
/// for packet in 0...proxy.packetCount(from: .server) {
///   proxy.setPlan(FaultPlan(.reset, at: .packet(packet), from: .server))
///   // … run the scenario again, and see that the client notices …
/// }
/// proxy.stop()
/// ```
public final class FaultProxy: Sendable {
  /// The address that the proxy listens at, with the port that the system chose.
  public let address: ServerAddress
  private let acceptor: Acceptor
  private let log: Log

  /// The state that the proxy shares with its connections' threads. They do not hold the proxy itself.
  private final class Log: Sendable {
    let state: Mutex<State>

    struct State {
      var plans: @Sendable (Int) -> FaultPlan
      var connectionCount = 0
      var links: [Int: ProxyLink] = [:]
      var errors: [TestServerError] = []
    }

    let recordsBytes: Bool

    init(_ plans: @escaping @Sendable (Int) -> FaultPlan, recordsBytes: Bool) {
      state = Mutex(State(plans: plans))
      self.recordsBytes = recordsBytes
    }
  }

  /// What went through in one direction.
  public struct Traffic: Sendable, Hashable {
    /// The number of bytes forwarded, without those that were injected.
    public var bytes = 0
    /// The number of packets forwarded to their last byte.
    public var packets = 0
  }

  /// Starts listening. Costs a thread, and two more for each connection.
  ///
  /// - Parameters:
  ///   - source: The IP address of this machine from which the target sees the connections come, since an account's
  ///     rights depend on it. On Linux, all of 127.0.0.0/8 are addresses of this machine. If nil, the system chooses.
  ///   - recordsBytes: Whether all forwarded bytes are kept, for `bytes(from:connection:)`.
  ///   - plans: Returns the plan for each connection, given the number of connections before it. It is called on one of
  ///     the proxy's threads.
  /// - Throws: `TestServerError` if it cannot listen at the address. Whether the target can be reached shows only when
  ///   clients connect: a client that cannot be connected to the target sees RST.
  public convenience init(
    to target: ServerAddress, from source: String? = nil, at address: ServerAddress = .loopback,
    recordsBytes: Bool = false, plans: @escaping @Sendable (_ connection: Int) -> FaultPlan
  ) throws(TestServerError) {
    try self.init(
      to: target, from: source, at: address, recordsBytes: recordsBytes, on: ServerThreads(), plans: plans)
  }

  /// Starts listening on these threads.
  init(
    to target: ServerAddress, from source: String? = nil, at address: ServerAddress = .loopback,
    recordsBytes: Bool = false, on threads: ServerThreads,
    plans: @escaping @Sendable (_ connection: Int) -> FaultPlan
  ) throws(TestServerError) {
    let log = Log(plans, recordsBytes: recordsBytes)
    self.log = log
    acceptor = try Acceptor(address, threads) { incoming in Self.serve(incoming, target, source, log) }
    self.address = acceptor.address
  }

  /// Starts listening, with one plan for all connections.
  ///
  /// - Throws: `TestServerError` if it cannot listen at the address.
  public convenience init(
    to target: ServerAddress, from source: String? = nil, at address: ServerAddress = .loopback,
    recordsBytes: Bool = false, plan: FaultPlan = FaultPlan()
  ) throws(TestServerError) {
    try self.init(to: target, from: source, at: address, recordsBytes: recordsBytes, plans: { _ in plan })
  }

  deinit { stop() }

  /// The TCP port; 0 for a unix socket.
  public var port: Int { address.port }

  /// Changes the plan for connections that are made from now on.
  public func setPlan(_ plan: FaultPlan) {
    log.state.withLock { $0.plans = { _ in plan } }
  }

  /// The number of connections that clients have made so far.
  public var connectionCount: Int { log.state.withLock { $0.connectionCount } }

  /// The number of connections that are not yet closed on both sides.
  public var openConnectionCount: Int { links.count { !$0.value.hasEnded } }

  /// The errors with which connections to the target failed.
  public var errors: [TestServerError] { log.state.withLock { $0.errors } }

  /// Returns what went through the connection with this number, or through all connections.
  public func traffic(from direction: StreamDirection, connection: Int? = nil) -> Traffic {
    links.reduce(into: Traffic()) { sum, link in
      guard connection == nil || connection == link.key else { return }
      let traffic = link.value.traffic(from: direction)
      sum.bytes += traffic.bytes
      sum.packets += traffic.packets
    }
  }

  /// Returns how many packets went through the connection with this number, or through all connections.
  public func packetCount(from direction: StreamDirection, connection: Int? = nil) -> Int {
    traffic(from: direction, connection: connection).packets
  }

  /// Returns how many bytes went through the connection with this number, or through all connections.
  public func byteCount(from direction: StreamDirection, connection: Int? = nil) -> Int {
    traffic(from: direction, connection: connection).bytes
  }

  /// Returns the bytes forwarded through the connection with this number, without those that were injected. Empty
  /// unless the proxy was created with `recordsBytes`.
  public func bytes(from direction: StreamDirection, connection: Int) -> [UInt8] {
    links[connection]?.bytes(from: direction) ?? []
  }

  /// Returns when the client could first see that the connection with this number is broken or over.
  package func brokenAt(connection: Int) -> ContinuousClock.Instant? { links[connection]?.brokenAt }

  /// Cuts all open connections, as `FaultPlan.Action.cut` does.
  public func cutAll() { for link in links.values { link.cut() } }

  /// Resets all open connections, as `FaultPlan.Action.reset` does.
  public func resetAll() { for link in links.values { link.reset() } }

  /// Stops forwarding on all open connections, as `FaultPlan.Action.blackHole` does.
  public func blackHoleAll() { for link in links.values { link.fallSilent() } }

  /// Ends all connections and waits for all threads, which end at once.
  public func stop() { acceptor.stop() }

  private var links: [Int: ProxyLink] { log.state.withLock { $0.links } }

  private static func serve(
    _ incoming: Acceptor.Incoming, _ target: ServerAddress, _ source: String?, _ log: Log
  ) {
    let plans = log.state.withLock { state in
      state.connectionCount += 1
      return state.plans
    }
    let plan = plans(incoming.index)
    do throws(TestServerError) {
      let server = try Socket(to: target, from: source, incoming.interrupt, until: .now + .seconds(10))
      let link = ProxyLink(
        client: incoming.socket, server: server, incoming.interrupt, recordsBytes: log.recordsBytes)
      log.state.withLock { $0.links[incoming.index] = link }
      var pump = ProxyPump(link, from: .client, plan.fromClient)
      do throws(TestServerError) {
        try incoming.threads.start {
          var pump = ProxyPump(link, from: .server, plan.fromServer)
          pump.run()
        }
      } catch {
        link.abandon()
        throw error
      }
      pump.run()
    } catch {
      incoming.socket.close(.reset)
      if error != .stopped { log.state.withLock { $0.errors.append(error) } }
    }
  }
}
