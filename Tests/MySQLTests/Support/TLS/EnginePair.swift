import Testing

@testable import MySQL

/// Both sides of a connection.
final class EnginePair {
  var client: any TLSEngine & ~Copyable
  let server: ServerEngine
  private(set) var peer: MySQLTLS.Info?
  private(set) var hasEnded = false

  init(newest: CLong = 0x304, _ change: (inout MySQLTLS) -> Void = { _ in }) throws {
    server = try ServerEngine(newest: newest)
    var configuration = MySQLConfiguration()
    configuration.tls.mode = .verifyIdentity
    configuration.tls.caFile = TestCertificates.shared?.authority
    change(&configuration.tls)
    guard let setup = try TLSSetup(configuration) else { throw ServerEngine.Failure() }
    client = try setup.makeEngine()
  }

  /// Exchanges pieces until both sides are done.
  func shakeHands(pieces: Int = 1 << 20) throws {
    var isServerDone = false
    for _ in 0..<10 where peer == nil || !isServerDone {
      if peer == nil { peer = try client.handshake() }
      server.receive(client.takeCiphertext())
      if !isServerDone { isServerDone = server.handshake() }
      let bytes = server.takeCiphertext()
      for start in stride(from: 0, to: bytes.count, by: pieces) {
        client.receiveAll(Array(bytes[start..<min(start + pieces, bytes.count)]))
        if peer == nil { peer = try client.handshake() }
      }
    }
    #expect(peer != nil && isServerDone)
  }

  /// Feeds the client everything that the server has put out, and returns what the client reads.
  func hear(pieces: Int = 1 << 20) throws -> [UInt8] {
    let bytes = server.takeCiphertext()
    var heard: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: pieces) {
      heard += try hear(Array(bytes[start..<min(start + pieces, bytes.count)]))
    }
    return heard
  }

  func hear(_ ciphertext: some Collection<UInt8>) throws -> [UInt8] {
    client.receiveAll(Array(ciphertext))
    var heard: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 5000)
    while true {
      let arrival = try buffer.withUnsafeMutableBytes { try client.read(into: $0) }
      guard case .bytes(let count) = arrival, count > 0 else {
        if case .end = arrival { hasEnded = true }
        return heard
      }
      heard += buffer.prefix(count)
    }
  }

  func say(_ bytes: [UInt8], pieces: Int = 1 << 20) throws {
    try bytes.withUnsafeBytes { try client.write($0) }
    let ciphertext = client.takeCiphertext()
    for start in stride(from: 0, to: ciphertext.count, by: pieces) {
      server.receive(Array(ciphertext[start..<min(start + pieces, ciphertext.count)]))
    }
  }

  func close() { client.close() }
  func takeCiphertext() -> [UInt8] { client.takeCiphertext() }
}

extension TLSEngine where Self: ~Copyable {
  mutating func receiveAll(_ bytes: [UInt8]) { bytes.withUnsafeBytes { receive($0) } }
}
