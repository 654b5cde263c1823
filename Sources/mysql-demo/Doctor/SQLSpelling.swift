extension String {
  /// As a string of SQL, whatever is in it. A backslash is doubled: where it is not special, that is more than
  /// was meant, but never the end of the string.
  var sqlString: String {
    "'" + replacing("\\", with: "\\\\").replacing("'", with: "''") + "'"
  }

  /// As a quoted name.
  var sqlName: String { "`" + replacing("`", with: "``") + "`" }

  /// As the database of a GRANT, where `_` and `%` would stand for any characters.
  var sqlGrantName: String {
    replacing("\\", with: "\\\\").replacing("_", with: "\\_").replacing("%", with: "\\%").sqlName
  }
}
