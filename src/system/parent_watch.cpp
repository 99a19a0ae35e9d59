#include <mystic/system/parent_watch.hpp>

#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <utility>

namespace mystic {

ParentWatch::ParentWatch(std::function<void()> on_end)
    : parent_(::getppid()),
      watcher_([on_end = std::move(on_end), parent = parent_](const std::stop_token& over) {
        std::mutex mutex;
        std::condition_variable_any turn;
        std::unique_lock lock(mutex);
        const auto orphaned = [parent] { return ::getppid() != parent; };
        while (!over.stop_requested()) {
          if (turn.wait_for(lock, over, std::chrono::milliseconds(200), orphaned)) return on_end();
        }
      }) {}

bool ParentWatch::orphaned() const { return ::getppid() != parent_; }

}  // namespace mystic
