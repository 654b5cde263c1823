import Foundation
import MySQLTesting
import Testing

extension Demo {
  @Suite struct Decoding {
    @Test func saysWhatEveryPacketOfEveryCaptureIs() throws {
      var kinds: [String: Int] = [:]
      for path in try Captures.paths() {
        for conversation in try CaptureFile(path: path).conversations {
          for packet in conversation.described {
            kinds[packet.kind, default: 0] += 1
            let isNamed = packet.kind.first?.isLetter == true
            let isUnnamed = ["malformed", "bytes", "gap"].contains { packet.kind == $0 }
            #expect(isNamed && !isUnnamed && !packet.kind.hasPrefix("command "), "\(path): \(packet)")
          }
        }
      }
      // Most kinds there are; the captures have them all.
      for kind in ["Greeting", "SSLRequest", "TLS", "compressed", "AuthNextFactor", "Progress", "FileData"] {
        #expect(kinds[kind, default: 0] > 0, "\(kind)")
      }
      #expect(kinds.count >= 35)
    }

    @Test func printsEveryCaptureWithoutAPassword() throws {
      let passwords = try Captures.passwords()
      #expect(!passwords.isEmpty)
      let run = try CommandRun.of(CommandRun.demo, ["decode"] + Captures.paths())
      #expect(run.exitCode == 0)
      #expect(run.errorText.isEmpty)
      #expect(run.outputText.split(separator: "\n").count > 20_000)
      for password in passwords {
        #expect(!run.outputText.contains(password), "\(password)")
      }
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
      var packets = describer.receive(Self.packet(0, greeting), from: .server)
      packets += describer.receive(Self.packet(2, error), from: .server)
      #expect(packets.map(\.kind) == ["Greeting", "ERR"])
      for packet in packets {
        let text = packet.description
        #expect(
          !text.unicodeScalars.contains { $0.value < 0x20 || 0x7F...0x9F ~= $0.value || $0 == "\u{202E}" })
        #expect(text.contains("\\x1b"))
      }
    }

    static func packet(_ sequence: UInt8, _ payload: [UInt8]) -> [UInt8] {
      let size = payload.count
      return [UInt8(size & 0xFF), UInt8(size >> 8 & 0xFF), UInt8(size >> 16), sequence] + payload
    }

    @Test func saysWhatIsNoCapture() throws {
      let run = try CommandRun.of(CommandRun.demo, ["decode", "/dev/null", "/nosuch"])
      #expect(run.exitCode == 1)
      #expect(run.errorText.split(separator: "\n").count == 2)
      #expect(run.errorText.contains("/nosuch"))
    }

    @Test func masksWhatStatementsSayOfPasswords() {
      for (sql, masked) in [
        ("CREATE USER a IDENTIFIED BY 'geheim', b", "CREATE USER a IDENTIFIED BY '•••', b"),
        ("SET PASSWORD FOR a = PASSWORD(\"ge\\\"heim\")", "SET PASSWORD FOR a = PASSWORD(\"•••\")"),
        ("ALTER USER a IDENTIFIED WITH x AS 'it''s'", "ALTER USER a IDENTIFIED WITH x AS '•••'"),
        ("CHANGE MASTER TO MASTER_PASSWORD='x'", "CHANGE MASTER TO MASTER_PASSWORD='•••'"),
        ("SELECT 'a', 'it''s'", "SELECT 'a', 'it''s'"),
        ("CREATE USER `o'brien` IDENTIFIED BY 'x'", "CREATE USER `o'brien` IDENTIFIED BY '•••'"),
        ("ALTER USER a IDENTIFIED BY /* it's */ 'x'", "ALTER USER a IDENTIFIED BY /* it's */ '•••'"),
        ("ALTER USER a IDENTIFIED BY -- it's\n'x'", "ALTER USER a IDENTIFIED BY -- it's\n'•••'"),
        ("ALTER USER a /*!50000 IDENTIFIED BY 'x' */", "ALTER USER a /*!50000 IDENTIFIED BY '•••' */"),
        (
          "CREATE SERVER s OPTIONS (USER 'u', PASSWORD'x', HOST 'h')",
          "CREATE SERVER s OPTIONS (USER 'u', PASSWORD'•••', HOST '•••')"
        ),
        ("ALTER USER 'p\\', 'b1' IDENTIFIED BY 'x'", "ALTER USER 'p\\', 'b1' IDENTIFIED BY '•••'"),
        (
          "CREATE TABLE t (i INT) ENGINE=FEDERATED CONNECTION='mysql://u:x:@y@h/d/t'",
          "CREATE TABLE t (i INT) ENGINE=FEDERATED CONNECTION='mysql://u:•••@h/d/t'"
        ),
        ("SELECT 'http://h/a:b', 'a@b', 'mysql://u@h/d'", "SELECT 'http://h/a:b', 'a@b', 'mysql://u@h/d'"),
        ("SET @p = 'x', @q := \"y\"; SELECT 'z'", "SET @p = '•••', @q := \"•••\"; SELECT 'z'"),
        ("SELECT 'x' INTO @p", "SELECT '•••' INTO @p"),
        ("SET @`a b` = 'x', @@sql_mode = 'y'", "SET @`a b` = '•••', @@sql_mode = '•••'"),
        ("SET @@sql_mode = 'ANSI', @@session.x = 'y'", "SET @@sql_mode = 'ANSI', @@session.x = 'y'"),
        ("PREPARE s FROM 'ALTER USER a IDENTIFIED BY ''x'''", "PREPARE s FROM '•••'"),
        ("/* password 'x' */ SELECT 1", "••• SELECT 1"),
        ("SET PASSWORD = 'never closed", "SET PASSWORD = '•••"),
      ] {
        #expect(StatementSecrets.masked(sql) == masked)
        #expect(StatementSecrets.areMentioned(in: sql) == (sql != masked), "\(sql)")
      }
    }
  }
}

extension Captures {
  /// Returns the passwords of the recorded accounts, from their expectations.
  static func passwords() throws -> Set<String> {
    var passwords: Set<String> = []
    for path in try paths() {
      let json = URL(fileURLWithPath: path).deletingPathExtension().appendingPathExtension("json")
      guard let data = try? Data(contentsOf: json),
        let object = try JSONSerialization.jsonObject(with: data) as? [String: Any],
        let conversations = object["conversations"] as? [[String: Any]]
      else { continue }
      passwords.formUnion(conversations.compactMap { $0["password"] as? String })
    }
    // Short ones are ordinary words too.
    return passwords.filter { $0.count > 6 }
  }
}
