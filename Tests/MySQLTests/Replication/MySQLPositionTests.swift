import Foundation
import MySQLTesting
import Testing

@testable import MySQL

/// Positions as servers write them, and what contains what.
@Suite(.busy) struct MySQLPositionTests {
  private static let source = "3e11fa47-71ca-11e1-9e33-c80aa9429562"

  @Test(arguments: [
    "", "0-1-100", "0-1-100,1-2-3", "\(source):1-5", "\(source):1-5:7:9-11",
    "\(source):3,\(source):billing:1-2", "00000000-0000-0000-0000-000000000000:1",
  ])
  func textGoesThereAndBack(_ text: String) throws {
    let position = try #require(MySQLPosition(text))
    #expect(position.description == text)
    #expect(position.isEmpty == text.isEmpty)
    let coded = try JSONDecoder().decode(
      [MySQLPosition].self, from: JSONEncoder().encode([position]))
    #expect(coded == [position])
  }

  @Test func readsWhatServersWrite() {
    let table = [
      (" \n", ""), ("\(Self.source.uppercased()):1", "\(Self.source):1"),
      ("\(Self.source):1-3,\n\(Self.source):4-6", "\(Self.source):1-6"),
      ("\(Self.source):5:1:3:2", "\(Self.source):1-3:5"),
      ("\(Self.source):1:Tag:2:3-4", "\(Self.source):1,\(Self.source):tag:2-4"),
      ("0-1-5,0-2-9", "0-2-9"), ("0-2-9,0-1-5", "0-2-9"), (" 7-1-5 , 0-1-1", "0-1-1,7-1-5"),
    ]
    for (text, expected) in table { #expect(MySQLPosition(text)?.description == expected, "\(text)") }
  }

  @Test(arguments: [
    "x", ",", "0-1-1,", "0-1", "0-1-2-3", "-1-1-1", "0-1-x", "4294967296-1-1", "0-1-99999999999999999999",
    "\(source)", "\(source):", "\(source):0", "\(source):2-1", "\(source):1-", "\(source):-1",
    "\(source):1-2-3",
    "\(source):9223372036854775807", "\(source):1:", "3e11fa47:1", "\(source):a b:1", "\(source):1'",
    "\(source):1,0-1-1", "0-1-1'--", "0-1-1\\", "\u{661}-1-1", "\(source):\u{661}",
  ])
  func refusesEverythingElse(_ text: String) { #expect(MySQLPosition(text) == nil) }

  @Test func aPositionContainsWhatCameBefore() throws {
    func position(_ text: String) throws -> MySQLPosition { try #require(MySQLPosition(text)) }
    let all = try position("\(Self.source):1-5:7")
    #expect(try all.contains(position("")))
    #expect(try all.contains(position("\(Self.source):2-4:7")))
    #expect(try !all.contains(position("\(Self.source):6")))
    #expect(try !all.contains(position("\(Self.source):5-7")))
    #expect(try !all.contains(position("\(Self.source):tag:1")))
    #expect(try !position("").contains(all))
    #expect(try position("0-1-9").contains(position("0-2-9")))
    #expect(try !position("0-1-9").contains(position("0-1-10")))
    #expect(try !position("0-1-9").contains(position("1-1-1")))
  }

  @Test func writesAddUp() throws {
    var position = MySQLPosition()
    for text in ["\(Self.source):5", "\(Self.source):7", "\(Self.source):6", "\(Self.source):1"] {
      position.formUnion(try #require(MySQLPosition(text)))
    }
    #expect(position.description == "\(Self.source):1:5-7")
    var ofMariaDB = MySQLPosition()
    for text in ["0-1-5", "0-1-4", "3-1-1"] { ofMariaDB.formUnion(try #require(MySQLPosition(text))) }
    #expect(ofMariaDB.description == "0-1-5,3-1-1")
  }

  /// Other clients' transactions lie between those of this one, so that gaps would grow without end.
  @Test func thereAreNeverManyGaps() throws {
    var (position, all) = (MySQLPosition(), Set<Int>())
    var random = SeededGenerator(seed: 3)
    for _ in 0..<2000 {
      let number = Int.random(in: 1...100_000, using: &random)
      all.insert(number)
      position.formUnion(try #require(MySQLPosition("\(Self.source):\(number)")))
      #expect(position.description.split(separator: ":").count <= 1 + IntervalSet.limit)
    }
    for number in all {
      #expect(try position.contains(#require(MySQLPosition("\(Self.source):\(number)"))))
    }
  }

  /// Compared with a set of numbers.
  @Test func intervalsAreASetOfNumbers() throws {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<300 {
      var (intervals, numbers) = (IntervalSet(), Set<UInt64>())
      for _ in 0..<Int.random(in: 1...20, using: &random) {
        let first = UInt64.random(in: 1...40, using: &random)
        let last = min(40, first + UInt64.random(in: 0...5, using: &random))
        intervals.insert(try #require(IntervalSet.Interval("\(first)-\(last)")))
        numbers.formUnion(first...last)
      }
      #expect(intervals.intervals.flatMap { Array($0.first...$0.last) } == numbers.sorted())
      #expect(zip(intervals.intervals, intervals.intervals.dropFirst()).allSatisfy { $0.last + 1 < $1.first })
    }
  }
}
