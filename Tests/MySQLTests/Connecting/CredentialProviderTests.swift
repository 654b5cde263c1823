import MySQL
import MySQLTesting
import Testing

@Suite(.timed) struct CredentialProviderTests {
  private struct VaultIsSealed: Error {}

  /// Returns the mysql_native_password answers to the scripted greeting, which depend on the password.
  private static func answers(_ logins: Journal<ClientLogin>) -> [[UInt8]] { logins.entries.map(\.answer) }

  private func server(_ logins: Journal<ClientLogin>) throws -> ScriptedServer {
    try ScriptedServer { connection in
      logins.note(try connection.acceptLogin(.mariaDB))
      while true {
        _ = try connection.readCommand()
        try connection.sendOK()
      }
    }
  }

  @Test func eachLoginAsksOnce() async throws {
    let logins = Journal<ClientLogin>()
    let server = try server(logins)
    let asked = Counter()
    let settings = try server.settings {
      $0.user = "settings"
      $0.database = "shop"
      $0.credentials = MySQLCredentialProvider { settings in
        #expect(settings.user == "settings" && settings.database == "shop")
        asked.add(1)
        return asked.value == 3
          ? MySQLCredentialProvider.Credentials(user: "vault-3", password: "third")
          : MySQLCredentialProvider.Credentials(password: asked.value == 1 ? "first" : "second")
      }
    }
    for round in 1...3 {
      let client = try await MySQLConnection.connect(settings)
      #expect(asked.value == round)
      try await client.ping()
      try await client.reset()
      #expect(asked.value == round)
      // Credentials given for one login are not kept for the next.
      #expect(client.configuration == settings)
      await client.close()
    }
    #expect(logins.entries.map(\.user) == ["settings", "settings", "vault-3"])
    #expect(Set(Self.answers(logins)).count == 3)
    // The same password from the settings gives the same answer to the same challenge.
    let client = try await server.connect {
      $0.user = "settings"
      $0.password = "second"
    }
    // The server notes the login after it has sent its OK.
    try await client.ping()
    await client.close()
    #expect(logins.entries.last?.answer == Self.answers(logins)[1])
  }

  @Test func changingTheUserAsksUnlessItBringsAPassword() async throws {
    let server = try ScriptedServer { connection in
      try connection.acceptLogin()
      for _ in 1...2 {
        guard case .changeUser = try connection.readCommand() else { return }
        try connection.sendOK()
      }
      try connection.stall()
    }
    let asked = Journal<String>()
    let client = try await server.connect {
      $0.credentials = MySQLCredentialProvider { settings in
        asked.note(settings.user)
        return MySQLCredentialProvider.Credentials(password: "token")
      }
    }
    try await client.changeUser("ada", password: "her own")
    #expect(asked.entries == ["test"])
    try await client.changeUser("grace")
    #expect(asked.entries == ["test", "grace"])
    await client.close()
  }

  @Test func anErrorOfTheProviderIsTyped() async throws {
    let logins = Journal<ClientLogin>()
    let server = try server(logins)
    let error = await failure {
      try await server.connect { $0.credentials = MySQLCredentialProvider { _ in throw VaultIsSealed() } }
    }
    #expect(error?.kind == .authentication)
    #expect(error?.reach == .notSent)
    #expect(error?.message.contains("credential provider failed: VaultIsSealed") == true)
    let unusable = await failure {
      try await server.connect {
        $0.credentials = MySQLCredentialProvider { _ in
          MySQLCredentialProvider.Credentials(password: "\(canary)\0")
        }
      }
    }
    #expect(unusable?.kind == .configuration)
    #expect(logins.entries.isEmpty)
  }

  @Test func aProviderHasUntilTheConnectTimeout() async throws {
    let deadline = Duration.milliseconds(200)
    try await expectPunctual(deadline) {
      let server = try ScriptedServer { _ in }
      let cancelled = Counter()
      let taken = await duration {
        let error = await failure {
          try await server.connect {
            $0.connectTimeout = deadline
            $0.credentials = MySQLCredentialProvider { _ in
              let deaf = Task { try await Task.sleep(for: .seconds(3)) }
              return await withTaskCancellationHandler {
                _ = try? await deaf.value
                return MySQLCredentialProvider.Credentials(password: "late")
              } onCancel: {
                cancelled.add(1)
              }
            }
          }
        }
        #expect(error?.kind == .timeout)
        #expect(error?.message.contains("credential provider") == true)
      }
      #expect(cancelled.value == 1)
      #expect(server.connections.isEmpty)
      return taken
    }
  }

  @Test func aCancelledTaskDoesNotWaitForTheProvider() async throws {
    let server = try ScriptedServer { _ in }
    let asked = Counter()
    let task = Task {
      try await server.connect {
        $0.credentials = MySQLCredentialProvider { _ in
          asked.add(1)
          try await Task.sleep(for: .seconds(5))
          return MySQLCredentialProvider.Credentials(password: "late")
        }
      }
    }
    #expect(await wait { asked.value == 1 })
    task.cancel()
    let error = await failure(.seconds(1)) { try await task.value }
    #expect(error?.kind == .cancelled)
  }

  @Test func aProviderEqualsOnlyItsCopies() {
    let make = { MySQLCredentialProvider { _ in MySQLCredentialProvider.Credentials(password: "x") } }
    let (one, other) = (make(), make())
    let copy = one
    #expect(one == copy && one != other)
    #expect(Set([one, copy, other]).count == 2)
    var settings = MySQLConfiguration(user: "u")
    settings.credentials = one
    #expect(settings != MySQLConfiguration(user: "u"))
  }
}
