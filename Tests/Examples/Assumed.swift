import Foundation
import MySQL

// What the blocks of the documentation take for granted: Tests/Examples/compile compiles them with this.

func assumed<Value>(_ type: Value.Type = Value.self) -> Value {
  fatalError("examples are compiled, and not run")
}

var connection: MySQLConnection { assumed() }
var db: MySQLClient { assumed() }
var amount: MySQLDecimal { assumed() }
var from: Int { assumed() }
var to: Int { assumed() }
var rows: MySQLRows { assumed() }
var row: MySQLRow { assumed() }

var table: String { assumed() }
var name: String { assumed() }
var note: String? { assumed() }
var cities: [String] { assumed() }
var born: MySQLDate { assumed() }
var day: MySQLDate { assumed() }
var url: URL { assumed() }
var article: Int { assumed() }
var quantity: Int { assumed() }
var points: [(x: Double, y: Double)] { assumed() }
var user: User { assumed() }
var users: [User] { assumed() }
var order: Order { assumed() }
var reportSQL: String { assumed() }
var start: MySQLDate { assumed() }
var dateTime: MySQLDateTime { assumed() }
var berlin: TimeZone { assumed() }

nonisolated(unsafe) var settings = MySQLConfiguration()

struct IdentityProvider: Sendable {
  func token(for user: String) async throws -> String { assumed() }
}
let iam = IdentityProvider()

struct User: Codable, Sendable {
  var id: Int
  var name: String
}

struct Order: Codable, Sendable {
  var id: Int
  var placed: Date
}

struct Celsius: Sendable {
  var degrees: Double
}

func scenario(port: Int) async throws {}
