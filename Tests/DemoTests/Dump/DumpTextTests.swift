import Testing

@testable import mysql_demo

extension Demo {
  /// Small parts of a dump's text.
  @Suite struct DumpTexts {
    @Test func aDelimiterDoesNotOccurInTheStatement() {
      #expect(StoredProgram.delimiter(for: Array("BEGIN SELECT 1; END".utf8)) == ";;")
      #expect(StoredProgram.delimiter(for: Array("SELECT ';;'".utf8)) == "$$1$$")
      #expect(StoredProgram.delimiter(for: Array("SELECT ';; $$1$$'".utf8)) == "$$2$$")
    }

    @Test func accountsThatExistStayAsTheyAre() {
      #expect(
        AccountDump.account(
          "CREATE USER `a`@`%` IDENTIFIED WITH 'x' AS 0x41 DEFAULT ROLE `r`@`%` REQUIRE NONE")
          == "CREATE USER IF NOT EXISTS `a`@`%` IDENTIFIED WITH 'x' AS 0x41 REQUIRE NONE")
      #expect(
        AccountDump.account("CREATE USER ` DEFAULT ROLE `@`%` REQUIRE NONE")
          == "CREATE USER IF NOT EXISTS ` DEFAULT ROLE `@`%` REQUIRE NONE")
    }

    @Test func rightsNameNoPassword() {
      #expect(AccountDump.grant("GRANT SELECT ON `d`.* TO `a`@`%`") == "GRANT SELECT ON `d`.* TO `a`@`%`")
      #expect(
        AccountDump.grant("GRANT USAGE ON *.* TO `a`@`%` IDENTIFIED BY PASSWORD '*AB' WITH GRANT OPTION")
          == "GRANT USAGE ON *.* TO `a`@`%` WITH GRANT OPTION")
      #expect(
        AccountDump.grant("GRANT USAGE ON *.* TO ` IDENTIFIED `@`%` IDENTIFIED VIA x USING 'GRANT OPTION'")
          == "GRANT USAGE ON *.* TO ` IDENTIFIED `@`%`")
    }

    @Test func progressNamesRowsBytesAndTheTimeLeft() {
      #expect(
        DumpProgress.text("shop.users", 500, 5 << 20, 1000, .seconds(10))
          == "500 rows, 5.0 MiB, about 11 s left (shop.users)")
      #expect(DumpProgress.text("t", 500, 700, 400, .seconds(10)) == "500 rows, 700 bytes (t)")
      #expect(
        RestoreProgress.text(1 << 30, of: 4 << 30, .seconds(60)) == "1.0 GiB of 4.0 GiB, about 4 min left")
      #expect(RestoreProgress.text(2048, of: nil, .seconds(60)) == "2.0 KiB")
      #expect(TimeLeft.text(done: 1, of: 10_001, .seconds(2)) == ", about 5 h 33 min left")
    }
  }
}
