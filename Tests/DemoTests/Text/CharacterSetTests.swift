import Testing

@testable import mysql_demo

extension Demo {
  @Suite struct CharacterSets {
    @Test func knowWhereACharacterEnds() {
      for (bytes, utf8mb4, utf8mb3) in [
        ([0x41], 1, 1), ([0xC3, 0xA9], 2, 2), ([0xE2, 0x82, 0xAC], 3, 3), ([0xF0, 0x9F, 0x98, 0x80], 4, 0),
        ([0xE2, 0x82], 0, 0), ([0xC0, 0x80], 0, 0), ([0xE0, 0x80, 0x80], 0, 0), ([0xFF], 0, 0),
      ] as [([UInt8], Int, Int)] {
        #expect(CharacterSet.utf8mb4.characterLength(at: 0, in: bytes) == utf8mb4, "\(bytes)")
        #expect(CharacterSet.utf8mb3.characterLength(at: 0, in: bytes) == utf8mb3, "\(bytes)")
        #expect(CharacterSet.singleByte.characterLength(at: 0, in: bytes) == 1)
      }
    }

    @Test func countCellsAsTheOfficialCommandDoes() {
      for (text, width) in [("", 0), ("aé", 2), ("漢字", 4), ("😀", 1)] {
        let bytes = Array(text.utf8)
        #expect(CharacterSet.utf8mb4.width(of: 0..<bytes.count, in: bytes) == width, "\(text)")
        #expect(CharacterSet.singleByte.width(of: 0..<bytes.count, in: bytes) == bytes.count)
      }
      #expect(CharacterSet.utf8mb4.width(of: 0..<2, in: [0x41, 0xFF]) == 1)
    }

    @Test func terminalsCountCellsByCharacters() {
      for (text, width) in [("", 0), ("a", 1), ("e\u{301}", 1), ("漢", 2), ("😀", 2), ("👍🏽", 2)] {
        #expect(TerminalWidth.of(text) == width, "\(text)")
      }
    }
  }
}
