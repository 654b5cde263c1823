import MySQLWire
import Testing

@Suite(.busy) struct SettingsTests {
  @Test func refusesNamesWithANUL() throws {
    #expect(throws: Misuse.embeddedNUL) { try Dialogue(SessionSettings(user: [0x61, 0])) }
    #expect(throws: Misuse.embeddedNUL) { try Dialogue(SessionSettings(user: [], database: [0])) }
    let dialogue = try Dialogue.loggedIn()
    for settings in [SessionSettings(user: [0]), SessionSettings(user: [], database: [0x61, 0, 0x62])] {
      #expect(throws: Misuse.embeddedNUL) { try dialogue.send(.changeUser(settings)) }
    }
    #expect(!dialogue.hasOutput && dialogue.isIdle)
  }

  @Test func claimsOnlyWhatTheServerOffers() throws {
    var greeting = ScriptedGreeting()
    greeting.capabilities = [.protocol41, .secureConnection, .pluginAuthentication, .localFiles]
    let (_, login) = try Dialogue.loggingIn(greeting)
    #expect(login.capabilities == [.protocol41, .secureConnection, .pluginAuthentication])
    let (_, claiming) = try Dialogue.loggingIn(greeting) { $0.claims = .multiResults }
    #expect(claiming.capabilities.contains(.multiResults))
  }

  @Test func namesADatabaseOnlyIfThereIsOne() throws {
    let (_, without) = try Dialogue.loggingIn()
    #expect(!without.capabilities.contains(.connectWithDatabase) && without.database == nil)
    let (_, with) = try Dialogue.loggingIn { $0.database = Array("shop".utf8) }
    #expect(with.capabilities.contains(.connectWithDatabase) && with.database == Array("shop".utf8))
  }
}
