import Foundation
import MySQL
import Synchronization

// What the blocks of the documentation take for granted.

var connection: MySQLConnection { Example.current.connection }
var db: MySQLClient { Example.current.client }
var rows: MySQLRows { Example.current.rows }
var row: MySQLRow { Example.current.row }
var url: URL { Example.current.file }

let amount: MySQLDecimal = 10
let from = 1
let to = 2
let table = "users"
let name = "Barbara"
let note: String? = nil
let cities = ["Oslo", "Rome"]
let born = existing(MySQLDate(year: 1939, month: 11, day: 7))
let day = existing(MySQLDate(year: 2026, month: 1, day: 2))
let article = 1
let quantity = 3
let points = [(x: 0.5, y: 1.5), (x: 2, y: 3)]
let reportSQL = "SELECT COUNT(*), SLEEP(20) FROM orders"
let savedSQL = "SELECT id FROM orders WHERE placed >= :from LIMIT :limit"
let start = existing(MySQLDate(year: 2026, month: 1, day: 1))
let dateTime = existing(MySQLDateTime(day, hour: 3, minute: 4, second: 5))
let berlin = existing(TimeZone(identifier: "Europe/Berlin"))

// Nobody has been stored yet, each time.
var user: User { User(id: Example.nextID(), name: "somebody \(Example.nextID())") }
var users: [User] { [user, user] }
var order: Order { Order(id: Example.nextID(), placed: Date(timeIntervalSince1970: 1_767_323_045)) }

/// Each example begins with the same. One runs after the other.
nonisolated(unsafe) var settings = MySQLConfiguration()

struct IdentityProvider: Sendable {
  func token(for user: String) async throws -> String { Shop.password }
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

func existing<Value>(_ value: Value?) -> Value {
  guard let value else { preconditionFailure("there is no such \(Value.self)") }
  return value
}
