#include "children.hpp"

#include "file_descriptor.hpp"
#include "process_table.hpp"

#include <mystic/system/clock.hpp>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <optional>
#include <system_error>
#include <unordered_map>
#include <unordered_set>

namespace mystic::supervision {
namespace {

/// The kernel's own list; absent without CONFIG_PROC_CHILDREN.
std::optional<std::vector<pid_t>> listed_children() {
  const std::string path = fmt::format("/proc/self/task/{}/children", ::getpid());
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.open()) return std::nullopt;
  std::string text;
  ssize_t size = 0;
  do {
    const std::size_t before = text.size();
    text.resize(before + 4096);
    size = ::read(file.get(), text.data() + before, 4096);
    text.resize(before + static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
  } while (size > 0);
  std::vector<pid_t> found;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    pid_t pid = 0;
    const auto [next, error] = std::from_chars(at, end, pid);
    if (error != std::errc{}) break;
    found.push_back(pid);
    at = next;
    while (at < end && *at == ' ') ++at;
  }
  return found;
}

std::vector<pid_t> searched_children() {
  std::vector<pid_t> found = all_processes();
  const pid_t self = ::getpid();
  std::erase_if(found, [self](pid_t pid) {
    const auto entry = process_entry(pid);
    return !entry || entry->parent != self;
  });
  return found;
}

}  // namespace

std::vector<pid_t> children() {
  if (auto found = listed_children()) return *std::move(found);
  return searched_children();
}

double processor_seconds(pid_t child) {
  const auto entry = process_entry(child);
  return entry ? static_cast<double>(entry->processor) / static_cast<double>(::sysconf(_SC_CLK_TCK))
               : 0.0;
}

int count_descendants() {
  std::unordered_multimap<pid_t, pid_t> by_parent;
  std::unordered_set<pid_t> zombies;
  for (const pid_t pid : all_processes()) {
    const auto entry = process_entry(pid);
    if (!entry) continue;
    by_parent.emplace(entry->parent, pid);
    if (entry->state == 'Z') zombies.insert(pid);
  }
  int count = 0;
  std::unordered_set<pid_t> seen;  // a list read while pids change hands may have a circle
  std::vector<pid_t> open = {::getpid()};
  while (!open.empty()) {
    const auto [begin, end] = by_parent.equal_range(open.back());
    open.pop_back();
    for (auto child = begin; child != end; ++child) {
      if (!seen.insert(child->second).second) continue;
      open.push_back(child->second);
      if (!zombies.contains(child->second)) ++count;
    }
  }
  return count;
}

Ended reap_one(const std::function<void(pid_t)>& before) {
  siginfo_t info = {};
  if (::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) != 0) {
    return {.any = errno != ECHILD};
  }
  if (info.si_pid == 0) return {};
  if (before) before(info.si_pid);
  Ended ended = {.pid = info.si_pid};
  rusage used = {};
  ::wait4(ended.pid, &ended.status, 0, &used);
  for (const timeval& time : {used.ru_utime, used.ru_stime}) {
    ended.cpu_seconds += static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  }
  ended.peak_memory = static_cast<std::uintmax_t>(used.ru_maxrss) * 1024;
  return ended;
}

void wait_for_child(int signals, int milliseconds) {
  pollfd waited = {.fd = signals, .events = POLLIN, .revents = 0};
  if (::poll(&waited, 1, milliseconds) > 0) {
    signalfd_siginfo taken = {};
    [[maybe_unused]] const ssize_t size = ::read(signals, &taken, sizeof taken);
  }
}

bool kill_all(int signals, double limit, const std::function<void(const Ended&)>& reaped) {
  const double end = steady_clock_seconds() + limit;
  int pause = 1;  // ms; doubles while nobody dies: uninterruptible sleep, or a slow exit
  for (;;) {
    for (Ended ended = reap_one(); ended.pid > 0 || !ended.any; ended = reap_one()) {
      if (!ended.any) return true;
      reaped(ended);
      pause = 1;
    }
    if (steady_clock_seconds() > end) return false;
    for (const pid_t child : children()) ::kill(child, SIGKILL);
    wait_for_child(signals, pause);
    pause = std::min(2 * pause, 100);
  }
}

std::string signal_name(int number) {
  const char* name = ::sigabbrev_np(number);
  return name != nullptr ? fmt::format("SIG{}", name) : fmt::format("signal {}", number);
}

std::string error_text(int error) { return std::generic_category().message(error); }

}  // namespace mystic::supervision
