import Foundation

/// What the system lets this process do with a file.
enum FileAccess {
  /// Returns the system's error number if the file cannot be used; nil if it can.
  static func failure(_ path: String, writes: Bool = false) -> Int32? {
    access(path, writes ? R_OK | W_OK : R_OK) == 0 ? nil : errno
  }
}
