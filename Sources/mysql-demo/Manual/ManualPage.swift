/// The manual page, in the form that `man` reads (roff).
enum ManualPage {
  static var text: String {
    var text = """
      .TH MYSQL-DEMO 1 "" "swift-mysql \(Help.version)" "User Commands"
      .SH NAME
      mysql-demo \\- a client for MySQL and MariaDB
      .SH SYNOPSIS
      .B mysql-demo
      [\\fIoptions\\fR] [\\fIdatabase\\fR]

      """
    for subcommand in Subcommands.all {
      text += ".br\n.B mysql-demo \(subcommand.name)\n"
      if !subcommand.arguments.isEmpty { text += escaped(subcommand.arguments) + "\n" }
    }
    text += """
      .SH DESCRIPTION
      Without a subcommand, it runs the statements of \\fB\\-e\\fR, of standard input, or of a person at a terminal.
      The output in scripts is that of the mariadb command of MariaDB 10.11.
      .SH SUBCOMMANDS

      """
    for subcommand in Subcommands.all {
      text += ".TP\n.B \(subcommand.name) \(escaped(subcommand.arguments))\n\(escaped(subcommand.about)).\n"
    }
    text += ".SH OPTIONS\n"
    for section in OptionGuide.sections {
      text += ".SS \(escaped(section.title))\n"
      for entry in section.entries {
        let letter = entry.letter.map { "\\fB\\-\(escaped(String($0)))\\fR, " } ?? ""
        text += ".TP\n\(letter)\\fB\(escaped(entry.usage))\\fR\n\(escaped(Help.about(entry))).\n"
      }
    }
    text += """
      .SH ENVIRONMENT
      MYSQL_HOST, MYSQL_TCP_PORT, MYSQL_UNIX_PORT, MYSQL_PWD: the server and the password.
      MYSQL_PS1: the prompt. PAGER: the default pager. EDITOR, VISUAL: the editor of the command edit.
      NO_COLOR: no colours.
      .SH FILES
      /etc/my.cnf, /etc/mysql/my.cnf, ~/.my.cnf: option files. ~/.mysql_demo_history: earlier statements.

      """
    return text
  }

  /// Returns a text that roff shows as it is.
  static func escaped(_ text: String) -> String {
    let shown = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    return shown.hasPrefix(".") || shown.hasPrefix("'") ? "\\&" + shown : shown
  }
}
