/// Options with which the doctor gives up after a second.
let doctorPatience = ["--no-defaults", "--connect-timeout=1"]

func diagnose(_ arguments: [String]) throws -> CommandRun {
  try CommandRun.of(CommandRun.demo, ["doctor"] + doctorPatience + arguments)
}

func diagnose(_ server: DemoServer, _ arguments: [String]) throws -> CommandRun {
  try diagnose(server.arguments + server.ownArguments + arguments)
}
