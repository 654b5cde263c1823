import Foundation
import Testing

@testable import mysql_demo

extension Demo {
  /// Lines as they are typed.
  @Suite struct Lines {
    private func editor(_ keys: [Key]) -> LineEditor {
      var editor = LineEditor(history: [])
      for key in keys { _ = editor.press(key) }
      return editor
    }

    private func keys(of bytes: [UInt8]) throws -> [Key] {
      var ends: [Int32] = [0, 0]
      try #require(pipe(&ends) == 0)
      _ = write(ends[1], bytes, bytes.count)
      close(ends[1])
      defer { close(ends[0]) }
      var reader = KeyReader(ends[0])
      var keys: [Key] = []
      while true {
        let key = reader.next()
        if key == .closed { return keys }
        keys.append(key)
      }
    }

    @Test func keepsATab() {
      #expect(String(editor([.character("a"), .tab, .character("b")]).line) == "a\tb")
    }

    @Test func aMarkJoinsTheLetterBeforeIt() {
      let line = editor([.character("e"), .character("x"), .left, .character("\u{301}"), .character("y")])
      #expect(line.line == ["e\u{301}", "y", "x"])
      #expect(line.cursor == 2)
      // A letter is typed before a mark that stood alone.
      let alone = editor([.character("\u{301}"), .home, .character("e")])
      #expect(alone.line == ["e\u{301}"] && alone.cursor == 1)
    }

    @Test func takesLongLinesInLinearTime() {
      func time(_ count: Int) -> Duration {
        processorTime {
          #expect(editor(Array(repeating: .character("x"), count: count)).line.count == count)
        }
      }
      _ = time(1000)
      let (short, long) = (time(5000), time(40_000))
      // Eight times the keys; in quadratic time it would be 64 times as long.
      #expect(long < short * 24, "\(short) and \(long)")
    }

    @Test func keepsWhatIsTypedBesideInvalidUTF8() throws {
      #expect(try keys(of: [0x61, 0xE9, 0x0D]) == [.character("a"), .enter])
      #expect(try keys(of: [0x80, 0xBF, 0x62, 0xFF, 0xC3, 0x0D]) == [.character("b"), .enter])
      #expect(try keys(of: [0xC3, 0xA9, 0xF0, 0x9F, 0x98, 0x80]) == [.character("é"), .character("😀")])
      #expect(try keys(of: [0xF0, 0x9F, 0x03]) == [.control("c")])
    }
  }
}
