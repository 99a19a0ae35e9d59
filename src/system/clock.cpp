#include <mystic/system/clock.hpp>

#include <unistd.h>

#include <array>
#include <ctime>

namespace mystic {

namespace {

double seconds_of(clockid_t clock) {
  timespec now = {};
  ::clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

}  // namespace

double steady_clock_seconds() { return seconds_of(CLOCK_MONOTONIC); }

double wall_clock_seconds() { return seconds_of(CLOCK_REALTIME); }

double processor_clock_seconds() { return seconds_of(CLOCK_PROCESS_CPUTIME_ID); }

std::string host_name() {
  std::array<char, 256> name = {};  // HOST_NAME_MAX is 64 on Linux
  if (::gethostname(name.data(), name.size() - 1) != 0 || name.front() == '\0') return "unknown";
  return name.data();
}

}  // namespace mystic
