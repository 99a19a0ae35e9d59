#include "serving.hpp"

#include "back_off.hpp"
#include "fail_task.hpp"

#include "mystic/maps/mpi.hpp"

#include <utility>

namespace mystic {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto look_up_every = 20ms;
constexpr auto look_after_root_every = 100ms;
constexpr int root = 0;

}  // namespace

Serving::Serving(mpi::Session& session, const MpiOptions& options, std::stop_token stop)
    : session_(session), mailbox_(session),
      roster_(session.size(), options.liveness, options.watch_processes), liveness_(options.liveness),
      pulsed_(Clock::now()), looked_(Clock::now()), stop_(std::move(stop)),
      on_stop_(stop_, [this] { give_up_run(); }), lookout_(look_up_every, [this] { look_up(); }) {
  say_hello();
}

void Serving::say_hello() {
  const Turn turn = session_.turn();
  if (session_.left(turn, root)) root_gone_ = "it has left the job";
  answer_.clear();
  ByteWriter writer(answer_);
  put_introduction(writer, roster_.mine());
  mailbox_.send(turn, root, static_cast<std::uint8_t>(Said::hello), answer_);
}

void Serving::serve(const Evaluator& evaluator) {
  const std::stop_token stop = open_run();
  try {
    take_orders(evaluator, stop);
  } catch (const SteeringEnded&) {
    throw;
  } catch (...) {  // rank 0 is not to wait for what we hold
    mailbox_.send(session_.turn(), root, static_cast<std::uint8_t>(Said::closed), {});
    throw;
  }
}

// Until the end of the run.
void Serving::take_orders(const Evaluator& evaluator, const std::stop_token& stop) {
  for (;;) {
    Order order = next_order();
    ByteReader reader(order.bytes);
    if (order.what == Said::end) {
      const auto run = reader.get<std::uint32_t>();
      require<Error>(run == run_, "mpi map: this rank serves run {} while rank 0 ends run {}", run_,
                     run);
      return;
    }
    if (order.what == Said::closed) throw SteeringEnded("mpi map: rank 0 closed its map");
    require<Error>(order.what == Said::task,
                   "mpi map: rank 0 shares a result while this rank serves a run");
    compute(evaluator, reader, stop);
    const Turn turn = session_.turn();
    spare_.push_back(std::move(order.bytes));
  }
}

std::stop_token Serving::open_run() {
  bool stopped = stop_.stop_requested();
  std::stop_source giving_up;
  {
    const Turn turn = session_.turn();
    ++run_;
    giving_up_ = giving_up;
    stopped = stopped || stopped_run_ >= run_;
  }
  // A stop that comes from here on finds the new source.
  if (stopped || stop_.stop_requested()) giving_up.request_stop();
  return giving_up.get_token();
}

void Serving::compute(const Evaluator& evaluator, ByteReader order, const std::stop_token& stop) {
  received_.read(order);
  if (stop.stop_requested()) {
    cancel_task(received_.task());
  } else {
    evaluator.run(received_.task(), stop);
  }
  answer_.clear();
  ByteWriter writer(answer_);
  put_answer(writer, received_.serial(), received_.task());
  mailbox_.send(session_.turn(), root, static_cast<std::uint8_t>(Said::answer), answer_);
}

void Serving::share(std::vector<std::byte>& bytes) {
  Order order = next_order();
  if (order.what == Said::closed) throw SteeringEnded("mpi map: rank 0 closed its map without a result");
  require<Error>(order.what == Said::share, "mpi map: this rank waits for a result while rank 0 runs");
  bytes = std::move(order.bytes);
}

Serving::Order Serving::next_order() {
  BackOff back_off;
  for (;;) {
    {
      const Turn turn = session_.turn();
      while (orders_.empty() && receive(turn)) {
      }
      if (!orders_.empty()) {
        Order order = std::move(orders_.front());
        orders_.pop_front();
        return order;
      }
      if (!root_gone_.empty()) throw SteeringEnded("mpi map: rank 0 is gone: " + root_gone_);
    }
    back_off.pause();
  }
}

// Takes in one letter; false if there is none. Orders wait their turn, a stop is heard at once.
bool Serving::receive(const Turn& turn) {
  const auto letter = mailbox_.receive(turn);
  if (!letter) return false;
  roster_.heard(root);
  if (letter->kind == mpi::Mailbox::farewell) {
    root_gone_ = "it has left the job";
    return true;
  }
  ByteReader reader(letter->bytes);
  switch (const auto what = static_cast<Said>(letter->kind)) {
    case Said::hello:
      roster_.introduce(root, get_introduction(reader));
      session_.watch(turn, root, roster_.ended(root));
      break;
    case Said::pulse:
      break;
    case Said::stop:
      stopped_run_ = reader.get<std::uint32_t>();
      break;
    default:
      keep(what, letter->bytes);
  }
  return true;
}

void Serving::keep(Said what, std::span<const std::byte> bytes) {
  Order& order = orders_.emplace_back();
  order.what = what;
  if (!spare_.empty()) {
    order.bytes = std::move(spare_.back());
    spare_.pop_back();
  }
  order.bytes.assign(bytes.begin(), bytes.end());
}

// This rank is told to stop.
void Serving::give_up_run() {
  std::stop_source giving_up(std::nostopstate);
  {
    const Turn turn = session_.turn();
    giving_up = giving_up_;
  }
  giving_up.request_stop();  // out of turn: what listens to it may take its time
}

// The second thread.
void Serving::look_up() {
  std::stop_source giving_up(std::nostopstate);
  {
    const Turn turn = session_.turn();
    try {
      while (receive(turn)) {
      }
      look_after_root(turn);
    } catch (const std::exception& error) {
      root_gone_ = error.what();
    }
    if (!root_gone_.empty() || (run_ > 0 && stopped_run_ >= run_)) giving_up = giving_up_;
  }
  giving_up.request_stop();
}

void Serving::look_after_root(const Turn& turn) {
  const auto now = Clock::now();
  if (now - looked_ >= look_after_root_every) {
    const double seconds = std::chrono::duration<double>(now - looked_).count();
    looked_ = now;
    if (const auto why = roster_.why_dead(root, seconds)) {
      root_gone_ = *why;
      session_.lose(turn, root);
    }
  }
  if (!roster_.watched(root) && std::chrono::duration<double>(now - pulsed_).count() >= liveness_ / 5) {
    pulsed_ = now;
    mailbox_.send(turn, root, static_cast<std::uint8_t>(Said::pulse), {});
  }
}

}  // namespace mystic
