#if os(Linux)
  import MySQLTesting

  extension OwnServer {
    /// Returns a proxy that makes clients appear to the server to connect from `address`.
    func proxy(from address: String) throws -> FaultProxy {
      try FaultProxy(to: .tcp("127.0.0.1", port: port), from: address, plan: TestServers.plan)
    }
  }
#endif
