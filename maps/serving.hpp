#pragma once

#include "letters.hpp"
#include "roster.hpp"
#include "ticker.hpp"

#include "mystic/comm/mailbox.hpp"
#include "mystic/core/evaluator.hpp"
#include "mystic/maps/mpi_options.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace mystic {

/// A worker's side of the mpi map.
///
/// Two threads: the caller's computes; a second one looks at the mail 50 times a second, so that a stop
/// is heard and signs of life go out while the model runs.
class Serving {
 public:
  Serving(mpi::Session& session, const MpiOptions& options, std::stop_token stop);
  Serving(const Serving&) = delete;
  Serving& operator=(const Serving&) = delete;

  void serve(const Evaluator& evaluator);
  void share(std::vector<std::byte>& bytes);

 private:
  using Turn = mpi::Turn;

  struct Order {
    Said what = Said::pulse;
    std::vector<std::byte> bytes;
  };

  void say_hello();
  void take_orders(const Evaluator& evaluator, const std::stop_token& stop);
  std::stop_token open_run();
  void compute(const Evaluator& evaluator, ByteReader order, const std::stop_token& stop);
  Order next_order();
  bool receive(const Turn& turn);
  void keep(Said what, std::span<const std::byte> bytes);
  void give_up_run();
  void look_up();
  void look_after_root(const Turn& turn);

  mpi::Session& session_;
  mpi::Mailbox mailbox_;
  Roster roster_;
  double liveness_;
  std::chrono::steady_clock::time_point pulsed_;
  std::chrono::steady_clock::time_point looked_;

  // In turn only.
  std::deque<Order> orders_;                   ///< arrived, in order
  std::vector<std::vector<std::byte>> spare_;  ///< their buffers, to be filled again
  std::stop_source giving_up_;                 ///< of the run that is served
  std::uint32_t run_ = 0;                      ///< the one served last
  std::uint32_t stopped_run_ = 0;              ///< the last that rank 0 gave up

  std::string root_gone_;  ///< why; empty: it lives
  ReceivedTask received_;
  std::vector<std::byte> answer_;

  std::stop_token stop_;
  std::stop_callback<std::function<void()>> on_stop_;
  Ticker lookout_;  ///< last: it uses the others
};

}  // namespace mystic
