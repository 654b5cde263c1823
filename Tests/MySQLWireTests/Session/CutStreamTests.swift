import MySQLTesting
import MySQLWire
import Testing

/// Servers that fall silent at any point.
@Suite(.busy, .notUnder(.thread)) struct CutStreamTests {
  /// Every prefix of what a server sent leaves the session waiting, and never idle before the end: a caller
  /// that loses the connection there knows that something is missing. Only an unsolicited message that the
  /// server sends before it closes finds the session idle.
  @Test(arguments: Fixture.bytewise)
  func waitsForTheRestAtEveryByte(fixture: Fixture) throws {
    for part in try fixture.recordedParts() {
      let dialogue = try part.session()
      var said = 0
      var idle: Int?
      for step in part.steps {
        switch step {
        case .hear(let bytes):
          for byte in bytes where !dialogue.isClosed {
            try dialogue.hear([byte])
            said += 1
            if dialogue.isIdle, said < part.size { idle = said }
          }
        case .send(let command): try dialogue.send(command)
        case .sendFile(let bytes): try dialogue.session.sendFile(bytes)
        case .endFile: try dialogue.session.endFile()
        }
      }
      if let idle, !dialogue.isClosed { Issue.record("idle after \(idle) of \(said) bytes") }
    }
  }

  /// The same with fresh sessions that get the whole prefix at once, for some prefixes of each part.
  @Test(arguments: Fixture.bytewise)
  func waitsForTheRestOfWhatComesAtOnce(fixture: Fixture) throws {
    var generator = SeededGenerator()
    for part in try fixture.recordedParts() {
      let whole = try part.session()
      part.play(whole)
      for _ in 0..<8 where part.size > 0 {
        let count = Int.random(in: 0..<part.size, using: &generator)
        let dialogue = try part.session()
        part.prefix(count).play(dialogue)
        #expect(!dialogue.isClosed, "\(count) bytes, seed \(generator.seed)")
        #expect(!dialogue.isIdle || whole.isClosed, "\(count) bytes, seed \(generator.seed)")
      }
    }
  }
}
