import Foundation
import MySQLTesting
import MySQLWire
import Testing

@testable import MySQL

/// Random values of every kind come out of a row as they went in, by either protocol.
@Suite(.busy) struct RoundTripTests {
  @Test(arguments: formats) func randomRowsDecodeToWhatWasWritten(format: Format) throws {
    var generator = SeededGenerator()
    let columns = [
      Column(name: "i", type: .longLong), Column(name: "u", type: .longLong, flags: .unsigned),
      Column(name: "d", type: .double, decimals: 31), .text("s"), Column(name: "b", type: .longBlob),
      Column(name: "m", type: .decimal), Column(name: "day", type: .date),
      Column(name: "t", type: .time, decimals: 6),
      Column(name: "at", type: .dateTime, decimals: 6), Column(name: "bits", type: .bit),
      Column(name: "v", type: .vector),
    ]
    let rows = try (0..<500).map { _ in try Self.row(using: &generator) }
    let block = try makeBlock(format, columns, rows)
    for (index, values) in rows.enumerated() {
      let row = MySQLRow(block, index)
      let (i, u, d, s, b, m, day, t, at, bits, v) = try row.decode(
        (
          Int64?, UInt64?, Double?, String?, [UInt8]?, MySQLDecimal?, MySQLDate?, MySQLTime?, MySQLDateTime?,
          UInt64?,
          [Float]?
        ).self)
      let decoded: [MySQLValue?] = [
        i.map { .integer($0) }, u.map { .unsigned($0) }, d.map { .double($0) }, s.map { .text($0) },
        b.map { .bytes($0) }, m.map { .decimal($0) }, day.map { .date($0) }, t.map { .time($0) },
        at.map { .dateTime($0) }, bits.map { .bits($0) }, v.map { .vector($0) },
      ]
      let written = values.map { MySQLValue($0) }
      #expect(decoded.map { $0 ?? .null } == written, "seed \(generator.seed)")
      #expect(try columns.indices.map { try row[$0].value } == written, "seed \(generator.seed)")
      // The printed text can be read back.
      #expect(try row.decode(at: 5, as: String?.self).flatMap { MySQLDecimal($0) } == m)
      #expect(try row.decode(at: 6, as: String?.self).flatMap { MySQLDate($0) } == day)
      #expect(try row.decode(at: 7, as: String?.self).flatMap { MySQLTime($0) } == t)
      #expect(try row.decode(at: 8, as: String?.self).flatMap { MySQLDateTime($0) } == at)
      #expect(try row.decode(at: 2, as: String?.self).flatMap { Double($0) } == d)
    }
  }

  private static func row(using generator: inout SeededGenerator) throws -> [Value] {
    let day = try #require(
      CivilDate(
        year: .random(in: 0...9999, using: &generator), month: .random(in: 0...12, using: &generator),
        day: .random(in: 0...31, using: &generator)))
    let clock = (
      Int.random(in: 0...23, using: &generator), Int.random(in: 0...59, using: &generator),
      Int.random(in: 0...59, using: &generator), Int.random(in: 0...999_999, using: &generator)
    )
    let time = try #require(
      CivilTime(
        isNegative: .random(using: &generator), hours: .random(in: 0...838, using: &generator),
        minutes: clock.1,
        seconds: clock.2, microseconds: clock.3))
    let digits = String(
      (0..<Int.random(in: 1...65, using: &generator)).map { _ in
        "0123456789".randomElement(using: &generator) ?? "0"
      })
    let double = Double(bitPattern: generator.next())
    var values: [Value] = [
      .integer(Int64(truncatingIfNeeded: generator.next())), .unsigned(generator.next()),
      .double(double.isFinite ? double : 0),
      .text(String(repeating: "né𝄞", count: .random(in: 0...100, using: &generator))),
      .bytes(
        (0..<Int.random(in: 0...300, using: &generator)).map { _ in .random(in: 0...255, using: &generator) }),
      try decimal("-" + digits.dropLast(digits.count / 3) + "." + digits.suffix(max(1, digits.count / 3))),
      .date(day), .time(time), dateTime(day, clock.0, clock.1, clock.2, clock.3), .bits(generator.next()),
      .vector((0..<3).map { _ in .random(in: -1...1, using: &generator) }),
    ]
    for index in values.indices where Int.random(in: 0...5, using: &generator) == 0 { values[index] = .null }
    return values
  }
}
