import ArgumentParser
import Glibc
import Literate

struct Lectern: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lectern", abstract: "Executable lectures: run, check and weave lessons.",
    discussion: """
      Exit codes: 0 ok; 1 a claim failed, or differs from the ledger; 2 usage; 3 a lesson's source \
      is invalid; 4 a cell does not compile; 5 a cell trapped, threw or ran over a limit; 6 a tool \
      is missing or failed, or a file cannot be written; 7 a committed figure is stale; 8 warnings \
      under --strict; 130 interrupted. Where several things fail, the code is that of the first \
      stage: usage, source, tools, compiling, running, claims, figures.
      """,
    subcommands: [
      Render.self, Check.self, Verify.self, New.self, Tangle.self, Inspect.self, Clean.self,
      Doctor.self,
    ])
}

@main
enum Main {
  static func main() {
    Interruption.listen()
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try Lectern.parseAsRoot()
      try command.run()
    } catch let error as Interruption.Requested {
      Terminal.note("lectern: interrupted")
      exit(error.exitCode)
    } catch let error as Diagnostic {
      Terminal.note(error.rendered(source: nil), terminator: "")
      exit(error.kind.exitCode)
    } catch let code as ExitCode {
      exit(code.rawValue)
    } catch {
      let code = Lectern.exitCode(for: error)
      let text = Lectern.fullMessage(for: error)
      if code == .success { print(text) } else { Terminal.note(text) }
      // ArgumentParser's own code for a wrong command line is 64.
      exit(code == .validationFailure ? Diagnostic.Kind.usage.exitCode : code.rawValue)
    }
  }
}
