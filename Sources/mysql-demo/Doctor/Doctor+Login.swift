import Foundation
import MySQL

extension Doctor {
  func checkLogin(_ tls: Diagnosis.TLSUse) async throws(Diagnosis) {
    var withoutDatabase = settings
    withoutDatabase.database = nil
    // What is wrong with its role is said when it is compared with others.
    withoutDatabase.target = .any
    withoutDatabase.connectTimeout = .seconds(max(patience, 2))
    let connection: MySQLConnection
    do throws(MySQLError) {
      connection = try await MySQLConnection.connect(withoutDatabase)
    } catch {
      if case .connectionRefused = error.kind, case .unixSocket(let path) = settings.endpoint {
        throw .noSocket(path, "nothing listens there")
      }
      if error.server?.code == .accessDenied, let account = await anonymousAccount(withoutDatabase) {
        throw .anonymous(account, user: settings.user)
      }
      throw Diagnosis(login: error, user: settings.user, hasPassword: hasPassword, tls: tls)
    }
    do throws(Diagnosis) {
      try await check(connection)
    } catch {
      await connection.close()
      throw error
    }
    await connection.close()
  }

  private func check(_ connection: MySQLConnection) async throws(Diagnosis) {
    do throws(MySQLError) {
      let account = try await Self.account(of: connection)
      write("login", "accepted" + (account.map { " as the account \($0)" } ?? ""))
      if let account, account.hasPrefix("''@"), !settings.user.isEmpty {
        output.write(text: "          This is the anonymous account, and not that of '\(settings.user)'.\n")
      }
    } catch {
      throw Diagnosis(afterLogin: error, user: settings.user)
    }
    if let database = settings.database {
      do throws(MySQLError) {
        try await connection.useDatabase(database)
      } catch {
        throw Diagnosis(database: error, name: database, user: settings.user)
      }
      write("database", "\(database) is there")
    }
    warnOfUnprovedServer(connection)
    do throws(MySQLError) {
      write("speed", try await roundTrips(connection))
    } catch {
      throw Diagnosis(afterLogin: error, user: settings.user)
    }
  }

  /// Warns if nothing proved the server's identity. TLS with any certificate keeps eavesdroppers out, but not an
  /// attacker that answers in the server's place.
  private func warnOfUnprovedServer(_ connection: MySQLConnection) {
    guard let tls = connection.server.tls, !tls.isVerified else { return }
    write(
      "WARNING", "TLS is on, but nothing proved that this is the server, and it may have got the password.")
    output.write(
      text: """
                  If you know that this is the server, make sure of it from now on: --ssl-fingerprint=\(tls.fingerprint)
                  (in a URL ssl-fingerprint=\(tls.fingerprint)), or use --ssl-mode=verify-identity

        """)
  }

  private func roundTrips(_ connection: MySQLConnection) async throws(MySQLError) -> String {
    var times: [Duration] = []
    for _ in 1...9 {
      let start = ContinuousClock().now
      try await connection.ping()
      times.append(ContinuousClock().now - start)
    }
    times.sort()
    return "a round trip takes \(Self.milliseconds(times[4])) ms (\(Self.milliseconds(times[0])) to "
      + "\(Self.milliseconds(times[8])))"
  }

  private static func milliseconds(_ time: Duration) -> String {
    String(
      format: "%.2f", Double(time.components.attoseconds) / 1e15 + Double(time.components.seconds) * 1000)
  }

  /// Returns the account that accepts the user without a password, if it is an anonymous one.
  private func anonymousAccount(_ settings: MySQLConfiguration) async -> String? {
    var bare = settings
    bare.password = nil
    guard let connection = try? await MySQLConnection.connect(bare) else { return nil }
    let account = try? await Self.account(of: connection)
    await connection.close()
    return account.flatMap { $0.hasPrefix("''@") ? $0 : nil }
  }

  /// Returns the account of a connection, as SQL writes it; nil if the server has no accounts of this kind.
  ///
  /// - Throws: The error because of which no statement can be run at all.
  private static func account(of connection: MySQLConnection) async throws(MySQLError) -> String? {
    let rows: [MySQLRow]
    do throws(MySQLError) {
      rows = try await connection.query("SELECT CURRENT_USER()").collect()
    } catch {
      guard error.kind == .server, ![.sessionAborted, .mustChangePassword].contains(error.server?.code) else {
        throw error
      }
      return nil
    }
    guard let name = try? rows.first?.decode(String.self), let at = name.lastIndex(of: "@") else {
      return nil
    }
    return "\(String(name[..<at]).sqlString)@\(String(name[name.index(after: at)...]).sqlString)"
  }
}
