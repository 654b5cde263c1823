import Foundation
import MySQL

// example-load URL TABLE FILE: loads a CSV file in one transaction. Its first line names the columns. An empty field is
// NULL, unless it is quoted. If a row cannot be stored, none is, and its record is named.

struct Wrong: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// The records of a CSV file (RFC 4180), one after the other: the file is never in memory as a whole.
struct Records {
  private let file: FileHandle
  private var piece: [UInt8] = []
  private var position = 0

  init(_ file: FileHandle) { self.file = file }

  mutating func next() throws -> [String?]? {
    var fields: [String?] = []
    var field: [UInt8] = []
    var isQuoted = false
    func text() -> String? { field.isEmpty && !isQuoted ? nil : String(decoding: field, as: UTF8.self) }
    while let byte = try peek() {
      position += 1
      switch byte {
      case UInt8(ascii: "\"") where field.isEmpty && !isQuoted:
        isQuoted = true
        field = try quoted()
      case UInt8(ascii: ","):
        fields.append(text())
        (field, isQuoted) = ([], false)
      case UInt8(ascii: "\n"): return fields + [text()]
      case UInt8(ascii: "\r"): break
      default: field.append(byte)
      }
    }
    // The last line may lack its end.
    return fields.isEmpty && field.isEmpty && !isQuoted ? nil : fields + [text()]
  }

  /// Reads to the closing quotation mark; two of them stand for one.
  private mutating func quoted() throws -> [UInt8] {
    var field: [UInt8] = []
    while let byte = try peek() {
      position += 1
      if byte == UInt8(ascii: "\"") {
        guard try peek() == byte else { return field }
        position += 1
      }
      field.append(byte)
    }
    throw Wrong("a quotation mark is not closed")
  }

  private mutating func peek() throws -> UInt8? {
    if position == piece.count {
      piece = try file.read(upToCount: 64 << 10).map { [UInt8]($0) } ?? []
      position = 0
    }
    return position < piece.count ? piece[position] : nil
  }
}

func load(_ path: String, into table: String, _ db: MySQLClient) async throws -> Int {
  guard let file = FileHandle(forReadingAtPath: path) else { throw Wrong("\(path) cannot be read") }
  var records = Records(file)
  guard let columns = try records.next() else { throw Wrong("\(path) is empty") }
  let names = columns.map { quote($0 ?? "") }.joined(separator: ", ")
  let marks = columns.map { _ in "?" }.joined(separator: ", ")
  let insert = MySQLQuery(unsafe: "INSERT INTO \(quote(table)) (\(names)) VALUES (\(marks))")
  return try await db.withTransaction { transaction in
    var count = 0
    while true {
      var chunk: [[any MySQLEncodable]] = []
      while chunk.count < 10_000, let record = try records.next() {
        guard record.count == columns.count else {
          throw Wrong(
            "record \(count + chunk.count + 1) has \(record.count) fields, and not \(columns.count)")
        }
        chunk.append(record.map { $0 as any MySQLEncodable })
      }
      if chunk.isEmpty { return count }
      do throws(MySQLError) {
        count += try await transaction.executeBatch(insert, chunk).executedRows
      } catch {
        guard let rows = error.batch?.failedRows, !rows.isEmpty else { throw error }
        let last = rows.count > 1 ? " to \(count + rows.upperBound)" : ""
        throw Wrong("record \(count + rows.lowerBound + 1)\(last): \(error)")
      }
      FileHandle.standardError.write(Data("\r\(count) rows ".utf8))
    }
  }
}

func quote(_ name: String) -> String { MySQLQuery("\(identifier: name)").sql }

guard CommandLine.arguments.count == 4 else {
  print("usage: example-load URL TABLE FILE")
  exit(2)
}
do {
  let db = try MySQLClient(url: CommandLine.arguments[1])
  let count = try await load(CommandLine.arguments[3], into: CommandLine.arguments[2], db)
  print("\(count) rows were loaded")
  await db.shutdown()
} catch {
  FileHandle.standardError.write(Data("\nexample-load: \(error)\n".utf8))
  exit(1)
}
