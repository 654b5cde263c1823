import MySQLTesting
import MySQLWire
import Testing

/// What describing a stream costs, in processor time of this thread.
@Suite(.busy) struct PacketDescriberTests {
  /// Returns a describer that considers its client logged in.
  private func describer() throws -> PacketDescriber {
    var describer = PacketDescriber()
    let name = try #require(Captures.readable.first { $0.contains("mariadb") })
    let conversation = try #require(try Captures.load(name).conversations.first)
    for turn in conversation.turns where turn.missingBefore == 0 {
      let packets = describer.receive(turn.bytes, from: turn.direction)
      if packets.contains(where: { $0.kind == "OK" }) { return describer }
    }
    throw TestServerError.notReplayable("no login in the capture")
  }

  /// The words that tell of a password are masked with it, and the server repeats a part of the statement.
  @Test func anErrorDoesNotRepeatWhatWasMasked() throws {
    var describer = try describer()
    let statement = "PREPARE s FROM 'ALTER USER a IDENTIFIED BI ''geheim'''"
    var text = ""
    describer.receive(framed([3] + Array(statement.utf8)), from: .client) { text += "\($0)\n" }
    let error: [UInt8] = [0xFF, 0x28, 0x04] + Array("#42000near 'IDENTIFIED BI 'geheim''".utf8)
    describer.receive(framed(error, sequence: 1), from: .server) { text += "\($0)\n" }
    #expect(text.contains("1064") && !text.contains("geheim"), "\(text)")
  }

  @Test(.notUnder(.address, .thread)) func takesTimeInProportionToTheBytes() throws {
    // One turn of many commands, and one of their answers: COM_STATISTICS has an answer of one packet, whatever is in
    // it.
    func time(packets: Int) throws -> Duration {
      var describer = try describer()
      let commands = (0..<packets).flatMap { _ in framed([0x09]) }
      let answers = (0..<packets).flatMap { _ in framed(Array("Uptime: 7".utf8), sequence: 1) }
      var kinds: [String: Int] = [:]
      let time = processorTime {
        describer.receive(commands, from: .client) { kinds[$0.kind, default: 0] += 1 }
        describer.receive(answers, from: .server) { kinds[$0.kind, default: 0] += 1 }
      }
      #expect(kinds == ["COM_STATISTICS": packets, "Statistics": packets])
      return time
    }
    _ = try time(packets: 1000)
    let (short, long) = (try time(packets: 10_000), try time(packets: 80_000))
    // Eight times as many packets; quadratic code would take 64 times as long.
    #expect(long < short * 24, "\(short) and \(long)")
  }

  /// A sanitizer would take half a minute.
  @Test(.notUnder(.address, .thread)) func takesWhatComesInPiecesOnce() throws {
    // A payload of more than 16 MiB.
    let full = PacketFramer.fullPacket
    let bytes =
      framed([3] + [UInt8](repeating: 0x20, count: full - 1)) + framed(Array("SELECT 1".utf8), sequence: 1)
    func time(pieces size: Int) throws -> Duration {
      var describer = try describer()
      var kinds: [String] = []
      let time = processorTime {
        var rest = bytes[...]
        while !rest.isEmpty {
          describer.receive(rest.prefix(size), from: .client) { kinds.append($0.kind) }
          rest = rest.dropFirst(size)
        }
      }
      #expect(kinds == ["COM_QUERY", "continuation"])
      return time
    }
    // All at once, and as a network brings it.
    let (whole, inPieces) = (try time(pieces: bytes.count), try time(pieces: 1460))
    // Code that copied with each piece what had already arrived would copy 90 GiB.
    #expect(inPieces < whole * 8, "\(whole) at once, \(inPieces) in pieces")
  }
}
