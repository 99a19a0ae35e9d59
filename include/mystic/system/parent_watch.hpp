#pragma once

#include <sys/types.h>

#include <functional>
#include <thread>

namespace mystic {

/// Calls `on_end` once the process that started ours has ended, whatever ours is doing at that moment.
///
/// For ranks: MPI mostly notices that its launcher was killed, but one that is starting, or busy, may
/// miss it and wait for ever. Looks five times a second; PR_SET_PDEATHSIG would not do, since it fires
/// when the *thread* of the parent ends that forked.
class ParentWatch {
 public:
  /// @param on_end  called from the watching thread; may end the process; must not throw
  explicit ParentWatch(std::function<void()> on_end);

  /// Whether the parent has ended, now.
  [[nodiscard]] bool orphaned() const;

 private:
  pid_t parent_;
  std::jthread watcher_;
};

}  // namespace mystic
