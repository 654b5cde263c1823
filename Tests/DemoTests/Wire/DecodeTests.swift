import Foundation
import Testing

extension Demo {
  @Suite struct Decoding {
    @Test func printsEveryCaptureWithoutAPassword() throws {
      let passwords = try Fixtures.passwords()
      #expect(!passwords.isEmpty)
      let run = try CommandRun.of(CommandRun.demo, ["decode"] + Fixtures.names.map(Fixtures.capturePath))
      #expect(run.exitCode == 0)
      #expect(run.errorText.isEmpty)
      #expect(run.outputText.split(separator: "\n").count > 20_000)
      for password in passwords {
        #expect(!run.outputText.contains(password), "\(password)")
      }
    }

    @Test func saysWhatIsNotACapture() throws {
      let run = try CommandRun.of(CommandRun.demo, ["decode", "/dev/null", "/nosuch"])
      #expect(run.exitCode == 1)
      #expect(run.errorText.split(separator: "\n").count == 2)
      #expect(run.errorText.contains("/nosuch"))
    }
  }
}

extension Fixtures {
  /// Returns the passwords of the recorded accounts, from their expectations.
  fileprivate static func passwords() throws -> Set<String> {
    var passwords: Set<String> = []
    for name in names {
      guard let data = try? Data(contentsOf: expectations(name)),
        let object = try JSONSerialization.jsonObject(with: data) as? [String: Any],
        let conversations = object["conversations"] as? [[String: Any]]
      else { continue }
      passwords.formUnion(conversations.compactMap { $0["password"] as? String })
    }
    // Short ones are ordinary words too.
    return passwords.filter { $0.count > 6 }
  }
}
