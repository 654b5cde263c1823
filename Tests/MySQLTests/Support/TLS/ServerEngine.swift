@testable import MySQL

/// The server's side of TLS, without any I/O, implemented with the same library.
final class ServerEngine {
  private let library: OpenSSL
  private let keyUpdate: @convention(c) (OpaquePointer?, CInt) -> CInt
  private let connection: OpaquePointer
  private let inbound: OpaquePointer
  private let outbound: OpaquePointer

  struct Failure: Error {}

  init(_ certificate: String = "server", newest: CLong = 0x304) throws {
    let library = try OpenSSL.system.get()
    self.library = library
    guard let certificates = TestCertificates.shared,
      let symbols = OpenSSL.names.lazy.compactMap({ try? OpenSSL.Symbols($0) }).first
    else { throw Failure() }
    let method: @convention(c) () -> OpaquePointer? = try symbols.find("TLS_server_method")
    let setAcceptState: @convention(c) (OpaquePointer?) -> Void = try symbols.find("SSL_set_accept_state")
    keyUpdate = try symbols.find("SSL_key_update")
    let context = library.contextNew(method())
    defer { library.contextFree(context) }
    _ = library.contextControl(context, 124, newest, nil)
    guard library.contextUseCertificateFile(context, certificates.path(certificate + ".pem")) == 1,
      library.contextUseKeyFile(context, certificates.path(certificate + "-key.pem"), 1) == 1,
      let connection = library.new(context), let inbound = library.queueNew(library.queueMethod()),
      let outbound = library.queueNew(library.queueMethod())
    else { throw Failure() }
    library.setQueues(connection, inbound, outbound)
    setAcceptState(connection)
    (self.connection, self.inbound, self.outbound) = (connection, inbound, outbound)
  }

  deinit { library.free(connection) }

  func receive(_ bytes: [UInt8]) {
    _ = bytes.withUnsafeBytes { library.queueWrite(inbound, $0.baseAddress, CInt($0.count)) }
  }

  func takeCiphertext() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: library.queueCount(outbound))
    _ = bytes.withUnsafeMutableBytes { library.queueRead(outbound, $0.baseAddress, CInt($0.count)) }
    return bytes
  }

  /// Continues the handshake, and returns whether it is done.
  func handshake() -> Bool {
    library.clearErrors()
    return library.doHandshake(connection) == 1
  }

  func write(_ bytes: [UInt8]) {
    library.clearErrors()
    _ = bytes.withUnsafeBytes { library.write(connection, $0.baseAddress, CInt($0.count)) }
  }

  func read() -> [UInt8] {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    while true {
      library.clearErrors()
      let count = buffer.withUnsafeMutableBytes { library.read(connection, $0.baseAddress, CInt($0.count)) }
      guard count > 0 else { return all }
      all += buffer.prefix(Int(count))
    }
  }

  /// Changes its own key with the next record, and demands the same of the client.
  func demandKeyUpdate() { _ = keyUpdate(connection, 1) }

  func close() { _ = library.shutdown(connection) }
}
