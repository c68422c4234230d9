import Foundation
import Literate

/// Runs the installed pandoc, as `lectern` does.
func pandoc(_ markdown: String) throws -> (html: String, warnings: String) {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = ["pandoc"] + Weaver.pandocArguments
  let input = Pipe()
  let output = Pipe()
  let errors = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  _ = FileManager.default.createFile(atPath: errors.path(percentEncoded: false), contents: nil)
  defer { try? FileManager.default.removeItem(at: errors) }
  process.standardInput = input
  process.standardOutput = output
  process.standardError = try FileHandle(forWritingTo: errors)
  try process.run()
  let bytes = Data(markdown.utf8)
  Thread.detachNewThread {
    try? input.fileHandleForWriting.write(contentsOf: bytes)
    try? input.fileHandleForWriting.close()
  }
  let html = try output.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  return (
    String(decoding: html, as: UTF8.self),
    String(decoding: try Data(contentsOf: errors), as: UTF8.self)
  )
}
