import ArgumentParser

@main
struct Lectern: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lectern", abstract: "Executable lectures: run, check and weave lessons.")
}
