#include <mystic/system/clock.hpp>

#include <unistd.h>

#include <array>
#include <ctime>

namespace mystic {

double steady_clock_seconds() {
  timespec now = {};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

std::string host_name() {
  std::array<char, 256> name = {};  // HOST_NAME_MAX is 64 on Linux
  if (::gethostname(name.data(), name.size() - 1) != 0 || name.front() == '\0') return "unknown";
  return name.data();
}

}  // namespace mystic
