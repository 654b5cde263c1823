import Testing

@testable import MySQL

@Suite(.busy) struct ForeignKeyTests {
  private static func key(_ text: String, code: UInt16 = 1452) -> MySQLError.ForeignKey? {
    let message = "Cannot add or update a child row: a foreign key constraint fails \(text)"
    return MySQLError.Server(code: MySQLError.Code(rawValue: code), message: message).foreignKey
  }

  private static let whole =
    "(`shop`.`orders`, CONSTRAINT `fk` FOREIGN KEY (`user`, `at`) REFERENCES `users` (`id`, `day`) "
    + "ON DELETE SET NULL ON UPDATE CASCADE)"
  private static let expected = MySQLError.ForeignKey(
    database: "shop", table: "orders", constraint: "fk", columns: ["user", "at"], referencedDatabase: "shop",
    referencedTable: "users", referencedColumns: ["id", "day"])

  @Test(arguments: [1451, 1452, 1216, 1217] as [UInt16])
  func theKeyIsReadFromTheMessage(code: UInt16) {
    #expect(Self.key(Self.whole, code: code) == Self.expected)
  }

  @Test func otherErrorsHaveNone() {
    #expect(Self.key(Self.whole, code: 1062) == nil)
    #expect(Self.key("", code: 1216) == nil)
  }

  @Test(arguments: [
    whole.replacing("`", with: "\""), whole.replacing("`", with: ""),
    whole.replacing("`shop`", with: "shop"), whole.replacing(" `users`", with: " `shop`.`users`"),
    whole.replacing(" ON DELETE SET NULL ON UPDATE CASCADE", with: ""),
    whole.replacing(" ON DELETE SET NULL", with: ""), whole.replacing("SET NULL", with: "NO ACTION"),
  ])
  func namesAreReadInEveryKindOfQuotes(text: String) {
    #expect(Self.key(text) == Self.expected)
  }

  @Test func namesMayHoldWhatSeparatesThem() {
    let text =
      "(`a, b`.`c (d)`, CONSTRAINT `x, CONSTRAINT y` FOREIGN KEY (`u) REFERENCES v`) REFERENCES `o.p`.`é` (`\"`))"
    #expect(
      Self.key(text)
        == MySQLError.ForeignKey(
          database: "a, b", table: "c (d)", constraint: "x, CONSTRAINT y", columns: ["u) REFERENCES v"],
          referencedDatabase: "o.p", referencedTable: "é", referencedColumns: ["\""]))
  }

  @Test(arguments: [
    "()", "(", "(`", "(``.`b`", "(`a`.`b`)", whole + ")", whole + " ", "(" + whole,
    whole.replacing("orders", with: "or`ders"), whole.replacing("orders", with: "or``ders"),
    whole.replacing("fk", with: ""), whole.replacing("`id`, ", with: ""),
    whole.replacing("CASCADE", with: "X"),
    whole.replacing("`shop`.", with: ""), whole.replacing(", CONSTRAINT `fk`", with: ""),
  ])
  func whatIsNotCertainIsNil(text: String) {
    #expect(Self.key(text) == nil)
  }

  @Test func messagesThatWereCutOffOrSpoiledAreNil() {
    for end in Self.whole.indices {
      #expect(Self.key(String(Self.whole[..<end])) == nil)
    }
    let bytes = Array(Self.whole.utf8)
    for _ in 0..<5000 {
      var spoiled = bytes
      for _ in 0..<Int.random(in: 1...4) {
        let place = Int.random(in: 0..<spoiled.count)
        spoiled[place] = Bool.random() ? UInt8.random(in: .min ... .max) : bytes.randomElement() ?? 0
      }
      // A name may have changed, but not the shape.
      if let key = Self.key(String(decoding: spoiled, as: UTF8.self)) {
        #expect(
          key.columns.count == key.referencedColumns.count && !key.table.isEmpty && !key.constraint.isEmpty)
      }
    }
  }
}
