import Foundation
import MySQL
import MySQLTesting
import Testing

/// Option files that are refused, in whole or in part.
@Suite(.busy) struct OptionFileRefusalTests {
  @Test func passesOverFilesThatEverybodyCouldWrite() throws {
    let folder = try OptionFolder()
    let path = try folder.write("[client]\nuser=evil")
    try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: path)
    #expect(try MySQLConfiguration(optionFiles: [path]) == MySQLConfiguration())
    let link = folder.path + "/link.cnf"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    #expect(try MySQLConfiguration(optionFiles: [link]) == MySQLConfiguration())
  }

  @Test func readsNamesOfOtherEncodingsButNoValuesOfThem() throws {
    let folder = try OptionFolder()
    let latin = Data("[client]\n# caf".utf8) + [0xE9] + Data("\nuser=u\n".utf8)
    #expect(try MySQLConfiguration(optionFiles: [folder.write(latin)]).user == "u")
    let path = try folder.write(latin + Data("password=caf".utf8) + [0xE9])
    #expect(throws: MySQLError.self) { try MySQLConfiguration(optionFiles: [path]) }
  }

  @Test(arguments: [
    ("user=a", ":1: an option before the first [group]"), ("[client\nuser=a", ":1: neither"),
    ("[client]\n!includes /x", ":2: neither"), ("[client]\n\nport=x", ":3: option port takes"),
    ("[client]\nconnect-timeout=5x", ":2: option connect-timeout takes"),
    ("[client]\nssl-crl=/crl.pem", ":2: there is no option \"ssl-crl\""),
    ("[client]\ntls_ciphersuites=x", "there is no option"), ("[client]\nskip-ssl-x", "there is no option"),
    ("[client]\nskip-ssl=1", "takes no value"), ("[client]\n!include /nowhere/at.all", "/nowhere/at.all"),
    ("[client]\n!includedir /nowhere/at.all", ":2: the directory"),
    ("[client]\nconnect-timeout=0", "more than"),
  ])
  func refusesByFileAndLine(text: String, words: String) throws {
    let folder = try OptionFolder()
    let path = try folder.write(text)
    let error = #expect(throws: MySQLError.self) { try MySQLConfiguration(optionFiles: [path]) }
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test func aNamedFileMustExist() {
    #expect(throws: MySQLError.self) { try MySQLConfiguration(optionFiles: ["/nowhere/my.cnf"]) }
  }

  @Test func noBytesTrapAndNoErrorShowsAPassword() throws {
    var random = SeededGenerator()
    let folder = try OptionFolder()
    let pieces = [
      "[client]\n", "\n", "\"", "'", "\\", "#", "=", "user", "password=Ca.Nar-y7", "skip-", "!x", "ssl",
      "\u{FEFF}",
    ]
    for _ in 0..<500 {
      var data = Data("[client]\n".utf8)
      for _ in 0..<Int.random(in: 0...15, using: &random) {
        data += Data((pieces.randomElement(using: &random) ?? "").utf8)
        if .random(using: &random) { data.append(.random(in: .min ... .max, using: &random)) }
      }
      let path = try folder.write(data)
      do throws(MySQLError) {
        _ = try MySQLConfiguration(optionFiles: [path])
      } catch {
        #expect(!"\(error)".contains("Ca.Nar-y7"), "seed \(random.seed)")
      }
    }
  }
}
