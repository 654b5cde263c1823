import Foundation
import MySQLTesting
import Testing

extension Demo {
  @Suite struct SharkAgreement {
    @Test(.enabled(if: Shark.isInstalled, "tshark is not installed (Debian: tshark)"))
    func agreesWithTSharkAboutEveryPacket() throws {
      let dissected = try Shark.dissect(Self.paths())
      var judged = 0
      for (conversation, theirs) in zip(try Self.conversations(), dissected) {
        #expect(conversation.client.port == theirs.clientPort)
        for direction in [StreamDirection.client, .server] {
          let own = conversation.described.filter { $0.direction == direction && $0.isPlain }
          let other = theirs.packets.filter { $0.isFromClient == (direction == .client) }
          guard own.count == other.count || conversation.isUnreadable else {
            Issue.record("\(own.count) packets from \(conversation.client), and not \(other.count)")
            continue
          }
          for (packet, shark) in zip(own, other) where packet.isJudged {
            judged += 1
            #expect(packet.sequence == shark.sequence, "\(packet)")
            #expect(shark.agrees(with: packet), "\(packet), and not \(shark)")
            if let statement = packet.statement, let sql = shark.statement {
              // The names of query attributes make tshark begin too late.
              let isCut = packet.fields.contains("attributes=") && statement.hasSuffix(sql)
              #expect(statement == StatementSecrets.masked(sql) || isCut, "\(packet)")
            }
          }
        }
      }
      #expect(judged > 19_000 / Fixtures.stride)
    }

    private static func paths() -> [String] {
      Fixtures.sample.map(Fixtures.capturePath)
    }

    /// Returns the conversations in the order of their first packets, which is how tshark counts them.
    private static func conversations() throws -> [CaptureFile.Conversation] {
      try paths().flatMap { try CaptureFile(path: $0).conversations }
        .sorted { ($0.turns.first?.time ?? .zero) < ($1.turns.first?.time ?? .zero) }
    }
  }
}

extension DescribedPacket {
  /// Whether it is a packet of the protocol, rather than TLS or compressed data.
  fileprivate var isPlain: Bool { sequence != nil && kind != "compressed" }

  /// Whether tshark (4.0) can tell what it is. It mistakes the client's responses in a login and the pieces of
  /// a file for commands, and AuthMoreData for AuthSwitchRequest.
  fileprivate var isJudged: Bool {
    !["AuthResponse", "AuthMoreData", "AuthNextFactor", "FileData", "FileEnd", "LocalInfileRequest"]
      .contains(kind) && !["Statistics", "Progress", "continuation"].contains(kind)
  }
}

extension CaptureFile.Conversation {
  fileprivate var isUnreadable: Bool { described.contains { $0.kind == "TLS" || $0.kind == "compressed" } }
}
