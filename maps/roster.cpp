#include "roster.hpp"

#include "mystic/system/clock.hpp"
#include "mystic/system/process.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>

namespace mystic {
namespace {

// Two processes with the same text here see the same process ids: this boot of this kernel, and this
// process namespace of it (two containers may well have the same host name).
std::string machine_identity() {
  std::string boot;
  std::ifstream("/proc/sys/kernel/random/boot_id") >> boot;
  std::array<char, 64> space{};
  const ssize_t size = ::readlink("/proc/self/ns/pid", space.data(), space.size());
  if (boot.empty() || size <= 0) return {};
  return boot + " " + std::string(space.data(), static_cast<std::size_t>(size));
}

}  // namespace

Introduction introduce_myself() {
  const pid_t pid = ::getpid();
  return {
      .process = pid, .started = process_start(pid), .machine = machine_identity(), .host = host_name()};
}

bool has_ended(const Introduction& introduction) {
  return !is_alive(introduction.process) || process_start(introduction.process) != introduction.started;
}

void put_introduction(ByteWriter& writer, const Introduction& introduction) {
  writer.put(introduction.process);
  writer.put(introduction.started);
  writer.put_text(introduction.machine);
  writer.put_text(introduction.host);
}

Introduction get_introduction(ByteReader& reader) {
  Introduction introduction;
  introduction.process = reader.get<std::int32_t>();
  introduction.started = reader.get<std::uint64_t>();
  introduction.machine = reader.get_text();
  introduction.host = reader.get_text();
  return introduction;
}

Roster::Roster(int ranks, double liveness, bool watch_processes)
    : liveness_(liveness), watch_processes_(watch_processes), mine_(introduce_myself()),
      entries_(static_cast<std::size_t>(ranks)) {}

void Roster::introduce(int rank, const Introduction& introduction) {
  if (introduction.host != mine_.host) at(rank).host_elsewhere = introduction.host;
  at(rank).introduction = introduction;
}

const std::string& Roster::host_elsewhere(int rank) const { return at(rank).host_elsewhere; }

bool Roster::watched(int rank) const {
  const auto& introduction = at(rank).introduction;
  return watch_processes_ && introduction && introduction->started != 0 &&
         !introduction->machine.empty() && introduction->machine == mine_.machine;
}

std::function<bool()> Roster::ended(int rank) const {
  if (!watched(rank)) return {};
  return [introduction = *at(rank).introduction] { return has_ended(introduction); };
}

std::optional<std::string> Roster::why_dead(int rank, double seconds) {
  Entry& entry = at(rank);
  if (watched(rank)) {
    if (!has_ended(*entry.introduction)) return std::nullopt;
    return fmt::format("its process {} has ended", entry.introduction->process);
  }
  constexpr double most_per_look = 0.25;
  entry.silence += std::min(seconds, most_per_look);
  // Before its first word a rank may be reading a large study, or a large journal.
  const double allowed = entry.introduction ? liveness_ : 20 * liveness_;
  if (entry.silence <= allowed) return std::nullopt;
  return fmt::format("nothing was heard of it for {} s", allowed);
}

}  // namespace mystic
