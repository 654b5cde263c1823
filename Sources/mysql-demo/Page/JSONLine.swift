/// A JSON object on one line, written so that it can stand in an HTML page: nothing in it ends the element around it.
struct JSONLine {
  private var bytes: [UInt8] = [UInt8(ascii: "{")]

  var ended: [UInt8] { bytes + [UInt8(ascii: "}")] }

  mutating func add(_ name: String, _ value: Int) {
    addName(name)
    bytes += String(value).utf8
  }

  mutating func add(_ name: String, _ value: String) {
    addName(name)
    bytes.append(json: value)
  }

  /// Adds an object.
  mutating func add(_ name: String, _ body: (inout JSONLine) -> Void) {
    var object = JSONLine()
    body(&object)
    addName(name)
    bytes += object.ended
  }

  /// Adds a list of lists.
  mutating func add<Item>(_ name: String, _ items: [Item], _ body: (Item, inout JSONList) -> Void) {
    addName(name)
    bytes.append(UInt8(ascii: "["))
    for (index, item) in items.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      var list = JSONList()
      body(item, &list)
      bytes += list.ended
    }
    bytes.append(UInt8(ascii: "]"))
  }

  mutating func add(_ name: String, _ texts: [String]) {
    var list = JSONList()
    for text in texts { list.add(text) }
    addName(name)
    bytes += list.ended
  }

  private mutating func addName(_ name: String) {
    if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
    bytes.append(json: name)
    bytes.append(UInt8(ascii: ":"))
  }
}

/// A list within a `JSONLine`.
struct JSONList {
  private var bytes: [UInt8] = [UInt8(ascii: "[")]

  var ended: [UInt8] { bytes + [UInt8(ascii: "]")] }

  mutating func add(_ value: Int) {
    separate()
    bytes += String(value).utf8
  }

  mutating func add(_ value: String) {
    separate()
    bytes.append(json: value)
  }

  private mutating func separate() { if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) } }
}

extension [UInt8] {
  /// Appends a JSON string. It is ASCII apart from the text itself, and has no `<`, `>` or `&`.
  fileprivate mutating func append(json text: String) {
    append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        append(UInt8(ascii: "\\"))
        append(byte)
      case 0..<0x20, 0x7F, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"):
        self += "\\u00".utf8
        self += ((byte < 16 ? "0" : "") + String(byte, radix: 16)).utf8
      default: append(byte)
      }
    }
    append(UInt8(ascii: "\""))
  }
}
