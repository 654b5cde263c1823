#if os(Linux)
  import Foundation
  import MySQL
  import MySQLTesting
  import Testing

  /// Tries logins at one server, with the server's own client and with this library, through proxies that
  /// record what is sent.
  struct LoginTable {
    /// The servers whose own clients are available: those of `Tests/servers`.
    static let servers = LiveServer.all.filter { server in
      guard let socket = server.socket else { return false }
      let folder = URL(filePath: socket).deletingLastPathComponent()
      return FileManager.default.fileExists(atPath: folder.appending(path: "server.env").path)
    }

    let server: LiveServer
    let admin: MySQLConnection
    /// The folder in which `Tests/servers` started the server.
    let folder: String
    private let account: String
    private let tcp: FaultProxy
    private let unix: FaultProxy

    /// Runs the closure with a table. The table has two accounts: one without a password, from which logins
    /// change the user, and one that each case creates again.
    static func with(
      _ server: LiveServer, _ body: nonisolated(nonsending) (LoginTable) async throws -> Void
    ) async throws {
      try await server.withConnection { admin in
        let table = try LoginTable(server, admin)
        var failure: (any Error)?
        do {
          try await admin.execute("CREATE USER \(identifier: table.base)@'%' IDENTIFIED BY ''")
          try await body(table)
        } catch {
          failure = error
        }
        for name in [table.account, table.base] {
          try await admin.execute("DROP USER IF EXISTS \(identifier: name)@'%'")
        }
        if let failure { throw failure }
      }
    }

    private init(_ server: LiveServer, _ admin: MySQLConnection) throws {
      self.server = server
      self.admin = admin
      let socket = try #require(server.socket)
      folder = URL(filePath: socket).deletingLastPathComponent().path
      account = "login_" + String(UInt32.random(in: .min ... .max), radix: 36)
      guard case .tcp(let host, let port) = try server.configuration().endpoint else {
        throw MySQLError(.configuration, "a proxy needs a TCP port")
      }
      tcp = try FaultProxy(to: .tcp(host, port: Int(port)), recordsBytes: true, plan: TestServers.plan)
      unix = try FaultProxy(
        to: .unix(path: socket), at: .unix(path: "/tmp/\(account).sock"), recordsBytes: true,
        plan: TestServers.plan)
    }

    private var base: String { account + "_base" }

    /// Creates the account, with the server's cache in the state that the case wants.
    func prepare(_ row: LoginCase) async throws {
      try await admin.execute("DROP USER IF EXISTS \(identifier: account)@'%'")
      do {
        try await makeAccount(row.plugin.account(row.password.ofAccount))
      } catch let error as MySQLError where error.kind == .server && row.password == .tooLongForMySQL {
        // MySQL does not create an account with such a long password, so a login with one is wrong.
        try await makeAccount(row.plugin.account(LoginCase.Password.short.text))
      }
      guard row.cache == .warm else { return }
      var settings = MySQLConfiguration(.unixSocket(path: try #require(server.socket)), user: account)
      settings.password = MySQLSecret(row.password.ofAccount)
      // Fails if the password is too long.
      if let connection = try? await MySQLConnection.connect(settings) { await connection.close() }
    }

    private func makeAccount(_ identification: String) async throws {
      try await admin.execute("CREATE USER \(identifier: account)@'%' \(unsafe: identification)")
    }

    /// Returns whether the server's own client gets in.
    func officialClientGetsIn(_ row: LoginCase) async -> Bool {
      let isMariaDB = admin.server.isMariaDB
      var words = [OwnServer.script, "client", folder, row.channel.isUnixSocket ? "socket" : "tcp"]
      words += ["--user=\(account)", "--password=\(row.password.text)", "--execute=DO 1"]
      words += row.channel.options(isMariaDB: isMariaDB, key: keyPath(inside: true))
      return (try? await Program.run(words)) != nil
    }

    /// The outcome of a login, and what was sent and received.
    struct Attempt {
      var error: MySQLError?
      var sent: [UInt8]
      var received: [UInt8]

      /// Returns whether the server sent a packet with this one byte of caching_sha2_password: 3 if it knew the
      /// account, 4 if it wants the whole password.
      func says(_ word: UInt8) -> Bool {
        received.indices.dropLast(5).contains { index in
          received[index...].starts(with: [2, 0, 0]) && received[(index + 4)...].starts(with: [1, word])
        }
      }
    }

    func connect(_ row: LoginCase) async throws -> Attempt {
      let settings = try settings(row) {
        $0.user = account
        $0.password = MySQLSecret(row.password.text)
      }
      return try await attempt(row) { () throws(MySQLError) in
        try await MySQLConnection.connect(settings)
      }
    }

    func changeUser(_ row: LoginCase) async throws -> Attempt {
      let settings = try settings(row) { $0.user = base }
      return try await attempt(row) { () throws(MySQLError) in
        let connection = try await MySQLConnection.connect(settings)
        do throws(MySQLError) {
          try await connection.changeUser(account, password: MySQLSecret(row.password.text))
          return connection
        } catch {
          await connection.close()
          throw error
        }
      }
    }

    private func attempt(
      _ row: LoginCase, _ logIn: () async throws(MySQLError) -> MySQLConnection
    ) async throws -> Attempt {
      let proxy = row.channel.isUnixSocket ? unix : tcp
      var failure: MySQLError?
      do throws(MySQLError) {
        let connection = try await logIn()
        let row = try await connection.query("SELECT CURRENT_USER()").collect().first
        let user = try row?.decode(at: 0, as: String.self)
        #expect(user == account + "@%")
        await connection.close()
      } catch {
        failure = error
      }
      let number = proxy.connectionCount - 1
      return Attempt(
        error: failure, sent: proxy.bytes(from: .client, connection: number),
        received: proxy.bytes(from: .server, connection: number))
    }

    private func settings(
      _ row: LoginCase, _ change: (inout MySQLConfiguration) -> Void
    ) throws -> MySQLConfiguration {
      var settings = try server.configuration()
      settings.endpoint =
        row.channel.isUnixSocket
        ? .unixSocket(path: "/tmp/\(account).sock") : .tcp(host: "127.0.0.1", port: UInt16(tcp.port))
      settings.tls.mode = row.channel.tlsMode
      settings.publicKey =
        switch row.channel {
        case .tcpAskingForTheKey: .askServer
        case .tcpWithTheKey: .pinned(path: keyPath(inside: false))
        default: .none
        }
      change(&settings)
      return settings
    }

    /// Returns the path of the server's public key, as this process sees it or as the server's client sees it
    /// from inside the folder that it is confined to.
    private func keyPath(inside: Bool) -> String {
      let path = URL(filePath: folder + "/data/public_key.pem").resolvingSymlinksInPath().path
      guard inside, let root = path.range(of: "/srv/") else { return path }
      return String(path[root.lowerBound...])
    }
  }
#endif
