#pragma once

// The coroutine machinery: all of it. An algorithm is a function that returns Search and uses the
// words `co_await evaluate(...)`, `co_await step_done(...)`, `co_await` of a Nested coroutine and
// `co_return "why it ended"`. Whoever drives it calls resume() and looks at what the channel wants; or
// is its Attendant, and answers while the search runs on.
//
// GCC 12: operands of co_await are named variables or calls of the functions below, never braced
// aggregates or temporaries with destructors (it destroys those twice).

#include "mystic/core/point.hpp"
#include "mystic/core/start.hpp"

#include <coroutine>
#include <cstdint>
#include <exception>
#include <string>
#include <utility>

namespace mystic {

/// What a search reports at the end of a step (a generation). Views into the search's own storage,
/// valid until it is resumed.
struct Step {
  const double* best = nullptr;  ///< n doubles
  double best_cost = infinity;
  const double* population = nullptr;  ///< n x population_size, densely; may be null
  const double* population_costs = nullptr;
  Index population_size = 0;
  /// Cost at which this step began, where the search improved after its last report (Powell's
  /// extrapolation); it takes that report's place in the history that terminations see.
  double began_at = infinity;
};

struct Channel;

/// What was found at a batch of points, for a search that counts evaluations.
struct Answers {
  Eigen::Map<const Vector> costs;  ///< +inf: rejected or failed
  const std::uint8_t* rejected;    ///< as in Channel
};

/// A driver that can answer at once. A search that asks it does not suspend: it goes on as after a call.
class Attendant {
 public:
  /// Answers what the channel wants. False: not now; the search suspends.
  virtual bool attend(Channel& channel) = 0;

 protected:
  ~Attendant() = default;
};

/// What passes between a search and its driver: one mailbox, in the root coroutine.
struct Channel {
  enum class Wants { nothing, evaluation, step };

  Wants wants = Wants::nothing;
  Attendant* attendant = nullptr;     ///< asked before the search suspends; may be null
  std::coroutine_handle<> innermost;  ///< the coroutine that waits: the search or one nested in it
  // wants == evaluation: `count` points of `dimension` doubles, densely
  const double* points = nullptr;
  double* repaired = nullptr;  ///< not null: the search takes over the points as they were repaired
  Index dimension = 0;
  Index count = 0;
  const double* costs = nullptr;  ///< the driver's answer: `count` doubles; +inf: rejected or failed
  /// Part of the answer, for a search that asked with evaluate_noting(): not 0 where the point was
  /// rejected, hence no evaluation; null: none was.
  const std::uint8_t* rejected = nullptr;
  // wants == step
  Step step;
};

namespace detail {

struct EvaluateOne {
  const double* x;
  Index dimension;
};
struct EvaluateMany {
  const double* points;
  double* repaired;
  Index dimension;
  Index count;
};

struct EvaluateNoting {
  EvaluateMany request;
};

struct OneAwaiter {
  Channel& channel;
  EvaluateOne request;
  [[nodiscard]] bool await_ready() const {
    channel.wants = Channel::Wants::evaluation;
    channel.points = request.x;
    channel.repaired = nullptr;
    channel.dimension = request.dimension;
    channel.count = 1;
    return channel.attendant != nullptr && channel.attendant->attend(channel);
  }
  void await_suspend(std::coroutine_handle<> handle) const noexcept { channel.innermost = handle; }
  [[nodiscard]] double await_resume() const noexcept { return channel.costs[0]; }
};

struct ManyAwaiter {
  Channel& channel;
  EvaluateMany request;
  [[nodiscard]] bool await_ready() const {
    channel.wants = Channel::Wants::evaluation;
    channel.points = request.points;
    channel.repaired = request.repaired;
    channel.dimension = request.dimension;
    channel.count = request.count;
    return channel.attendant != nullptr && channel.attendant->attend(channel);
  }
  void await_suspend(std::coroutine_handle<> handle) const noexcept { channel.innermost = handle; }
  [[nodiscard]] Eigen::Map<const Vector> await_resume() const noexcept {
    return {channel.costs, request.count};
  }
};

struct NotingAwaiter {
  ManyAwaiter many;
  [[nodiscard]] bool await_ready() const {
    many.channel.rejected = nullptr;
    return many.await_ready();
  }
  void await_suspend(std::coroutine_handle<> handle) const noexcept { many.await_suspend(handle); }
  [[nodiscard]] Answers await_resume() const noexcept {
    return {many.await_resume(), many.channel.rejected};
  }
};

struct StepAwaiter {
  Channel& channel;
  [[nodiscard]] bool await_ready() const {
    channel.wants = Channel::Wants::step;
    return channel.attendant != nullptr && channel.attendant->attend(channel);
  }
  void await_suspend(std::coroutine_handle<> handle) const noexcept { channel.innermost = handle; }
  void await_resume() const noexcept {}
};

inline FrameArena* arena_of(const Start& start) { return start.arena; }
inline FrameArena* arena_of(FrameArena& arena) { return &arena; }

template <class T>
struct NestedPromise;

/// Common to the root and nested coroutines: frames from the arena that the coroutine's first
/// argument names, and the words an algorithm may await.
struct SearchPromiseBase {
  Channel* channel = nullptr;

  struct Header {
    FrameArena* arena;
    std::size_t unused;  // keeps the frame behind it aligned to 16
  };

  template <class First, class... Rest>
  static void* operator new(std::size_t size, First& first, Rest&...) {
    FrameArena* const arena = arena_of(first);
    const std::size_t whole = size + sizeof(Header);
    void* const memory = arena != nullptr ? arena->allocate(whole) : ::operator new(whole);
    return ::new (memory) Header{arena, 0} + 1;
  }
  static void operator delete(void* frame, std::size_t size) noexcept {
    Header* const header = static_cast<Header*>(frame) - 1;
    if (header->arena != nullptr) {
      header->arena->release(header, size + sizeof(Header));
    } else {
      ::operator delete(header);
    }
  }

  OneAwaiter await_transform(EvaluateOne request) const noexcept { return {*channel, request}; }
  ManyAwaiter await_transform(EvaluateMany request) const noexcept { return {*channel, request}; }
  NotingAwaiter await_transform(EvaluateNoting noting) const noexcept {
    return {{*channel, noting.request}};
  }
  // Field by field: a copy as a whole would load 16 bytes where 8 and 8 were stored just before, for
  // which the processor waits (10 ns per evaluation of Nelder-Mead).
  StepAwaiter await_transform(const Step& step) const noexcept {
    Step& reported = channel->step;
    reported.best = step.best;
    reported.best_cost = step.best_cost;
    reported.population = step.population;
    reported.population_costs = step.population_costs;
    reported.population_size = step.population_size;
    reported.began_at = step.began_at;
    return {*channel};
  }
  template <class Coroutine>
  auto await_transform(Coroutine& nested) const noexcept {
    return nested.within(*channel);
  }
};

}  // namespace detail

/// Waits for the cost of one point; +inf when it was rejected or failed.
[[nodiscard]] inline detail::EvaluateOne evaluate(const Vector& x) { return {x.data(), x.size()}; }

/// Waits for the costs of all points (columns); any map may share them out.
[[nodiscard]] inline detail::EvaluateMany evaluate(const Points& points) {
  return {points.data(), nullptr, points.rows(), points.cols()};
}

/// The same, and `points` become what was evaluated: bounds, repairs and rounding applied.
[[nodiscard]] inline detail::EvaluateMany evaluate_repaired(Points& points) {
  return {points.data(), points.data(), points.rows(), points.cols()};
}

/// The same, and the answer says which of them were rejected: for a search that counts evaluations.
[[nodiscard]] inline detail::EvaluateNoting evaluate_noting(Points& points) {
  return {evaluate_repaired(points)};
}

/// The same as evaluate_repaired() for the first `count` of them; 1 <= count <= points.cols().
[[nodiscard]] inline detail::EvaluateMany evaluate_repaired(Points& points, Index count) {
  return {points.data(), points.data(), points.rows(), count};
}

/// Ends a step. Monitors and termination live outside; the search is simply not resumed when it is over.
[[nodiscard]] inline Step step_done(const Vector& best, double best_cost) {
  return {best.data(), best_cost, nullptr, nullptr, 0, infinity};
}

/// The same for a step that began at a better cost than the last one reported.
[[nodiscard]] inline Step step_done(const Vector& best, double best_cost, double began_at) {
  return {best.data(), best_cost, nullptr, nullptr, 0, began_at};
}

/// The same for a search with a population: n x m points and their m costs, in any order.
[[nodiscard]] inline Step step_done(const VectorView& best, double best_cost, const Points& population,
                                    const Vector& costs, double began_at = infinity) {
  return {best.data(), best_cost, population.data(), costs.data(), population.cols(), began_at};
}

/// A coroutine within a search (a line search, say): `auto line = line_search(...);
/// const auto minimum = co_await line;`. Its frame comes from the arena that its first argument names.
template <class T>
class Nested {
 public:
  using promise_type = detail::NestedPromise<T>;

  explicit Nested(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
  Nested(const Nested&) = delete;
  Nested& operator=(const Nested&) = delete;
  ~Nested() { handle_.destroy(); }

  struct Awaiter {
    std::coroutine_handle<promise_type> nested;
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> outer) const noexcept {
      nested.promise().outer = outer;
      return nested;
    }
    T await_resume() const {
      if (nested.promise().error) std::rethrow_exception(nested.promise().error);
      return std::move(nested.promise().value);
    }
  };
  Awaiter within(Channel& channel) noexcept {
    handle_.promise().channel = &channel;
    return {handle_};
  }

 private:
  std::coroutine_handle<promise_type> handle_;
};

namespace detail {

template <class T>
struct NestedPromise : SearchPromiseBase {
  std::coroutine_handle<> outer;
  std::exception_ptr error;
  T value{};

  struct Final {
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<NestedPromise> handle) const noexcept {
      return handle.promise().outer;
    }
    void await_resume() const noexcept {}
  };

  Nested<T> get_return_object() {
    return Nested<T>(std::coroutine_handle<NestedPromise>::from_promise(*this));
  }
  [[nodiscard]] std::suspend_always initial_suspend() const noexcept { return {}; }
  [[nodiscard]] Final final_suspend() const noexcept { return {}; }
  void return_value(const T& result) { value = result; }
  void unhandled_exception() { error = std::current_exception(); }
};

}  // namespace detail

/// An algorithm under way: proposes points, is told costs, reports steps.
class Search {
 public:
  struct promise_type : detail::SearchPromiseBase {
    Channel mailbox;
    std::exception_ptr error;
    std::string reason;

    promise_type() { channel = &mailbox; }
    Search get_return_object() {
      return Search(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    [[nodiscard]] std::suspend_always initial_suspend() const noexcept { return {}; }
    [[nodiscard]] std::suspend_always final_suspend() const noexcept { return {}; }
    void return_value(std::string why) { reason = std::move(why); }
    void unhandled_exception() { error = std::current_exception(); }
  };

  Search(Search&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Search& operator=(Search&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~Search() {
    if (handle_) handle_.destroy();
  }

  /// Runs the algorithm until it wants something or has ended.
  /// @throws whatever the algorithm threw
  void resume() {
    promise_type& promise = handle_.promise();
    promise.mailbox.wants = Channel::Wants::nothing;
    (promise.mailbox.innermost ? promise.mailbox.innermost : handle_).resume();
    if (promise.error) [[unlikely]]
      std::rethrow_exception(promise.error);
  }

  [[nodiscard]] Channel& channel() const { return handle_.promise().mailbox; }
  [[nodiscard]] bool done() const { return handle_.done(); }
  /// Why the algorithm ended by itself; only when done().
  [[nodiscard]] const std::string& reason() const { return handle_.promise().reason; }

 private:
  explicit Search(std::coroutine_handle<promise_type> handle) : handle_(handle) {}

  std::coroutine_handle<promise_type> handle_;
};

}  // namespace mystic
