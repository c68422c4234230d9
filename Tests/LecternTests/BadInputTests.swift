import Foundation
import Testing

/// What can be wrong outside the cells: files, folders, tools, parameters, signals. Whatever happens,
/// a page that was there before stays whole.
struct BadInputTests {
  /// A bench with one rendered lesson, and its page.
  private func rendered(_ name: String = "lessons") throws -> (Workbench, page: String) {
    let bench = try Workbench(name)
    try bench.lesson("show(1)")
    let outcome = try bench.lectern("render", "lesson.md")
    try #require(outcome.status == 0, "\(outcome.stderr)")
    return (bench, try #require(bench.read("_site/lesson.html")))
  }

  @Test func `a missing lesson`() throws {
    let (bench, page) = try rendered()
    let outcome = try bench.lectern("render", "missing.md")
    #expect(outcome.status == 2)
    #expect(outcome.stderr.contains("missing.md: error: there is no such lesson\n  hint: "))
    #expect(bench.read("_site/lesson.html") == page)
  }

  @Test func `a folder without lessons`() throws {
    let bench = try Workbench()
    try bench.write("# not a lesson", to: "README.md")
    let outcome = try bench.lectern("render", ".")
    #expect(outcome.status == 2)
    #expect(outcome.stderr.contains("the folder holds no lesson"))
  }

  @Test func `a folder of lessons gets an index and a summary`() throws {
    let bench = try Workbench()
    try bench.lesson("show(1)", as: "b.md")
    try bench.lesson("show(2)", as: "a.md")
    let outcome = try bench.lectern("render", ".")
    #expect(outcome.status == 0, "\(outcome.stderr)")
    #expect(outcome.stdout == "_site/index.html\nclaims: 0 hold, 0 fail, 0 not checked\n")
    let index = try #require(bench.read("_site/index.html"))
    let (a, b) = (index.firstRange(of: "a.html"), index.firstRange(of: "b.html"))
    #expect(try #require(a).lowerBound < #require(b).lowerBound)
  }

  @Test func `a path with spaces and accents, outside the repository`() throws {
    let (bench, _) = try rendered("été à la plage")
    let start = try bench.lesson("let a = [1]\nprint(a[a.count])", as: "leçon n° 1.md")
    let outcome = try bench.lectern("render", "leçon n° 1.md", "--output-dir", "pages d'été")
    #expect(outcome.status == 5)
    #expect(
      outcome.stderr.contains("leçon n° 1.md:\(start + 1):8: error [cell]: index out of range"),
      "\(outcome.stderr)")
    #expect(bench.read("pages d'été/leçon n° 1.html") != nil)
  }

  @Test func `an output folder that cannot be made`() throws {
    let (bench, page) = try rendered()
    try bench.write("a file", to: "taken")
    let outcome = try bench.lectern("render", "lesson.md", "--output-dir", "taken/pages")
    #expect(outcome.status == 6)
    #expect(outcome.stderr.contains("taken"))
    #expect(outcome.stderr.contains("choose a folder that you may write with --output-dir"))
    #expect(bench.read("taken") == "a file")
    #expect(bench.read("_site/lesson.html") == page)
  }

  @Test func `an output folder that may not be written`() throws {
    let (bench, _) = try rendered()
    // Root may write anywhere but below /proc.
    let outcome = try bench.lectern("render", "lesson.md", "--output-dir", "/proc/self/pages")
    #expect(outcome.status == 6)
    #expect(outcome.stderr.contains("/proc/self/pages"))
  }

  @Test(.enabled(if: Workbench.user != nil, "the command cannot be run as a normal user here"))
  func `an output folder that a normal user may not write`() throws {
    let bench = try Workbench()
    try bench.lesson("show(1)")
    let locked = bench.folder.appending(path: "locked")
    try FileManager.default.createDirectory(at: locked, withIntermediateDirectories: true)
    try Data("old".utf8).write(to: locked.appending(path: "lesson.html"))
    func allow(_ mode: Int) throws {
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: locked.path)
    }
    try allow(0o555)
    defer { try? allow(0o755) }
    let outcome = try bench.lectern(
      "render", "lesson.md", "--output-dir", "locked", asUser: try #require(Workbench.user))
    #expect(outcome.status == 6, "\(outcome.stderr)")
    #expect(outcome.stderr.contains("cannot write locked/lesson.html: Permission denied"))
    #expect(outcome.stderr.contains("hint: free space, or choose a folder that you may write"))
    #expect(bench.read("locked/lesson.html") == "old")
    #expect(try FileManager.default.contentsOfDirectory(atPath: locked.path) == ["lesson.html"])
  }

  @Test func `what is no file is not read`() throws {
    let bench = try Workbench()
    try #require(mkfifo(bench.folder.appending(path: "pipe.md").path, 0o600) == 0)
    for path in ["pipe.md", "/dev/zero"] {
      let outcome = try bench.lectern("render", path)
      #expect(outcome.status == 2)
      #expect(outcome.stderr.contains("\(path): error: this is a device or a pipe, not a file"))
    }
  }

  @Test func `cleaning what is not there removes nothing`() throws {
    let (bench, _) = try rendered()
    let outcome = try bench.lectern("clean", "lessn.md")
    #expect(outcome.status == 2)
    #expect(outcome.stderr.contains("lessn.md: error: there is no such lesson or folder"))
    #expect(bench.exists("cache/lectern/v1/runs"))
  }

  /// Mounts a disk of so many bytes for the time of `body`.
  private func onSmallDisk(
    _ bench: Workbench, _ size: String, at name: String, _ body: (URL) throws -> Void
  ) throws {
    let disk = bench.folder.appending(path: name)
    try FileManager.default.createDirectory(at: disk, withIntermediateDirectories: true)
    try #require(
      Self.run("/bin/mount", "-t", "tmpfs", "-o", "size=\(size)", "tmpfs", disk.path) == 0)
    defer { _ = Self.run("/bin/umount", "-l", disk.path) }
    try body(disk)
  }

  /// Whether this machine lets us make a small disk.
  static let canMount: Bool = {
    let place = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try? FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    guard run("/bin/mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", place.path) == 0 else {
      return false
    }
    return run("/bin/umount", "-l", place.path) == 0
  }()

  @Test(.enabled(if: canMount, "a small disk cannot be mounted here"))
  func `a full cache only makes it slower`() throws {
    let bench = try Workbench()
    try bench.lesson("show(cached(\"work\", inputs: 1) { 42 })")
    try onSmallDisk(bench, "16k", at: "cache") { disk in
      let filler = disk.appending(path: "filler").path
      try #require(
        FileManager.default.createFile(atPath: filler, contents: Data(count: 16 << 10)))
      let outcome = try bench.lectern("render", "lesson.md")
      #expect(outcome.status == 0, "\(outcome.stderr)")
      #expect(bench.read("_site/lesson.html")?.contains("42") == true)
    }
  }

  @Test(.enabled(if: canMount, "a small disk cannot be mounted here"))
  func `a full disk leaves the committed figures`() throws {
    let bench = try Workbench()
    try bench.lesson("show(Figure { Line(x: [0, 1], y: [0, 1]) })")
    try onSmallDisk(bench, "64k", at: "Figures") { disk in
      let render = { try bench.lectern("render", "lesson.md", "--update-figures") }
      #expect(try render().status == 0)
      let old = try #require(bench.read("Figures/lesson/cell.svg"))
      let filler = disk.appending(path: "filler").path
      var size = 64 << 10
      while size > 0, (try? Data(count: size).write(to: URL(filePath: filler))) == nil {
        size -= 4096
      }
      try bench.lesson("show(Figure { Line(x: [0, 1], y: [0, 2]) })")
      let outcome = try render()
      #expect(outcome.status == 6, "\(outcome.stderr)")
      #expect(outcome.stderr.contains("Figures/lesson/cell.svg: No space left on device"))
      #expect(outcome.stderr.contains("hint: free space, or make the folder of the figures"))
      #expect(bench.read("Figures/lesson/cell.svg") == old)
      #expect(
        try FileManager.default.contentsOfDirectory(
          atPath: disk.appending(path: "lesson").path) == ["cell.svg"])
    }
  }

  @Test(.enabled(if: canMount, "a small disk cannot be mounted here"))
  func `a full disk leaves the old page`() throws {
    let (bench, _) = try rendered()
    try onSmallDisk(bench, "512k", at: "small") { try fill($0, of: bench) }
  }

  private func fill(_ disk: URL, of bench: Workbench) throws {
    #expect(try bench.lectern("render", "lesson.md", "--output-dir", "small").status == 0)
    let old = try #require(bench.read("small/lesson.html"))
    try bench.lesson("for i in 0..<16 { show(String(repeating: \"\\(i) \", count: 30_000)) }")
    let outcome = try bench.lectern("render", "lesson.md", "--output-dir", "small")
    #expect(outcome.status == 6, "\(outcome.stderr)")
    #expect(outcome.stderr.contains("small/lesson.html: No space left on device"))
    #expect(outcome.stderr.contains("hint: free space"))
    #expect(bench.read("small/lesson.html") == old)
    #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path) == ["lesson.html"])
  }

  private static func run(_ path: String, _ arguments: String...) -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return -1 }
    process.waitUntilExit()
    return process.terminationStatus
  }

  @Test(arguments: [
    ("swiftc", "hint: install Swift 6.3"), ("pandoc", "hint: install it: apt-get install pandoc"),
  ])
  func `a tool is missing`(tool: String, hint: String) throws {
    let (bench, page) = try rendered()
    let tools = bench.folder.appending(path: "tools")
    try FileManager.default.createDirectory(at: tools, withIntermediateDirectories: true)
    for name in ["swiftc", "pandoc", "ld.lld", "clang"] where name != tool {
      let path = try #require(Self.find(name))
      try FileManager.default.createSymbolicLink(
        at: tools.appending(path: name), withDestinationURL: path)
    }
    try bench.lesson("show(2)")
    let outcome = try bench.lectern("render", "lesson.md", environment: ["PATH": tools.path])
    #expect(outcome.status == 6, "\(outcome.stderr)")
    #expect(outcome.stderr.contains("error: \(tool) is not on PATH"))
    #expect(outcome.stderr.contains(hint))
    #expect(bench.read("_site/lesson.html") == page)
  }

  private static func find(_ name: String) -> URL? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .map { URL(filePath: "\($0)/\(name)") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  @Test func `the parameters of the command line`() throws {
    let bench = try Workbench()
    let start = try bench.lesson(
      "let v = slider(\"λ\", name: \"lambda\", in: 0.5...2, value: 1)\nshow(\"v is \\(v)\")\n"
        + "show(\"n is \\(parameter(\"n\", 3))\")", frontMatter: ["params:", "  n: 4"])
    #expect(try bench.lectern("render", "lesson.md").status == 0)
    #expect(bench.read("_site/lesson.html")?.contains("v is 1.0") == true)
    #expect(bench.read("_site/lesson.html")?.contains("n is 4") == true)

    let given = try bench.lectern("render", "lesson.md", "-P", "lambda:1.5", "-P", "n:5")
    #expect(given.status == 0, "\(given.stderr)")
    let page = try #require(bench.read("_site/lesson.html"))
    #expect(page.contains("v is 1.5") && page.contains("n is 5"))
    #expect(try bench.lectern("render", "lesson.md", "-P", "λ:1.5", "-P", "n:5").status == 0)
    #expect(bench.read("_site/lesson.html")?.contains("v is 1.5") == true)

    let outside = try bench.lectern("render", "lesson.md", "-P", "lambda:9")
    #expect(outside.status == 2)
    #expect(
      outside.stderr.contains(
        "lesson.md:\(start):9: error [cell]: λ = 9.0 lies outside its range 0.5...2.0"))
    #expect(outside.stderr.contains("hint: write -P lambda:VALUE"))
    let text = try bench.lectern("render", "lesson.md", "-P", "lambda:wide")
    #expect(text.status == 2)
    #expect(text.stderr.contains("-P lambda:wide is not a value of type Double"))
    let unknown = try bench.lectern("render", "lesson.md", "-P", "lamda:1")
    #expect(unknown.status == 2)
    #expect(unknown.stderr.contains("-P lamda: the lesson has no such parameter"))
    #expect(unknown.stderr.contains("did you mean `lambda`?"))
    #expect(try bench.lectern("render", "lesson.md", "-P", "nonsense").status == 2)
    #expect(bench.read("_site/lesson.html")?.contains("v is 1.5") == true)
  }

  @Test(arguments: [["render"], ["render", "a.md", "--wrong"], ["unheard-of"]])
  func `a wrong command line exits with 2`(arguments: [String]) throws {
    let bench = try Workbench()
    let process = bench.process(arguments)
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 2)
  }

  @Test func `kill -9 in the middle of a render leaves the old page and no process`() throws {
    let (bench, page) = try rendered()
    let marker = bench.folder.appending(path: "started")
    try bench.lesson(
      """
      import Glibc
      let file = fopen("started", "w")!
      fputs("\\(getpid())", file)
      fclose(file)
      while true {}
      """)
    let process = bench.process(["render", "lesson.md", "--quiet"])
    try process.run()
    while (try? String(contentsOf: marker, encoding: .utf8).isEmpty) ?? true { usleep(10_000) }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(bench.read("_site/lesson.html") == page)
    #expect(
      try FileManager.default.contentsOfDirectory(
        atPath: bench.folder.appending(path: "_site").path) == ["lesson.html"])
    let lesson = try #require(Int32(String(contentsOf: marker, encoding: .utf8)))
    // The kernel ends the lesson with its engine.
    var isGone = false
    for _ in 0..<500 where !isGone {
      isGone = kill(lesson, 0) != 0 || Self.isZombie(lesson)
      usleep(10_000)
    }
    #expect(isGone)
    try bench.lesson("show(1)")
    #expect(try bench.lectern("render", "lesson.md").status == 0)
    #expect(bench.read("_site/lesson.html") == page)
  }

  @Test func `an interruption ends the lesson too and exits with 130`() throws {
    let (bench, page) = try rendered()
    let marker = bench.folder.appending(path: "started")
    try bench.lesson(
      "import Glibc\nlet file = fopen(\"started\", \"w\")!\nfputs(\"\\(getpid())\", file)\n"
        + "fclose(file)\nwhile true {}")
    let process = bench.process(["render", "lesson.md", "--quiet"])
    process.standardError = FileHandle.nullDevice
    try process.run()
    while (try? String(contentsOf: marker, encoding: .utf8).isEmpty) ?? true { usleep(10_000) }
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    let lesson = try #require(Int32(String(contentsOf: marker, encoding: .utf8)))
    #expect(kill(lesson, 0) != 0 || Self.isZombie(lesson))
    #expect(bench.read("_site/lesson.html") == page)
  }

  private static func isZombie(_ pid: Int32) -> Bool {
    let text = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? ""
    return text.contains(") Z ")
  }
}
