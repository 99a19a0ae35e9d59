// main() of test programs that run under mpirun. Every rank runs the same tests in the same order;
// rank 0 reports, the others only say what fails on them. Any failure on any rank is a failure.

#include "mpi_world.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <exception>
#include <memory>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

namespace {

mystic::mpi::Session* session_of_main = nullptr;

class OnlyFailures final : public testing::EmptyTestEventListener {
  void OnTestPartResult(const testing::TestPartResult& result) override {
    if (!result.failed()) return;
    std::fprintf(stderr, "rank %d: %s:%d: %s\n", session_of_main->rank(),
                 result.file_name() == nullptr ? "?" : result.file_name(), result.line_number(),
                 result.message());
  }
};

void report_from_rank_0_only() {
  auto& listeners = testing::UnitTest::GetInstance()->listeners();
  if (session_of_main->root()) return;
  delete listeners.Release(listeners.default_result_printer());
  listeners.Append(new OnlyFailures);
}

// While MPI still runs: what it keeps is then within reach, and no leak.
bool leaked() {
#ifdef __SANITIZE_ADDRESS__
  return __lsan_do_recoverable_leak_check() != 0;
#else
  return false;
#endif
}

}  // namespace

mystic::mpi::Session& mystic::maps_test::session() { return *session_of_main; }

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  try {
    mystic::mpi::Session session([](std::string_view words) {
      std::fprintf(stderr, "%.*s\n", static_cast<int>(words.size()), words.data());
    });
    session_of_main = &session;
    report_from_rank_0_only();
    const int result = RUN_ALL_TESTS();
    return leaked() ? 1 : result;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
