import MySQL
import Testing

extension LiveServer {
  /// The servers whose certificates are known.
  static let certified = all.filter { $0.certificates != nil }

  /// Settings that trust the authority of this server's certificate.
  func tls(_ mode: MySQLTLS.Mode) -> MySQLTLS {
    var tls = MySQLTLS(mode: mode)
    tls.caFile = certificates.map { $0 + "/ca.pem" }
    return tls
  }

  func refusal(_ change: (inout MySQLConfiguration) -> Void) async throws -> MySQLError {
    let settings = try configuration(change)
    let error = await #expect(throws: MySQLError.self) { try await MySQLConnection.connect(settings) }
    #expect(error?.kind == .tls)
    #expect(error?.isRetryable == false)
    return try #require(error)
  }
}
