import Testing

@testable import MySQL

/// The records of the engine alone, against a server's side in the same process.
@Suite(.busy, .openSSL) struct EngineTests {
  private static let versions: [CLong] = [0x303, 0x304]
  private static let text = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }

  @Test(arguments: versions, [1, 7, 1 << 20]) func bytesMayComeInAnyPieces(version: CLong, size: Int) throws {
    let pair = try EnginePair(newest: version)
    try pair.shakeHands(pieces: size)
    #expect(pair.peer?.version == (version == 0x304 ? "TLSv1.3" : "TLSv1.2"))
    #expect(pair.peer?.isVerified == true)
    pair.server.write(Self.text)
    #expect(try pair.hear(pieces: size) == Self.text)
    try pair.say(Self.text, pieces: size)
    #expect(pair.server.read() == Self.text)
  }

  @Test func nothingOfARecordIsGivenOutBeforeItsLastByte() throws {
    let pair = try EnginePair()
    try pair.shakeHands()
    pair.server.write(Array(Self.text.prefix(1000)))
    let record = pair.server.takeCiphertext()
    for byte in record.dropLast() { #expect(try pair.hear([byte]) == []) }
    #expect(try pair.hear(record.suffix(1)) == Array(Self.text.prefix(1000)))
  }

  @Test(arguments: versions) func aDamagedRecordIsNeverGivenOut(version: CLong) throws {
    for position in 0..<1030 where position % 13 < 5 {
      let pair = try EnginePair(newest: version)
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
    let pair = try EnginePair()
    try pair.shakeHands()
    pair.server.write([1, 2, 3])
    let record = pair.server.takeCiphertext()
    #expect(try pair.hear(record) == [1, 2, 3])
    #expect(throws: TLSFailure.self) { try pair.hear(record) }
  }

  @Test func keysMayChangeDuringAConnection() throws {
    let pair = try EnginePair()
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

  @Test func bytesBeforeTheEndAreRead() throws {
    let pair = try EnginePair()
    try pair.shakeHands()
    pair.server.write([1, 2, 3])
    pair.server.close()
    #expect(try pair.hear() == [1, 2, 3])
    #expect(pair.hasEnded)
  }
}
