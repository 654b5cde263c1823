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
      ] {
        #expect(StatementSecrets.masked(sql) == masked)
      }
    }
  }
}

extension Captures {
  /// The passwords of the recorded accounts, as their expectations tell them.
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
    // Short ones are words, too.
    return passwords.filter { $0.count > 6 }
  }
}
