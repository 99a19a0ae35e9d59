#include "launch.hpp"

#include "children.hpp"
#include "file_descriptor.hpp"

#include <mystic/system/clock.hpp>
#include <mystic/system/environment.hpp>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

namespace mystic::supervision {
namespace {

struct Failure {
  int error = 0;           ///< errno; 0: no failure
  std::string where = {};  ///< stands before what errno means
  std::string hint = {};   ///< stands behind it
};

/// What exec takes, made before the fork: the child allocates nothing.
struct Image {
  const char* program = nullptr;
  char* const* arguments = nullptr;
  char* const* environment = nullptr;
  int input = 0;
  int output = 1;
  int error = 2;
  int report = -1;  ///< takes errno when exec fails; closed by exec when it does not
  pid_t parent = 0;
};

/// In the child. With vfork it still uses the parent's memory, so it only makes system calls.
[[noreturn]] void become(const Image& image) noexcept {
  ::setsid();
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != image.parent) ::_exit(127);  // it died before the line above
  const bool placed =
      ::dup2(image.input, 0) == 0 && ::dup2(image.output, 1) == 1 && ::dup2(image.error, 2) == 2;
  if (placed) {
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::execve(image.program, image.arguments, image.environment);
  }
  const int error = errno;
  [[maybe_unused]] const ssize_t size = ::write(image.report, &error, sizeof error);
  ::_exit(127);
}

/// vfork copies no page tables: 0.4 ms less than fork per command (2026-11-20, bench/system_bench.cpp,
/// two cores of a virtual machine).
[[gnu::noinline]] pid_t fork_and_become(const Image& image) {
  // become() keeps the rules of vfork: system calls only, then exec or _exit.
  const pid_t child = ::vfork();  // NOLINT(bugprone-unsafe-functions,clang-analyzer-*)
  if (child == 0) become(image);  // NOLINT(clang-analyzer-unix.Vfork)
  return child;
}

/// What execve takes: pointers into `texts`, ended by a null pointer.
std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> found;
  found.reserve(texts.size() + 1);
  for (const std::string& text : texts) found.push_back(const_cast<char*>(text.c_str()));
  found.push_back(nullptr);
  return found;
}

/// Opens without waiting for the other end of a FIFO, which may never come.
FileDescriptor open_stream(const std::filesystem::path& path, int flags) {
  FileDescriptor file(::open(path.c_str(), flags | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0666));
  if (file.open()) ::fcntl(file.get(), F_SETFL, ::fcntl(file.get(), F_GETFL) & ~O_NONBLOCK);
  return file;
}

struct Streams {
  FileDescriptor input, output, error;
};

/// A stream without a path stays closed here: 0, 1 and 2 are /dev/null in this process.
Failure open_streams(const Command& command, Streams& streams) {
  constexpr int create = O_WRONLY | O_CREAT | O_TRUNC;
  const bool shared = command.error.lexically_normal() == command.output.lexically_normal();
  const auto open = [](FileDescriptor& file, const std::filesystem::path& path, int flags,
                       std::string_view what) -> Failure {
    if (path.empty()) return {};
    file = open_stream(path, flags);
    if (file.open()) return {};
    const int error = errno;
    return {.error = error, .where = fmt::format("cannot open '{}' for {}: ", path.native(), what)};
  };
  Failure failure = open(streams.input, command.input, O_RDONLY, "standard input");
  if (failure.error == 0) {
    failure = open(streams.output, command.output, create, "standard output");
  }
  if (failure.error == 0 && !shared) {
    failure = open(streams.error, command.error, create, "standard error");
  }
  return failure;
}

/// As execvp does, but on the PATH of the command's environment.
Failure find_program(const Command& command, std::string& program) {
  const std::string& name = command.arguments.front();
  if (name.find('/') != std::string::npos) {
    program = name;
    return {};
  }
  // Without a PATH: what confstr(_CS_PATH) says on Linux.
  const std::string path = variable(command.environment, "PATH").value_or("/bin:/usr/bin");
  int error = ENOENT;
  for (std::size_t begin = 0; begin <= path.size() && !name.empty();) {
    const std::size_t end = std::min(path.find(':', begin), path.size());
    const std::string place = path.substr(begin, end - begin);
    begin = end + 1;
    program = place.empty() ? name : fmt::format("{}/{}", place, name);
    struct stat status = {};
    if (::stat(program.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) continue;
    if (::faccessat(AT_FDCWD, program.c_str(), X_OK, AT_EACCESS) == 0) return {};
    error = errno;
  }
  return {.error = error,
          .hint = error == ENOENT ? fmt::format(" (not found on PATH={})", path)
                                  : std::string(" (found on PATH, but not executable)")};
}

/// What may not be plain from errno when execve(`program`) failed.
std::string exec_hint(int error, const std::string& program) {
  struct stat status = {};
  const bool there = ::stat(program.c_str(), &status) == 0;
  if (error == ENOENT && there) {
    return " (the file is there; is the interpreter that its first line names, or its loader?)";
  }
  if (error == ENOEXEC) return " (not a program; does a script lack its first line, '#!/bin/sh'?)";
  if (error == EACCES && there && S_ISDIR(status.st_mode)) return " (it is a directory)";
  if (error == EACCES && there) return " (is it executable?)";
  return {};
}

/// Forks and waits until exec has happened or failed.
Failure execute(Image& image, pid_t& leader) {
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC) != 0) return {.error = errno};
  const FileDescriptor heard(ends[0]);
  FileDescriptor report(ends[1]);
  image.report = report.get();
  image.parent = ::getpid();
  leader = fork_and_become(image);
  if (leader < 0) return {.error = errno, .where = "cannot make a process: "};
  report.close();
  int error = 0;
  ssize_t size = 0;
  while ((size = ::read(heard.get(), &error, sizeof error)) < 0 && errno == EINTR) {
  }
  if (size != sizeof error) return {};
  ::waitpid(leader, nullptr, 0);
  leader = -1;
  return {.error = error, .hint = exec_hint(error, image.program)};
}

}  // namespace

Launched launch(const Command& command) {
  Streams streams;
  std::string program;
  Launched launched;
  Failure failure;
  if (::chdir(command.directory.c_str()) != 0) {
    failure = {.error = errno,
               .where = fmt::format("cannot enter directory '{}': ", command.directory.native())};
  }
  if (failure.error == 0) failure = find_program(command, program);
  if (failure.error == 0) failure = open_streams(command, streams);
  if (failure.error == 0) {
    const std::vector<char*> arguments = pointers(command.arguments);
    const std::vector<char*> environment = pointers(command.environment);
    const auto given = [](const FileDescriptor& file, int otherwise) {
      return file.open() ? file.get() : otherwise;
    };
    const int output = given(streams.output, 1);
    const bool shared = command.error.lexically_normal() == command.output.lexically_normal();
    Image image = {.program = program.c_str(),
                   .arguments = arguments.data(),
                   .environment = environment.data(),
                   .input = given(streams.input, 0),
                   .output = output,
                   .error = given(streams.error, shared ? output : 2)};
    launched.started = steady_clock_seconds();
    failure = execute(image, launched.leader);
  }
  if (failure.error != 0) {
    launched.failure = {
        .end = ProcessResult::End::not_started,
        .status = failure.error,
        .text = fmt::format("cannot start '{}': {}{}{}", command.arguments.front().substr(0, 1000),
                            failure.where, error_text(failure.error), failure.hint)};
  }
  return launched;
}

}  // namespace mystic::supervision
