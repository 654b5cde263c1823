import MySQLTesting
import Testing

@testable import MySQL

/// The engine alone, against a server's side in the same process.
@Suite(.busy, .openSSL) struct EngineTests {
  private static let versions: [CLong] = [0x303, 0x304]
  private static let text = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }

  @Test(arguments: versions, [1, 7, 1 << 20]) func bytesMayComeInAnyPieces(version: CLong, size: Int) throws {
    let pair = try Pair(newest: version)
    try pair.shakeHands(pieces: size)
    #expect(pair.peer?.version == (version == 0x304 ? "TLSv1.3" : "TLSv1.2"))
    #expect(pair.peer?.isVerified == true)
    pair.server.write(Self.text)
    #expect(try pair.hear(pieces: size) == Self.text)
    try pair.say(Self.text, pieces: size)
    #expect(pair.server.read() == Self.text)
  }

  @Test func nothingOfARecordIsGivenOutBeforeItsLastByte() throws {
    let pair = try Pair()
    try pair.shakeHands()
    pair.server.write(Array(Self.text.prefix(1000)))
    let record = pair.server.takeCiphertext()
    for byte in record.dropLast() { #expect(try pair.hear([byte]) == []) }
    #expect(try pair.hear(record.suffix(1)) == Array(Self.text.prefix(1000)))
  }

  @Test(arguments: versions) func aDamagedRecordIsNeverGivenOut(version: CLong) throws {
    for position in 0..<1030 where position % 13 < 5 {
      let pair = try Pair(newest: version)
      try pair.shakeHands()
      _ = pair.server.takeCiphertext()
      pair.server.write(Array(Self.text.prefix(1000)))
      var record = pair.server.takeCiphertext()
      guard position < record.count else { return }
      record[position] ^= 0x10
      // If a length has become larger, the engine waits for the rest; it detects everything else.
      let plaintext = try? pair.hear(record)
      #expect(plaintext == nil || plaintext == [], "\(position)")
    }
  }

  @Test func aRecordThatComesTwiceIsNoticed() throws {
    let pair = try Pair()
    try pair.shakeHands()
    pair.server.write([1, 2, 3])
    let record = pair.server.takeCiphertext()
    #expect(try pair.hear(record) == [1, 2, 3])
    #expect(throws: TLSFailure.self) { try pair.hear(record) }
  }

  @Test func keysAreChangedOnTheWay() throws {
    let pair = try Pair()
    try pair.shakeHands()
    for round in 0..<20 {
      pair.server.demandKeyUpdate()
      pair.server.write([UInt8(round)])
      #expect(try pair.hear() == [UInt8(round)])
      // The answer to the demand is sent before what the client says next.
      try pair.say([UInt8(round), 1])
      #expect(pair.server.read() == [UInt8(round), 1])
    }
  }

  @Test func whatWasSaidBeforeTheEndIsHeard() throws {
    let pair = try Pair()
    try pair.shakeHands()
    pair.server.write([1, 2, 3])
    pair.server.close()
    #expect(try pair.hear() == [1, 2, 3])
    #expect(pair.hasEnded)
  }

  @Test func theServerHearsAGoodbyeAndWhyItIsRefused() throws {
    let pair = try Pair()
    try pair.shakeHands()
    pair.close()
    #expect(!pair.takeCiphertext().isEmpty)
    pair.close()
    #expect(pair.takeCiphertext().isEmpty)

    let refused = try Pair { $0.serverName = "other" }
    let failure = #expect(throws: TLSFailure.self) { try refused.shakeHands() }
    #expect(
      failure
        == .certificate(
          .wrongName(
            wanted: "other", found: "DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1")))
    let alert = refused.takeCiphertext()
    #expect(!alert.isEmpty)
    refused.server.receive(alert)
    #expect(!refused.server.handshake())
  }

  @Test func noiseNeverPassesForAHandshake() throws {
    var random = SeededGenerator(seed: 4)
    for _ in 0..<500 {
      let pair = try Pair()
      var noise = (0..<200).map { _ in UInt8.random(in: .min ... .max, using: &random) }
      // Half of them look like a record with a ServerHello in it.
      if Bool.random(using: &random) { noise.replaceSubrange(..<6, with: [22, 3, 3, 0, 100, 2]) }
      var isDone = false
      do throws(TLSFailure) {
        pair.client.receiveAll(noise)
        isDone = try pair.client.handshake() != nil
      } catch {}
      #expect(!isDone)
    }
  }

  /// This decides whether a password may be sent as it is.
  @Test func onlyProofCountsAsVerified() throws {
    let fingerprint = try TestCertificates.shared?.fingerprint("server.pem")
    for (mode, pin, isVerified) in [
      (.preferred, nil, false), (.required, nil, false), (.required, fingerprint, true),
      (.verifyCA, nil, true),
      (.verifyIdentity, nil, true),
    ] as [(MySQLTLSMode, MySQLFingerprint?, Bool)] {
      let pair = try Pair {
        $0.mode = mode
        $0.fingerprint = pin
      }
      try pair.shakeHands()
      #expect(pair.peer?.isVerified == isVerified, "\(mode)")
    }
    // Anybody can get a certificate from one of the system's authorities.
    var settings = MySQLTLS(mode: .verifyCA)
    let library = try OpenSSL.system.get()
    #expect(try !OpenSSLContext(library, settings, .verifyCA).provesIdentity)
    settings.fingerprint = fingerprint
    #expect(try OpenSSLContext(library, settings, .verifyCA).provesIdentity)
  }

  @Test func onlyNamesAreToldToTheServer() throws {
    for (name, isTold) in [
      ("localhost", true), ("127.0.0.1", false), ("::1", false), ("db.example.com", true),
    ] {
      let pair = try Pair { $0.serverName = name }
      _ = try pair.client.handshake()
      let hello = pair.client.takeCiphertext()
      #expect(hello.contains(Array(name.utf8)) == isTold, "\(name)")
    }
  }

  @Test func withoutALibraryOnlyWhatPrefersTLSGoesOn() throws {
    let missing = Result<OpenSSL, OpenSSL.Missing>.failure(OpenSSL.Missing(reason: "no such file"))
    var configuration = MySQLConfiguration()
    for mode in [MySQLTLSMode.disabled, .preferred] {
      configuration.tls.mode = mode
      #expect(try TLSSetup(configuration, by: missing) == nil)
    }
    for mode in [MySQLTLSMode.required, .verifyCA, .verifyIdentity] {
      configuration.tls.mode = mode
      let error = #expect(throws: MySQLError.self) { try TLSSetup(configuration, by: missing) }
      #expect(error?.kind == .tls)
      #expect(error?.description.contains("install the package libssl3") == true)
    }
  }

  @Test func aMissingLibrarySaysWhichFilesWereTried() {
    let names = [OpenSSL.Names(ssl: "libssl.so.99", crypto: "libcrypto.so.99")]
    let error = #expect(throws: OpenSSL.Missing.self) { try OpenSSL(anyOf: names) }
    #expect(error?.reason.contains("libssl.so.99") == true)
    // A library that exists, but is not OpenSSL.
    let other = [OpenSSL.Names(ssl: "libc.so.6", crypto: "libc.so.6")]
    let incomplete = #expect(throws: OpenSSL.Missing.self) { try OpenSSL(anyOf: other) }
    #expect(incomplete?.reason.contains("OpenSSL_version_num") == true)
    #expect(throws: Never.self) { try OpenSSL(anyOf: names + Platform.openSSLNames) }
  }
}

/// Both sides of a connection.
private final class Pair {
  var client: any TLSEngine & ~Copyable
  let server: ServerEngine
  private(set) var peer: MySQLTLSInfo?
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
  fileprivate mutating func receiveAll(_ bytes: [UInt8]) { bytes.withUnsafeBytes { receive($0) } }
}
