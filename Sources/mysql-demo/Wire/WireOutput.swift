import Foundation
import MySQL

/// Where `--wire` shows the packets.
enum WireOutput: Equatable {
  case nowhere
  /// On standard error, a line for each packet.
  case lines
  /// In a file, as a web page.
  case page(String)

  /// Returns nil for a value that is neither yes or no nor the name of a page.
  init?(_ value: String?) {
    guard let value else {
      self = .lines
      return
    }
    if let isOn = OptionSwitch.isOn(value) {
      self = isOn ? .lines : .nowhere
    } else if [".html", ".htm"].contains(where: value.lowercased().hasSuffix) {
      self = .page(value)
    } else {
      return nil
    }
  }

  /// Makes the observer of the run's connections, if they are to be observed.
  ///
  /// - Parameter server: What a page calls the server.
  func observer(of server: String) throws(PageFile.Failure) -> (any MySQLObserver)? {
    switch self {
    case .nowhere: nil
    case .lines: WirePrinter()
    case .page(let path): WirePage(try PageFile(path), server: server)
    }
  }
}
