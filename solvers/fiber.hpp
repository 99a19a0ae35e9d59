#pragma once

// A function on a stack of its own, which can pause and be resumed. For functions that cannot be
// coroutines because their source is somebody else's.

#include <boost/context/protected_fixedsize_stack.hpp>

#include <cstddef>
#include <functional>

namespace mystic {

/// Runs a function on its own stack, below which lies a page that nobody may touch. Not copied, not
/// moved. Exceptions under way or caught inside are kept apart from those outside, so that fibers may be
/// resumed in any order, also while an exception unwinds the stack of whoever resumes.
class Fiber {
 public:
  /// @param stack_size  bytes, rounded up to whole pages
  /// @param body        must not throw
  /// @throws Error if there is no memory for the stack
  Fiber(std::size_t stack_size, std::function<void()> body);
  /// Only where the body has not begun or has ended.
  ~Fiber();
  Fiber(const Fiber&) = delete;
  Fiber& operator=(const Fiber&) = delete;

  /// From outside: runs the body until it pauses or ends.
  void resume();
  /// From inside: back to whoever resumed.
  void pause();
  /// Whether the body waits in pause().
  [[nodiscard]] bool is_paused() const { return state_ == State::paused; }

 private:
  enum class State { new_born, running, paused, ended };
  // What the C++ runtime knows per thread of exceptions under way: __cxa_eh_globals of the Itanium ABI.
  struct Exceptions {
    void* caught = nullptr;
    unsigned uncaught = 0;
  };
  struct Entry;

  void exchange_exceptions();
  void before_entering();
  void after_leaving();
  void before_leaving(bool for_good);
  void after_entering();

  std::function<void()> body_;
  boost::context::protected_fixedsize_stack memory_;
  boost::context::stack_context stack_;
  State state_ = State::new_born;
  void* inside_ = nullptr;   // where the body goes on
  void* outside_ = nullptr;  // where resume() goes on
  Exceptions exceptions_;    // the other side's
  // What sanitizers must know of both sides.
  void* inside_mark_ = nullptr;
  void* outside_mark_ = nullptr;
  [[maybe_unused]] const void* outside_stack_ = nullptr;
  [[maybe_unused]] std::size_t outside_size_ = 0;
};

}  // namespace mystic
