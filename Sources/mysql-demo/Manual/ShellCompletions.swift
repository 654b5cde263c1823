/// What lets a shell complete the subcommands and options.
enum ShellCompletions: String, CaseIterable {
  case bash, zsh, fish

  var text: String {
    switch self {
    case .bash: Self.bashText
    case .zsh: Self.zshText
    case .fish: Self.fishText
    }
  }

  private static var entries: [OptionEntry] { OptionGuide.sections.flatMap(\.entries) }

  private static var bashText: String {
    let words = entries.map { $0.value == nil || $0.isOptional ? "--\($0.name)" : "--\($0.name)=" }
    let choices = entries.filter { !$0.choices.isEmpty }.map { entry in
      "    --\(entry.name)) COMPREPLY=($(compgen -W \"\(entry.choices.joined(separator: " "))\" -- \"$value\")) ;;"
    }
    let files = entries.filter(\.isFile).map { "--\($0.name)" }.joined(separator: "|")
    return """
      _mysql_demo() {
        local word=${COMP_WORDS[COMP_CWORD]} option= value=
        if [[ $word == = ]]; then
          option=${COMP_WORDS[COMP_CWORD-1]}
        elif [[ ${COMP_WORDS[COMP_CWORD-1]} == = ]]; then
          option=${COMP_WORDS[COMP_CWORD-2]} value=$word
        fi
        case $option in
      \(choices.joined(separator: "\n"))
          \(files)) COMPREPLY=($(compgen -f -- "$value")) ;;
          "")
            if [[ $word == -* ]]; then
              COMPREPLY=($(compgen -W "\(words.joined(separator: " "))" -- "$word"))
              [[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace
            elif ((COMP_CWORD == 1)); then
              COMPREPLY=($(compgen -W "\(Subcommands.all.map(\.name).joined(separator: " "))" -- "$word"))
            else
              COMPREPLY=($(compgen -f -- "$word"))
            fi ;;
        esac
        return 0
      }
      complete -F _mysql_demo mysql-demo

      """
  }

  private static var zshText: String {
    var lines = ["#compdef mysql-demo", "", "_arguments \\"]
    for entry in entries {
      let about = Self.zshEscaped(entry.about)
      var argument = ""
      if let value = entry.value {
        let action =
          entry.isFile ? "_files" : entry.choices.isEmpty ? "" : "(\(entry.choices.joined(separator: " ")))"
        argument = "\(entry.isOptional ? "::" : ":")\(value.lowercased()):\(action)"
      }
      let equals = entry.value == nil ? "" : entry.isOptional ? "=-" : "="
      lines.append("  '--\(entry.name)\(equals)[\(about)]\(argument)' \\")
      if let letter = entry.letter {
        let attached = entry.value == nil ? "" : entry.isOptional ? "-" : "+"
        lines.append("  '-\(letter == "?" ? "\\?" : String(letter))\(attached)[\(about)]\(argument)' \\")
      }
    }
    lines.append("  '1::subcommand:(\(Subcommands.all.map(\.name).joined(separator: " ")))' \\")
    // With two colons, no option would be completed after an argument.
    lines.append("  '*:argument:_files'")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func zshEscaped(_ text: String) -> String {
    // The quotes last: their backslashes are the shell's, the others `_arguments`' own.
    text.replacing("\\", with: "\\\\").replacing("[", with: "\\[").replacing("]", with: "\\]")
      .replacing(":", with: "\\:").replacing("'", with: "'\\''")
  }

  private static var fishText: String {
    var lines = ["complete -c mysql-demo -f"]
    for subcommand in Subcommands.all {
      lines.append(
        "complete -c mysql-demo -n __fish_use_subcommand -a \(subcommand.name) -d \(fishQuoted(subcommand.about))"
      )
    }
    for entry in entries {
      var line = "complete -c mysql-demo -l \(entry.name)"
      if let letter = entry.letter { line += letter == "?" ? " -s '?'" : " -s \(letter)" }
      if entry.isFile {
        line += " -r -F"
      } else if entry.value != nil, !entry.isOptional {
        line += " -x"
        if !entry.choices.isEmpty { line += " -a \(fishQuoted(entry.choices.joined(separator: " ")))" }
      }
      lines.append(line + " -d \(fishQuoted(entry.about))")
    }
    lines.append("complete -c mysql-demo -n '__fish_seen_subcommand_from decode restore' -F")
    lines.append(
      "complete -c mysql-demo -n '__fish_seen_subcommand_from completions' -a '\(allCases.map(\.rawValue).joined(separator: " "))'"
    )
    return lines.joined(separator: "\n") + "\n"
  }

  private static func fishQuoted(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }
}
