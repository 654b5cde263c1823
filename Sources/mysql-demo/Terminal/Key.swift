/// A key that was pressed.
enum Key: Equatable {
  case character(Character)
  case enter, tab, backspace, delete
  case left, right, up, down, home, end, wordLeft, wordRight
  /// Ctrl and a letter that the others do not cover.
  case control(Character)
  /// There is no more input.
  case closed
}
