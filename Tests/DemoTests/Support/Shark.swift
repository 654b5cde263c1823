import Foundation
import MySQLTesting

/// What tshark's MySQL dissector says about captures.
enum Shark {
  private static let folders = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"]

  static var isInstalled: Bool { tool("tshark") != nil && tool("mergecap") != nil }

  /// A connection, with its packets in order.
  struct Stream {
    var clientPort: UInt16
    var packets: [Packet] = []
  }

  struct Packet {
    var isFromClient: Bool
    var sequence: UInt8?
    var title: String
    var command: UInt8?
    var response: String?
    var statement: String?
    var isGreeting: Bool
    var isLogin: Bool
  }

  /// Returns the connections of all captures, in the order of their first packets.
  static func dissect(_ paths: [String]) throws -> [Stream] {
    guard let tshark = tool("tshark"), let mergecap = tool("mergecap") else { return [] }
    let merged = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).pcap")
    defer { try? FileManager.default.removeItem(at: merged) }
    _ = try CommandRun.of(mergecap, ["-w", merged.path] + paths)
    let run = try CommandRun.of(
      tshark,
      ["-r", merged.path, "-d", "tcp.port==1024-65535,mysql", "-T", "pdml", "-J", "mysql tcp", "-Y", "mysql"])
    var streams: [Int: Stream] = [:]
    for frame in run.outputText.split(separator: "<packet>").dropFirst() {
      let parts = frame.components(separatedBy: "<proto name=\"mysql\"")
      let tcp = parts[0]
      guard let stream = value("tcp.stream", "show", in: tcp).flatMap(Int.init),
        let source = value("tcp.srcport", "show", in: tcp).flatMap(UInt16.init),
        let target = value("tcp.dstport", "show", in: tcp).flatMap(UInt16.init)
      else { continue }
      for part in parts.dropFirst() {
        // The greeting comes first, from the server.
        var entry = streams[stream] ?? Stream(clientPort: target)
        entry.packets.append(Packet(part, isFromClient: source == entry.clientPort))
        streams[stream] = entry
      }
    }
    return streams.sorted { $0.key < $1.key }.map(\.value)
  }

  private static func tool(_ name: String) -> URL? {
    folders.map { URL(fileURLWithPath: "\($0)/\(name)") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  /// Returns an attribute of a field.
  fileprivate static func value(_ field: String, _ attribute: String, in text: String) -> String? {
    guard let start = text.range(of: "<field name=\"\(field)\""),
      let end = text.range(of: ">", range: start.upperBound..<text.endIndex),
      let name = text.range(of: " \(attribute)=\"", range: start.upperBound..<end.upperBound),
      let close = text.range(of: "\"", range: name.upperBound..<text.endIndex)
    else { return nil }
    return String(text[name.upperBound..<close.lowerBound])
  }
}

extension Shark.Packet {
  fileprivate init(_ text: String, isFromClient: Bool) {
    self.isFromClient = isFromClient
    sequence = Shark.value("mysql.packet_number", "show", in: text).flatMap(UInt8.init)
    let head = text.range(of: "showname=\"").map { text[$0.upperBound...].prefix { $0 != "\"" } } ?? ""
    title = head.replacingOccurrences(of: "MySQL Protocol", with: "")
      .trimmingCharacters(in: CharacterSet(charactersIn: " -"))
    command = Shark.value("mysql.command", "show", in: text).flatMap(UInt8.init)
    response = Shark.value("mysql.response_code", "show", in: text)
    statement = Shark.value("mysql.query", "value", in: text).map {
      String(decoding: Self.bytes($0), as: UTF8.self)
    }
    isGreeting = text.contains("mysql.server_greeting")
    isLogin = text.contains("mysql.login_request")
  }

  private static func bytes(_ digits: String) -> [UInt8] {
    let digits = Array(digits.utf8)
    return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
      UInt8(String(decoding: digits[$0...$0 + 1], as: UTF8.self), radix: 16)
    }
  }

  /// Returns whether both mean the same kind of packet.
  func agrees(with packet: DescribedPacket) -> Bool {
    switch packet.kind {
    case "Greeting": isGreeting
    case "HandshakeResponse", "SSLRequest": isLogin
    case "AuthSwitchRequest": title == "authentication switch request"
    case "ColumnCount": title == "column count"
    case "ColumnDefinition": title == "field packet" || title == "fields in response to PREPARE"
    case "ParameterDefinition": title == "parameters in response to PREPARE"
    // A row of empty texts looks like an OK to tshark.
    case "Row", "BinaryRow": title == "row packet" || response == "0x00"
    case "PrepareOK": title == "response to PREPARE"
    case "OK": response == "0x00" || response == "0xfe"
    case "EOF": response == "0xfe"
    // Before the login, tshark does not look for one.
    case "ERR": response == "0xff" || response == nil && title.isEmpty
    default: command.map { CommandCodes.names[$0] == packet.kind } ?? false
    }
  }
}

/// The commands by their numbers, as the MySQL documentation lists them.
private enum CommandCodes {
  static let names: [UInt8: String] = [
    1: "COM_QUIT", 2: "COM_INIT_DB", 3: "COM_QUERY", 9: "COM_STATISTICS", 14: "COM_PING",
    17: "COM_CHANGE_USER", 22: "COM_STMT_PREPARE", 23: "COM_STMT_EXECUTE", 24: "COM_STMT_SEND_LONG_DATA",
    25: "COM_STMT_CLOSE", 26: "COM_STMT_RESET", 27: "COM_SET_OPTION", 28: "COM_STMT_FETCH",
    31: "COM_RESET_CONNECTION", 250: "COM_STMT_BULK_EXECUTE",
  ]
}
