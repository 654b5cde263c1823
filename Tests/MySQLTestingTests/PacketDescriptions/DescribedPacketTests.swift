import MySQLTesting
import Testing

@Suite(.busy) struct DescribedPacketTests {
  @Test func saysWhatEveryPacketOfEveryCaptureIs() throws {
    var kinds: [String: Int] = [:]
    for name in Fixtures.names {
      for conversation in try Captures.load(name).conversations {
        for packet in conversation.described {
          kinds[packet.kind, default: 0] += 1
          let isNamed = packet.kind.first?.isLetter == true
          let isUnnamed = ["malformed", "bytes", "gap"].contains { packet.kind == $0 }
          #expect(isNamed && !isUnnamed && !packet.kind.hasPrefix("command "), "\(name): \(packet)")
        }
      }
    }
    // Most kinds there are; the captures have them all.
    for kind in ["Greeting", "SSLRequest", "TLS", "compressed", "AuthNextFactor", "Progress", "FileData"] {
      #expect(kinds[kind, default: 0] > 0, "\(kind)")
    }
    #expect(kinds.count >= 35)
  }

  /// Whatever is in a capture, a line stays a line, and nothing controls the terminal.
  @Test func printsNoControlCharacters() throws {
    let hostile = "8.0\u{1B}]0;X\u{7}\n\u{9B}31m\u{202E}"
    var greeting: [UInt8] = [10] + Array(hostile.utf8) + [0, 1, 0, 0, 0]
    greeting += [UInt8](repeating: 65, count: 8) + [0, 0xFF, 0xF7, 45, 2, 0, 0xFF, 0xC3, 21]
    greeting += [UInt8](repeating: 0, count: 10) + [UInt8](repeating: 65, count: 12) + [0]
    greeting += Array("plug\u{1B}[2Jin".utf8) + [0]
    let error: [UInt8] = [0xFF, 0x15, 4] + Array("#\u{1B}[1m!no\u{1B}[0m".utf8)
    var describer = PacketDescriber()
    var packets = describer.receive(framed(greeting), from: .server)
    packets += describer.receive(framed(error, sequence: 2), from: .server)
    #expect(packets.map(\.kind) == ["Greeting", "ERR"])
    for packet in packets {
      let text = packet.description
      #expect(
        !text.unicodeScalars.contains { $0.value < 0x20 || 0x7F...0x9F ~= $0.value || $0 == "\u{202E}" })
      #expect(text.contains("\\x1b"))
    }
  }
}
