import MySQL
import Testing

extension Live {
  @Suite(.live) struct AlternativeMethodTests {
    /// MariaDB asks for each method of an account, one after the other, until one fits. (MySQL has no such
    /// accounts.)
    @Test(arguments: LiveServer.all) func eachMethodOfAnAccountLetsIn(server: LiveServer) async throws {
      try await server.withConnection { admin in
        guard admin.server.isMariaDB else { return }
        let account = "live_or_" + String(UInt32.random(in: .min ... .max), radix: 36)
        let native = ["a", "b", "c"].map { "mysql_native_password USING PASSWORD('\($0)')" }
        var failure: (any Error)?
        do {
          for methods in [native, ["unix_socket"] + native, native + ["unix_socket"]] {
            try await admin.execute(
              "CREATE OR REPLACE USER \(identifier: account)@'%' IDENTIFIED VIA \(unsafe: methods.joined(separator: " OR "))"
            )
            for password in ["a", "b", "c"] {
              try await server.withConnection {
                $0.user = account
                $0.password = MySQLSecret(stringLiteral: password)
              } _: {
                try await $0.expect("SELECT CURRENT_USER()", account + "@%")
              }
            }
            let error = await #expect(throws: MySQLError.self) {
              try await server.connect {
                $0.user = account
                $0.password = "d"
              }
            }
            #expect(error?.kind == .authentication)
            // 1698 if the last method has no password.
            let code = methods.last == "unix_socket" ? 1698 : MySQLError.Code.accessDenied.rawValue
            #expect(error?.server?.code.rawValue == code)
          }
        } catch {
          failure = error
        }
        try await admin.execute("DROP USER IF EXISTS \(identifier: account)@'%'")
        if let failure { throw failure }
      }
    }
  }
}
