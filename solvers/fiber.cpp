// Boost.Context's switch (make_fcontext, jump_fcontext) under our own bookkeeping. Its class `fiber` is
// not used: it enters the new stack in its constructor and leaves it in its destructor by itself, where
// sanitizers cannot be told.

#include "fiber.hpp"

#include "mystic/core/require.hpp"

#include <boost/context/detail/fcontext.hpp>

#include <cassert>
#include <cstring>
#include <cxxabi.h>
#include <new>
#include <utility>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define MYSTIC_UNDER_ADDRESS_SANITIZER
#endif
#if __has_feature(thread_sanitizer)
#define MYSTIC_UNDER_THREAD_SANITIZER
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define MYSTIC_UNDER_ADDRESS_SANITIZER
#endif
#if defined(__SANITIZE_THREAD__)
#define MYSTIC_UNDER_THREAD_SANITIZER
#endif

#if defined(MYSTIC_UNDER_ADDRESS_SANITIZER)
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif
#if defined(MYSTIC_UNDER_THREAD_SANITIZER)
#include <sanitizer/tsan_interface.h>
#endif

// The frames from which a stack is entered and left are none of a sanitizer's business. What such a
// frame tells it stands in the frame itself: ThreadSanitizer counts calls and returns on each stack.
#if defined(MYSTIC_UNDER_ADDRESS_SANITIZER)
#define MYSTIC_SWITCHES __attribute__((no_sanitize_address, noinline))
#define MYSTIC_TELLS inline __attribute__((no_sanitize_address, always_inline))
#elif defined(MYSTIC_UNDER_THREAD_SANITIZER)
#define MYSTIC_SWITCHES __attribute__((no_sanitize_thread, noinline))
#define MYSTIC_TELLS inline __attribute__((no_sanitize_thread, always_inline))
#else
#define MYSTIC_SWITCHES
#define MYSTIC_TELLS inline
#endif

namespace mystic {

namespace context = boost::context::detail;

#if defined(MYSTIC_UNDER_ADDRESS_SANITIZER)
MYSTIC_TELLS void Fiber::before_entering() {
  __sanitizer_start_switch_fiber(&outside_mark_, static_cast<char*>(stack_.sp) - stack_.size,
                                 stack_.size);
}
MYSTIC_TELLS void Fiber::after_entering() {
  __sanitizer_finish_switch_fiber(inside_mark_, &outside_stack_, &outside_size_);
}
MYSTIC_TELLS void Fiber::before_leaving(bool for_good) {
  __sanitizer_start_switch_fiber(for_good ? nullptr : &inside_mark_, outside_stack_, outside_size_);
}
MYSTIC_TELLS void Fiber::after_leaving() {
  __sanitizer_finish_switch_fiber(outside_mark_, nullptr, nullptr);
}
#elif defined(MYSTIC_UNDER_THREAD_SANITIZER)
MYSTIC_TELLS void Fiber::before_entering() {
  outside_mark_ = __tsan_get_current_fiber();
  __tsan_switch_to_fiber(inside_mark_, 0);
}
MYSTIC_TELLS void Fiber::after_entering() {}
MYSTIC_TELLS void Fiber::before_leaving(bool) { __tsan_switch_to_fiber(outside_mark_, 0); }
MYSTIC_TELLS void Fiber::after_leaving() {}
#else
MYSTIC_TELLS void Fiber::before_entering() {}
MYSTIC_TELLS void Fiber::after_entering() {}
MYSTIC_TELLS void Fiber::before_leaving(bool) {}
MYSTIC_TELLS void Fiber::after_leaving() {}
#endif

struct Fiber::Entry {
  // The first frame of the new stack. It never returns: there is nowhere to return to.
  MYSTIC_SWITCHES static void begin(context::transfer_t from) {
    Fiber& fiber = *static_cast<Fiber*>(from.data);
    fiber.outside_ = from.fctx;
    fiber.after_entering();
    fiber.body_();
    fiber.state_ = State::ended;
    fiber.before_leaving(true);
    context::jump_fcontext(fiber.outside_, nullptr);
  }
};

Fiber::Fiber(std::size_t stack_size, std::function<void()> body)
    : body_(std::move(body)), memory_(stack_size) {
  try {
    stack_ = memory_.allocate();
  } catch (const std::bad_alloc&) {
    throw Error(fmt::format("there is no memory for another stack of {} bytes", stack_size));
  }
#if defined(MYSTIC_UNDER_THREAD_SANITIZER)
  inside_mark_ = __tsan_create_fiber(0);
#endif
}

Fiber::~Fiber() {
  assert(state_ == State::new_born || state_ == State::ended);
#if defined(MYSTIC_UNDER_ADDRESS_SANITIZER)
  // The first frame was left without a return: what was marked around it would stay marked.
  const std::size_t page = boost::context::stack_traits::page_size();
  __asan_unpoison_memory_region(static_cast<char*>(stack_.sp) - stack_.size + page, stack_.size - page);
#endif
#if defined(MYSTIC_UNDER_THREAD_SANITIZER)
  __tsan_destroy_fiber(inside_mark_);
#endif
  memory_.deallocate(stack_);
}

MYSTIC_SWITCHES void Fiber::resume() {
  assert(state_ == State::new_born || state_ == State::paused);
  if (state_ == State::new_born) {
    inside_ = context::make_fcontext(stack_.sp, stack_.size, &Entry::begin);
  }
  state_ = State::running;
  exchange_exceptions();
  before_entering();
  const context::transfer_t back = context::jump_fcontext(inside_, this);
  inside_ = back.fctx;
  after_leaving();
  exchange_exceptions();
}

MYSTIC_SWITCHES void Fiber::pause() {
  assert(state_ == State::running);
  state_ = State::paused;
  before_leaving(false);
  const context::transfer_t back = context::jump_fcontext(outside_, nullptr);
  outside_ = back.fctx;
  after_entering();
}

// On the outer side only: a body may be resumed by another thread than before, and compilers take the
// address of these for a constant within a function.
void Fiber::exchange_exceptions() {
  void* const current = static_cast<void*>(abi::__cxa_get_globals());
  Exceptions others;
  std::memcpy(&others, current, sizeof(Exceptions));
  std::memcpy(current, &exceptions_, sizeof(Exceptions));
  exceptions_ = others;
}

}  // namespace mystic
