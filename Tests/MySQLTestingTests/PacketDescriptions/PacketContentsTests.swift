import MySQLTesting
import MySQLWire
import Testing

/// The fields of packets, and the bytes that they take.
@Suite(.busy) struct PacketContentsTests {
  /// Calls the closure with each packet of each capture, and the place of its first byte in its direction.
  private func forEachPacket(
    _ body: (String, DescribedPacket, PacketContents, _ stream: ArraySlice<UInt8>) -> Void
  ) throws {
    for name in Fixtures.names {
      for conversation in try Captures.load(name).conversations {
        var describer = PacketDescriber(keepsContents: true)
        var places: [StreamDirection: Int] = [:]
        let streams: [StreamDirection: [UInt8]] = [
          .client: conversation.clientBytes, .server: conversation.serverBytes,
        ]
        for turn in conversation.turns {
          for packet in describer.receive(turn.bytes, from: turn.direction) {
            guard let contents = packet.contents, let stream = streams[packet.direction] else { continue }
            let place = places[packet.direction, default: 0]
            body(name, packet, contents, stream[place...])
            places[packet.direction] = place + packet.size + headerSize(packet.kind)
          }
        }
      }
    }
  }

  /// Checks what an expectation would, which takes too long for hundreds of thousands of fields.
  private func check(_ isTrue: Bool, _ text: @autoclosure () -> String) {
    if !isTrue { Issue.record(Comment(rawValue: text())) }
  }

  private func headerSize(_ kind: String) -> Int { kind == "TLS" ? 5 : kind == "compressed" ? 7 : 4 }

  @Test func theFieldsOfEveryPacketCoverItsBytes() throws {
    var count = 0
    try forEachPacket { name, packet, contents, _ in
      count += 1
      var end = 0
      for field in contents.fields {
        check(field.bytes.lowerBound == end, "\(name): \(packet): \(field)")
        end = field.bytes.upperBound
        check(field.name != "Not taken apart", "\(name): \(packet): \(field)")
      }
      #expect(end == contents.size || contents.fieldsLeftOut > 0, "\(name): \(packet)")
      #expect(contents.fields.count <= PacketContents.mostFields)
    }
    #expect(count > 20_000)
  }

  @Test func thePageHasTheBytesOfThePacketApartFromSecrets() throws {
    var hidden = 0
    try forEachPacket { name, packet, contents, stream in
      #expect(contents.bytes.count <= PacketContents.mostBytes)
      var expected = Array(stream.prefix(contents.bytes.count))
      for range in contents.secrets {
        hidden += range.count
        for index in range { expected[index] = 0 }
      }
      #expect(contents.bytes == expected, "\(name): \(packet)")
    }
    #expect(hidden > 10_000)
  }

  /// A field of text has its text in its bytes, and a number its value.
  @Test func theValuesAreThoseOfTheBytes() throws {
    var texts = 0
    var numbers = 0
    try forEachPacket { name, packet, contents, _ in
      for field in contents.fields where field.bytes.upperBound <= contents.bytes.count && !field.isSecret {
        let bytes = Array(contents.bytes[field.bytes])
        switch field.form {
        case .nullTerminated where field.value != "(empty)":
          texts += 1
          check(Array(field.value.utf8) + [0] == bytes, "\(name): \(field)")
        case .integer where Int(field.value) != nil:
          numbers += 1
          let number = bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
          check(Int(field.value) == number, "\(name): \(field)")
        case .rest
        where field.name == "Statement" && !bytes.isEmpty && bytes.allSatisfy { 0x20..<0x7F ~= $0 }:
          texts += 1
          #expect(Array(field.value.utf8) == bytes, "\(name): \(field)")
        default: break
        }
      }
    }
    #expect(texts > 1000 && numbers > 20_000, "\(texts), \(numbers)")
  }

  @Test func keepingContentsChangesNoWord() throws {
    for name in Fixtures.names {
      for conversation in try Captures.load(name).conversations {
        var describer = PacketDescriber(keepsContents: true)
        var packets: [DescribedPacket] = []
        for turn in conversation.turns { packets += describer.receive(turn.bytes, from: turn.direction) }
        for index in packets.indices { packets[index].contents = nil }
        #expect(packets == conversation.described, "\(name)")
      }
    }
  }

  /// Returns a describer whose client has logged in.
  private func loggedIn() throws -> PacketDescriber {
    let name = try #require(Captures.readable.first { $0.contains("mariadb-login-native") })
    let conversation = try #require(try Captures.load(name).conversations.first)
    var describer = PacketDescriber(keepsContents: true)
    for turn in conversation.turns.prefix(3) { _ = describer.receive(turn.bytes, from: turn.direction) }
    return describer
  }

  /// Each of these payloads has a secret, and none of its bytes may stay.
  @Test func noByteOfASecretStays() throws {
    for statement in [
      "ALTER USER a IDENTIFIED BY 'geheim'", "SET @x = 'geheim'", "SET PASSWORD = PASSWORD('geheim')",
      "CREATE SERVER s OPTIONS (URL 'mysql://u:geheim@h')", "SELECT 1 /* password geheim */",
    ] {
      var describer = try loggedIn()
      let error: [UInt8] = [0xFF, 0x28, 0x04] + Array("#42000near 'geheim'".utf8)
      let packets =
        describer.receive(framed([3] + Array(statement.utf8)), from: .client)
        + describer.receive(framed(error, sequence: 1), from: .server)
      #expect(packets.map(\.kind) == ["COM_QUERY", "ERR"])
      for packet in packets {
        let contents = try #require(packet.contents)
        #expect(!String(decoding: contents.bytes, as: UTF8.self).contains("geheim"), "\(packet)")
        #expect(!contents.fields.contains { $0.value.contains("geheim") }, "\(packet)")
        #expect(contents.fields.contains { $0.isSecret && $0.value.contains("•••") }, "\(packet)")
      }
      // What is not secret stays.
      let kept = try #require(packets[0].contents?.bytes)
      #expect(String(decoding: kept, as: UTF8.self).contains(statement.prefix(6)))
    }
  }

  /// A statement that is executed before the server has replied to its preparation, and a command that holds a
  /// password and that this library does not send.
  @Test func noParameterAndNoUnknownCommandShowsASecret() throws {
    var describer = try loggedIn()
    let text = Array("geheim".utf8)
    let execution: [UInt8] =
      [0x17, 255, 255, 255, 255, 0, 1, 0, 0, 0, 0, 1, 0xFD, 0] + [UInt8(text.count)] + text
    let packets =
      describer.receive(framed([0x16] + Array("ALTER USER a IDENTIFIED BY ?".utf8)), from: .client)
      + describer.receive(framed(execution), from: .client)
      + describer.receive(framed([0x15, 1, 0, 0, 0] + text), from: .client)
    #expect(packets.map(\.kind) == ["COM_STMT_PREPARE", "COM_STMT_EXECUTE", "COM_REGISTER_REPLICA"])
    for packet in packets {
      let contents = try #require(packet.contents)
      #expect(!"\(packet)".contains("geheim") && !contents.fields.contains { $0.value.contains("geheim") })
      #expect(!String(decoding: contents.bytes, as: UTF8.self).contains("geheim"), "\(packet)")
    }
  }

  @Test func theSessionFollowsThePackets() throws {
    let name = try #require(Captures.readable.first { $0 == "mariadb-cli" })
    let conversation = try #require(try Captures.load(name).conversations.first)
    var describer = PacketDescriber(keepsContents: true)
    var states: [SessionState] = []
    for turn in conversation.turns {
      states += describer.receive(turn.bytes, from: turn.direction).compactMap { $0.contents?.session }
    }
    #expect(states.first?.phase == .login && states.first?.user == nil)
    let end = try #require(states.last)
    #expect(end.phase == .commands && end.user == "app_user" && end.database == "fixtures")
    #expect(end.isAutocommit == true && end.isInTransaction == false && end.unanswered == 0)
    #expect(states.contains { $0.unanswered == 1 })
  }
}
