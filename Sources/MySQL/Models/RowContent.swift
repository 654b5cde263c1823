import Foundation
import MySQLWire

/// A row that is being decoded by names, and what is kept from row to row: the places of its cells, and the
/// order in which the type asks for columns.
final class RowContent {
  let columns: ResultColumns
  let options: MySQLRowDecoder
  private var block: Block?
  private var row = 0
  private var places: [CellPlace] = []
  // A type asks for the same keys in the same order for every row. Comparing a name with the one asked for at
  // this point of the first row takes 5 ns; looking it up takes 40.
  private var asked: [(name: String, column: Int?)] = []
  private var step = 0

  init(_ columns: ResultColumns, _ options: MySQLRowDecoder) {
    self.columns = columns
    self.options = options
    places.reserveCapacity(columns.count)
  }

  func decode<Value: Decodable>(_ type: Value.Type, _ block: Block, _ row: Int) throws(MySQLError) -> Value {
    self.block = block
    self.row = row
    step = 0
    places.removeAll(keepingCapacity: true)
    var cells = block.cells(ofRow: row)
    for _ in 0..<columns.count { places.append(cells.next(in: block)) }
    do {
      // A type that is made from a single cell needs no names.
      if columns.count == 1, type is any MySQLDecodable.Type || type == Date.self {
        return try cell(0).decode(type, options)
      }
      return try Value(from: RowDecoder(content: self))
    } catch let error as MySQLError {
      throw error
    } catch {
      throw MySQLError(
        .decoding, "cannot decode row \(block.firstRow + row) as \(type): \(describe(error))",
        reach: .answered)
    }
  }

  func column(named name: String) -> Int? {
    defer { step += 1 }
    if step < asked.count, asked[step].name == name { return asked[step].column }
    let column = columns.index(of: name, ignoringUnderscores: options.keys == .snakeCase)
    // Bounded, in case a type keeps asking.
    if step == asked.count, step < 4 * columns.count + 16 { asked.append((name, column)) }
    return column
  }

  func cell(named name: String) throws(MySQLError) -> MySQLCell {
    guard let column = column(named: name) else {
      throw MySQLError(
        .decoding, "the row has no column '\(name)': it has \(columns.listing)", reach: .answered)
    }
    return try cell(column)
  }

  func cell(_ column: Int) throws(MySQLError) -> MySQLCell {
    guard let block, column < places.count else {
      throw MySQLError(.decoding, "the row has \(columns.listing)", reach: .answered)
    }
    return MySQLCell(block, places[column])
  }
}
