import MySQLWire
import Synchronization

extension ScriptedConnection {
  /// Hands the client on to another server, and returns when the client is through with it. What the client has
  /// sent and no verb has read goes there first, then everything else as the plan says, both ways. So a script
  /// can speak until TLS begins, and leave the rest to a server that has it.
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
