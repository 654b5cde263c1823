import MySQLWire
import Synchronization

extension ScriptedConnection {
  /// Connects the client to another server, and returns when the client has finished with it. Bytes that the client has
  /// sent and no verb has read go there first, then everything else in both directions, as the plan says. So a script
  /// can act as the server until TLS begins, and leave the rest to a server that supports TLS.
  public func relay(to target: ServerAddress, plan: FaultPlan = FaultPlan()) throws(TestServerError) {
    let server = try Socket(to: target, interrupt, until: .now + .seconds(10))
    let unread = state.withLock { $0.framer.queue.take($0.framer.queue.count) }
    try server.send(unread[...])
    let link = ProxyLink(client: socket, server: server, interrupt)
    try threads.start {
      var pump = ProxyPump(link, from: .server, plan.fromServer)
      pump.run()
    }
    var pump = ProxyPump(link, from: .client, plan.fromClient)
    pump.run()
  }
}
