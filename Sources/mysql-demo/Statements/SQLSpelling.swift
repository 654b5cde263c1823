extension String {
  /// The text as an SQL string, whatever it contains. A backslash is doubled: where backslashes are not special, the
  /// string then has one too many, but it never ends early.
  var sqlString: String {
    "'" + replacing("\\", with: "\\\\").replacing("'", with: "''") + "'"
  }

  /// The text as a quoted name.
  var sqlName: String { "`" + replacing("`", with: "``") + "`" }

  /// The text as the database name in a GRANT, where a plain `_` or `%` would stand for any characters.
  var sqlGrantName: String {
    replacing("\\", with: "\\\\").replacing("_", with: "\\_").replacing("%", with: "\\%").sqlName
  }
}
