import Foundation

/// Makes the text of a prompt from its pattern, such as `\N [\d]> `.
struct PromptPattern {
  /// What a pattern can show.
  struct Facts {
    var server = "unknown"
    var version = "not_connected"
    var database: String?
    /// The host, or `localhost` for a unix socket.
    var host = "not_connected"
    var isLocal = false
    /// The port, or the name of the unix socket.
    var port = "not_connected"
    /// The account, such as `root@localhost`.
    var account = "(unknown)"
    var delimiter = ";"
    /// How many prompts with a number there have been, including this one.
    var number = 1
    var time = Date()
  }

  let facts: Facts

  func text(_ pattern: [UInt8]) -> String {
    var text: [UInt8] = []
    var rest = pattern[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let letter = rest.popFirst() else {
        if byte != UInt8(ascii: "\\") { text.append(byte) }
        continue
      }
      text += Array(replacement(Character(Unicode.Scalar(letter))).utf8)
    }
    return String(decoding: text, as: UTF8.self)
  }

  private func replacement(_ letter: Character) -> String {
    switch letter {
    case "c": "\(facts.number)"
    case "v": facts.version
    case "d": facts.database ?? "(none)"
    case "N": facts.server
    case "h": facts.host
    case "H": facts.isLocal ? Self.ownHost : facts.host
    case "p": facts.port
    case "U": facts.account
    case "u": String(facts.account.prefix { $0 != "@" })
    case "n": "\n"
    case " ", "_": " "
    case "S": ";"
    case "t": "\t"
    case "l": facts.delimiter
    default: clock(letter) ?? String(letter)
    }
  }

  private func clock(_ letter: Character) -> String? {
    var seconds = time_t(facts.time.timeIntervalSince1970)
    var parts = tm()
    localtime_r(&seconds, &parts)
    let hour = Int(parts.tm_hour)
    switch letter {
    case "R": return Self.twoDigits(hour)
    case "r": return Self.twoDigits(hour % 12 == 0 ? 12 : hour % 12)
    case "m": return Self.twoDigits(Int(parts.tm_min))
    case "s": return Self.twoDigits(Int(parts.tm_sec))
    case "y": return "\(parts.tm_year % 100)"
    case "Y": return "\(parts.tm_year + 1900)"
    case "w": return Self.days[Int(parts.tm_wday)]
    case "P": return hour < 12 ? "am" : "pm"
    case "o": return "\(parts.tm_mon + 1)"
    case "O": return Self.months[Int(parts.tm_mon)]
    case "D":
      let day = String(parts.tm_mday)
      return "\(Self.days[Int(parts.tm_wday)]) \(Self.months[Int(parts.tm_mon)]) "
        + "\(day.count == 1 ? " " : "")\(day) \(Self.twoDigits(hour)):\(Self.twoDigits(Int(parts.tm_min))):"
        + "\(Self.twoDigits(Int(parts.tm_sec))) \(parts.tm_year + 1900)"
    default: return nil
    }
  }

  private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static var ownHost: String { ProcessInfo.processInfo.hostName }
}
