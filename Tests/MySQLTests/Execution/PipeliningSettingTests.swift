import Testing

@testable import MySQL

@Suite(.busy) struct PipeliningSettingTests {
  @Test(
    arguments: [
      // setting, encrypted, version, in a transaction: commands stay apart, a batch may be pipelined
      (nil, true, "9.7.0", false, true, true),
      (nil, true, "9.7.0", true, true, false),
      (nil, true, "9.7.0-router", false, false, false),
      (nil, false, "10.11.19-MariaDB", false, false, false),
      (true, false, "9.7.0", true, true, true),
      (true, true, "9.7.0-router", false, true, true),
      (false, true, "9.7.0", false, false, false),
    ] as [(Bool?, Bool, String, Bool, Bool, Bool)])
  func pipeliningIsUsedOnlyWhereItChangesNothing(
    setting: Bool?, isEncrypted: Bool, version: String, inTransaction: Bool, staysApart: Bool,
    suitsBatch: Bool
  ) {
    let pipelining = Pipelining(setting: setting, isEncrypted: isEncrypted, serverVersion: version)
    #expect(pipelining.keepsCommandsApart == staysApart)
    #expect(pipelining.suitsBatch(inTransaction: inTransaction) == suitsBatch)
  }
}
