#include "launch.hpp"

#include "children.hpp"
#include "file_descriptor.hpp"

#include <mystic/system/clock.hpp>
#include <mystic/system/environment.hpp>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <span>

namespace mystic::supervision {
namespace {

struct Failure {
  int error = 0;           ///< errno; 0: no failure
  std::string where = {};  ///< stands before what errno means
  std::string hint = {};   ///< stands behind it
};

struct Limit {
  __rlimit_resource resource = RLIMIT_DATA;
  rlimit value = {};
};

/// The limits of a command, as setrlimit takes them.
class Limits {
 public:
  explicit Limits(const ResourceLimits& wanted) {
    if (wanted.memory != unlimited) add(RLIMIT_DATA, wanted.memory, 0);
    if (wanted.file_size != unlimited) add(RLIMIT_FSIZE, wanted.file_size, 0);
    // At most a century: a double may hold more than the kernel's whole seconds.
    if (wanted.cpu_seconds < 3e9) add(RLIMIT_CPU, static_cast<rlim_t>(std::ceil(wanted.cpu_seconds)), 2);
  }
  std::span<const Limit> all() const { return {limits_.data(), count_}; }

 private:
  /// The hard limit lies `grace` above the soft one; neither above the hard one that we have.
  void add(__rlimit_resource resource, rlim_t soft, rlim_t grace) {
    rlimit ours = {};
    ::getrlimit(resource, &ours);
    limits_[count_++] = {.resource = resource,
                         .value = {.rlim_cur = std::min(soft, ours.rlim_max),
                                   .rlim_max = std::min(soft + grace, ours.rlim_max)}};
  }

  std::array<Limit, 3> limits_ = {};
  std::size_t count_ = 0;
};

/// What exec takes, made before the fork: the child allocates nothing.
struct Image {
  const char* program = nullptr;
  char* const* arguments = nullptr;
  char* const* environment = nullptr;
  int input = 0;
  int output = 1;
  int error = 2;
  std::span<const Limit> limits = {};
  pid_t parent = 0;
  int report = -1;  ///< takes errno when exec fails; closed by exec when it does not
};

/// In the child. With vfork it still uses the parent's memory, so it only makes system calls.
[[noreturn]] void become(const Image& image) noexcept {
  ::setsid();
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != image.parent) ::_exit(127);  // it died before the line above
  bool placed =
      ::dup2(image.input, 0) == 0 && ::dup2(image.output, 1) == 1 && ::dup2(image.error, 2) == 2;
  for (const Limit& limit : image.limits) {
    placed = placed && ::setrlimit(limit.resource, &limit.value) == 0;
  }
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

/// vfork copies no page tables: 0.4 ms less than fork per
/// command (2026-11-20, bench/system_bench.cpp, two cores of a virtual machine).
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

/// Where the three streams of a program lead: descriptors of this process, where 0, 1 and 2 are
/// /dev/null.
struct Streams {
  int input = 0, output = 1, error = 2;
  FileDescriptor input_file, output_file, error_file;  ///< those that the program gets as they are
};

bool one_file(const Command& command) {
  return !command.output.empty() &&
         (command.output == command.error ||
          command.error.lexically_normal() == command.output.lexically_normal());
}

/// Opens without waiting for the other end of a FIFO, which may never come.
FileDescriptor open_stream(const std::filesystem::path& path, int flags) {
  return FileDescriptor(::open(path.c_str(), flags | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0666));
}

void let_wait(const FileDescriptor& file) {
  ::fcntl(file.get(), F_SETFL, ::fcntl(file.get(), F_GETFL) & ~O_NONBLOCK);
}

Failure not_opened(int error, const std::filesystem::path& path, std::string_view what) {
  return {.error = error, .where = fmt::format("cannot open '{}' for {}: ", path.native(), what)};
}

/// A regular file is written by us, through `capture`; all else by the program itself.
/// @param end  what the program gets
/// @return 0 or errno
int open_printed(const std::filesystem::path& path, std::uintmax_t cap, Capture& capture,
                 FileDescriptor& direct, int& end) {
  if (path.empty()) return 0;
  FileDescriptor file = open_stream(path, O_WRONLY | O_CREAT | O_TRUNC);
  struct stat status = {};
  if (!file.open() || ::fstat(file.get(), &status) != 0) return errno;
  if (S_ISREG(status.st_mode)) {
    const int error = capture.begin(std::move(file), cap);
    end = capture.writable();
    return error;
  }
  let_wait(file);
  direct = std::move(file);
  end = direct.get();
  return 0;
}

Failure open_streams(const Command& command, Streams& streams, Launched& launched) {
  if (!command.input.empty()) {
    streams.input_file = open_stream(command.input, O_RDONLY);
    if (!streams.input_file.open()) return not_opened(errno, command.input, "standard input");
    let_wait(streams.input_file);
    streams.input = streams.input_file.get();
  }
  int error = open_printed(command.output, command.output_cap, launched.output, streams.output_file,
                           streams.output);
  if (error != 0) return not_opened(error, command.output, "standard output");
  if (one_file(command)) {
    streams.error = streams.output;
    return {};
  }
  error =
      open_printed(command.error, command.output_cap, launched.error, streams.error_file, streams.error);
  return error == 0 ? Failure{} : not_opened(error, command.error, "standard error");
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

/// Forks and waits until exec has happened or failed. By a pipe, which exec closes, and not by a
/// variable that a child of vfork shares with us: ThreadSanitizer and some emulators make a fork of
/// vfork. It costs 4 us.
Failure execute(Image& image, pid_t& leader) {
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC) != 0) return {.error = errno};
  const FileDescriptor heard(ends[0]);
  FileDescriptor report(ends[1]);
  image.report = report.get();
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

/// With the program's name and the streams known.
Failure start(const Command& command, const std::string& program, const Streams& streams,
              Launched& launched) {
  const std::vector<char*> arguments = pointers(command.arguments);
  const std::vector<char*> environment = pointers(command.environment);
  const Limits limits(command.limits);
  Image image = {.program = program.c_str(),
                 .arguments = arguments.data(),
                 .environment = environment.data(),
                 .input = streams.input,
                 .output = streams.output,
                 .error = streams.error,
                 .limits = limits.all(),
                 .parent = ::getpid()};
  launched.started = steady_clock_seconds();
  return execute(image, launched.leader);
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
  if (failure.error == 0) failure = open_streams(command, streams, launched);
  if (failure.error == 0) failure = start(command, program, streams, launched);
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
