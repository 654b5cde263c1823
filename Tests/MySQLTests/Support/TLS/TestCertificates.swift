import Foundation
import MySQL

/// Certificates that the tests make themselves, with the `openssl` command.
struct TestCertificates: Sendable {
  static let shared: TestCertificates? = try? TestCertificates()

  private let folder: URL

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  var authority: String { path("ca.pem") }

  private init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("tls-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try OpenSSLCommand.run(Self.script, in: folder)
    Self.removeAtExit(folder)
  }

  /// Returns the fingerprint that the `openssl` command prints.
  func fingerprint(_ name: String) throws -> MySQLTLS.Fingerprint? {
    let line = try OpenSSLCommand.run("openssl x509 -in \(name) -noout -fingerprint -sha256", in: folder)
    return MySQLTLS.Fingerprint(line.split(separator: "=").last?.trimmingCharacters(in: .newlines) ?? "")
  }

  private static func removeAtExit(_ folder: URL) {
    setenv("TLS_TEST_FOLDER", folder.path, 1)
    atexit {
      if let path = getenv("TLS_TEST_FOLDER") {
        try? FileManager.default.removeItem(atPath: String(cString: path))
      }
    }
  }

  /// The last name but one contains a NUL, which ends it for code that takes it for a C string.
  private static let script = """
    key='-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'
    for ca in ca other-ca; do
      openssl req -x509 $key -keyout $ca-key.pem -out $ca.pem -days 2 -subj "/CN=$ca"
    done
    make() {
      openssl req $key -keyout $1-key.pem -out $1.csr -subj "/CN=$1"
      echo "subjectAltName=$2" > $1.ext
      openssl x509 -req -in $1.csr -out $1.pem -days $3 -CA ca.pem -CAkey ca-key.pem -CAcreateserial -extfile $1.ext
    }
    make server DNS:localhost,IP:127.0.0.1,IP:::1 2
    make wildcard DNS:*.example.com 2
    make expired DNS:localhost,IP:127.0.0.1 -1
    make nul DER:30:14:82:12:6c:6f:63:61:6c:68:6f:73:74:00:2e:65:76:69:6c:2e:69:74 2
    make client DNS:client 2
    openssl pkey -in client-key.pem -aes256 -passout pass:canary -out encrypted-key.pem
    """
}
