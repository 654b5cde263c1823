import Testing

extension Demo {
  /// What the command shows where no server is named.
  @Suite struct Demonstrations {
    @Test func showsARecordedSessionWhereNoServerIsNamed() throws {
      let start = ContinuousClock().now
      let run = try CommandRun.of(CommandRun.demo, [])
      // A sanitizer takes extra time.
      #expect(ContinuousClock().now - start < .seconds(1) || Sanitizer.current != nil)
      #expect(run.exitCode == 0)
      #expect(run.outputText.hasPrefix("No server is named, so this is a replay"))
      #expect(run.outputText.contains("| Neptune | 海王星  |   24622.0 |    16 | 1846-09-23 |\n"))
      #expect(run.outputText.contains("8 rows in set"))
      #expect(run.outputText.contains("mysql-demo -h HOST -u USER -p"))
      #expect(run.errorText == "ERROR 1054 (42S22): Unknown column 'nosuchcolumn' in 'field list'\n")
      let wire = try CommandRun.of(CommandRun.demo, ["--wire"])
      #expect(wire.errorText.contains("COM_QUERY  'SHOW TABLES'"))
      #expect(wire.outputText.contains("8 rows in set"))
    }
  }
}
