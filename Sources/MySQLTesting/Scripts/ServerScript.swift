/// What the handler of a `ScriptedServer` deals in: the columns and cells of results, and the commands of clients.
public enum ServerScript {}
