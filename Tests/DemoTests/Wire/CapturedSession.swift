import Foundation
import MySQLTesting

/// A capture of one session that a test makes up. It is written to its file as it grows, so that it may be large.
final class CapturedSession {
  /// The size of the file.
  private(set) var size = 0
  private let file: FileHandle
  private var numbers: [StreamDirection: UInt32] = [.client: 100, .server: 500]
  private var count: UInt32 = 0

  private static let segmentSize = 32 << 10
  private static let rawIP: UInt32 = 101

  init(_ path: String) throws {
    try Data().write(to: URL(fileURLWithPath: path))
    file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    let version = little(UInt16(2)) + little(UInt16(4))
    try append(little(UInt32(0xA1B2_C3D4)) + version + little(UInt64(0)) + little(UInt32(65535)))
    try append(little(Self.rawIP))
    try writeSegment([], .client, flags: 0x02)
    try writeSegment([], .server, flags: 0x12)
    numbers = numbers.mapValues { $0 + 1 }
  }

  func send(_ bytes: [UInt8], from direction: StreamDirection) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      try writeSegment(Array(rest.prefix(Self.segmentSize)), direction, flags: 0x18)
      rest = rest.dropFirst(Self.segmentSize)
    }
  }

  /// Leaves out of the capture bytes that a side sent.
  func lose(_ count: UInt32, from direction: StreamDirection) {
    numbers[direction, default: 0] += count
  }

  func logIn(version: String = "8.4.0") throws {
    let plugin = Array("mysql_native_password".utf8) + [0]
    let capabilities: UInt32 = 0x0108_A201
    var greeting: [UInt8] = [10] + Array(version.utf8) + [0, 1, 0, 0, 0]
    greeting += [UInt8](repeating: 65, count: 8) + [0] + little(UInt16(truncatingIfNeeded: capabilities))
    greeting += [45, 2, 0] + little(UInt16(capabilities >> 16)) + [21] + [UInt8](repeating: 0, count: 10)
    greeting += [UInt8](repeating: 65, count: 12) + [0] + plugin
    try send(Self.packet(0, greeting), from: .server)
    let login = little(capabilities) + little(UInt32(1 << 24)) + [45] + [UInt8](repeating: 0, count: 23)
    try send(Self.packet(1, login + Array("root".utf8) + [0, 0] + plugin), from: .client)
    try send(Self.packet(2, [0, 0, 0, 2, 0, 0, 0]), from: .server)
  }

  /// A cell of a result, and the type of its column.
  struct Cell {
    let type: UInt8
    let content: [UInt8]

    init(_ type: UInt8, _ text: String) { (self.type, content) = (type, Array(text.utf8)) }

    /// A text of this many bytes.
    static func text(_ size: Int) -> Cell { Cell(253, String(repeating: "x", count: size)) }

    fileprivate var encoded: [UInt8] {
      let size = content.count
      let length = size < 251 ? [UInt8(size)] : [0xFD] + little(UInt32(size)).prefix(3)
      return length + content
    }
  }

  func query(_ sql: String, rows count: Int, of size: Int) throws {
    try query(sql, rows: count, of: [.text(size)])
  }

  /// Adds a query and a result whose rows are all alike.
  func query(_ sql: String, rows count: Int, of cells: [Cell]) throws {
    try send(Self.packet(0, [3] + Array(sql.utf8)), from: .client)
    let names = ["def", "", "", "", "c", "c"].flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) }
    var columns = Self.packet(1, [UInt8(cells.count)])
    for (index, cell) in cells.enumerated() {
      columns += Self.packet(index + 2, names + [12, 45, 0, 0, 0, 0, 0, cell.type, 0, 0, 0, 0, 0])
    }
    try send(columns, from: .server)
    let row = cells.flatMap(\.encoded)
    let first = cells.count + 2
    // The sequence numbers begin again with each group.
    let group = max(1, min(256, count, (1 << 20) / row.count))
    let rows = (0..<group).flatMap { Self.packet($0 + first, row) }
    for _ in 0..<max(1, count / group) { try send(rows, from: .server) }
    try send(Self.packet(first, [0xFE, 0, 0, 2, 0, 0, 0]), from: .server)
  }

  static func packet(_ sequence: Int, _ payload: [UInt8]) -> [UInt8] {
    little(UInt32(payload.count)).prefix(3) + [UInt8(truncatingIfNeeded: sequence)] + payload
  }

  private func writeSegment(_ payload: [UInt8], _ direction: StreamDirection, flags: UInt8) throws {
    let (client, server): ([UInt8], [UInt8]) = ([127, 0, 0, 1], [127, 0, 0, 2])
    let (clientPort, serverPort) = (big(UInt16(50_000)), big(UInt16(3306)))
    let isFromClient = direction == .client
    let length = UInt16(40 + payload.count)
    var bytes = [0x45, 0] + big(length) + [0, 0, 0x40, 0, 64, 6, 0, 0]
    bytes += isFromClient ? client + server : server + client
    bytes += isFromClient ? clientPort + serverPort : serverPort + clientPort
    bytes += big(numbers[direction, default: 0]) + big(numbers[isFromClient ? .server : .client, default: 0])
    bytes += [5 << 4, flags, 0xFF, 0xFF, 0, 0, 0, 0] + payload
    let recorded = little(UInt32(bytes.count))
    try append(little(1000 + count) + little(UInt32(0)) + recorded + recorded + bytes)
    numbers[direction, default: 0] += UInt32(payload.count)
    count += 1
  }

  private func append(_ bytes: [UInt8]) throws {
    try file.write(contentsOf: Data(bytes))
    size += bytes.count
  }
}

private func big(_ value: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: value.bigEndian) { Array($0) }
}

private func little(_ value: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: value.littleEndian) { Array($0) }
}
