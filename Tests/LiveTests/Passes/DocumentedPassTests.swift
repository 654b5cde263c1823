import Foundation
import Testing

/// What the page about tests says about the passes, compared with what they do.
@Suite(.byPass, .busy) struct DocumentedPassTests {
  private static let tags: [String: Tag] = [
    ".faults": .faults, ".soak": .soak, ".waiting": .waiting, ".handshakes": .handshakes,
    ".ownServers": .ownServers, ".lengthy": .lengthy, ".indifferent": .indifferent, ".measured": .measured,
    ".text": .text, ".data": .data,
  ]
  private static let passes: [Pass] = [
    .plain, .soak, .faults, .singleBytes, .singleBytesTLS, .tls, .latin1, .address, .thread,
  ]

  @Test func theListOfTagsIsWhole() throws {
    let source = try ProjectFile.text(of: "Tests/Support/Pass.swift")
    #expect(source.split(separator: "\n").count { $0.contains("@Tag static var") } == Self.tags.count)
  }

  @Test(arguments: passes) func aPassLeavesOutTheTagsThatThePageLists(pass: Pass) throws {
    let page = try ProjectFile.text(of: "Docs/Testing.md")
    let row = try #require(page.between("\n| `\(pass.rawValue)` | ", " |\n"))
    let parts = row.components(separatedBy: "; ")
    var listed = Set(parts[0].quoted)
    // The second part applies to short runs only.
    if parts.count > 1, !Pass.isLongRun { listed.formUnion(parts[1].quoted) }
    #expect(listed.isSubset(of: Self.tags.keys))
    let isOnly = row.hasPrefix("all but ")
    #expect(pass.includes([]) == !isOnly)
    for (name, tag) in Self.tags {
      #expect(pass.includes([tag]) == (listed.contains(name) == isOnly), "\(name)")
    }
  }

  @Test func theSanitizersLeaveOutTheTargetsThatThePageNames() throws {
    let script = try ProjectFile.text(of: "Tests/run")
    let page = try ProjectFile.words(of: "Docs/Testing.md")
    #expect(
      page.contains("**Address**: the suites that need no server; `Tests/run --long` adds the live suites"))
    let leftOut = try #require(script.between("\ntsan_without=\"", "\"\n"))
    let programs = "mysql-bench mysql-demo example-report example-web example-load example-servers"
    #expect(
      leftOut.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        == "\(programs) MySQLCryptoTests MySQLWireTests DemoTests")
    #expect(script.contains("\nasan_without='mysql-bench'\n"))
    #expect(
      page.contains(
        "**Thread**: the suites of MySQL and MySQLTesting that need no server, then the live suites on MySQL")
    )
  }
}
