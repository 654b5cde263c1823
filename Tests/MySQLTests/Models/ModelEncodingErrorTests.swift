import Foundation
import MySQLWire
import Testing

@testable import MySQL

/// What cannot be encoded as a row.
@Suite(.busy) struct ModelEncodingErrorTests {
  @Test func aDateNeedsATimeZone() throws {
    struct Event: Encodable { var at: Date }
    let event = Event(at: Date(timeIntervalSince1970: 86_401))
    #expect(
      try encoded(event, using: MySQLRowEncoder(timeZone: .gmt)).values
        == [dateTime(date(1970, 1, 2), 0, 0, 1)])
    #expect(
      message { try encoded(event) }
        == #"cannot encode column "at" of Event: set the time zone of the MySQLRowEncoder, or use MySQLDateTime"#
    )
    let never = Event(at: .distantFuture.addingTimeInterval(1e12))
    #expect(
      message { try encoded(never, using: MySQLRowEncoder(timeZone: .gmt)) }
        == #"cannot encode column "at" of Event: a Date outside of the years 0 to 9999 cannot be sent"#)
  }

  @Test func aValueThatCannotBeSentNamesItsColumnAndIsNotQuoted() throws {
    struct Reading: Encodable { var degrees: Double }
    struct Readings: Encodable { var all: [Double] }
    for (value, text) in [
      (Reading(degrees: .nan) as any Encodable, #"column "degrees" of Reading: nan"#),
      (Readings(all: [1, -.infinity]), #"column "all" of Readings: "#),
    ] {
      let error = #expect(throws: MySQLError.self) { try encoded(value) }
      #expect(error?.kind == .encoding)
      #expect(error?.message.hasPrefix("cannot encode " + text) == true, "\(error?.message ?? "")")
      #expect(error?.message.contains("invalidValue") == false)
    }
    struct Picky: Encodable {
      struct Refusal: Error {}
      func encode(to encoder: any Encoder) throws { throw Refusal() }
    }
    struct Owner: Encodable { var picky = Picky() }
    #expect(message { try encoded(Picky()) } == "cannot encode Picky: Refusal()")
    #expect(message { try encoded(Owner()) } == #"cannot encode column "picky" of Owner: Refusal()"#)
    struct Silent: Encodable { func encode(to encoder: any Encoder) {} }
    struct Quiet: Encodable { var silent = Silent() }
    #expect(
      message { try encoded(Quiet()) } == #"cannot encode column "silent" of Quiet: it encodes nothing"#)
  }

  @Test func onlyWhatHasKeysIsARow() throws {
    enum Role: String, Encodable { case admin }
    let values: [any Encodable] = [
      1, "a", [1, 2], [[1]], Data([1]), UUID(), Date(), Role.admin, Int?.none, MySQLDate.zero,
      URL(string: "/a"), Foundation.Decimal(1),
    ]
    for value in values {
      // Encodes the value as one row; a sequence would otherwise stand for its elements.
      func one(_ value: some Encodable) throws { _ = try MySQLRowEncoder().encode(value) }
      let error = #expect(throws: MySQLError.self, "\(value)") { try one(value) }
      #expect(error?.kind == .encoding)
      #expect(error?.message.hasSuffix("a row needs a keyed type, such as a struct") == true)
    }
    struct Empty: Encodable {}
    #expect(message { try encoded(Empty()) } == "cannot encode Empty: it has no values, and so no columns")
  }
}
