#pragma once

#include "dealer.hpp"
#include "letters.hpp"
#include "roster.hpp"
#include "ticker.hpp"

#include "mystic/comm/mailbox.hpp"
#include "mystic/core/evaluator.hpp"
#include "mystic/maps/mpi_options.hpp"

#include <chrono>
#include <cstddef>
#include <deque>
#include <string>
#include <vector>

namespace mystic {

/// Rank 0's side of the mpi map, where there are other ranks. Worker w is rank w + 1.
class Steering {
 public:
  Steering(mpi::Session& session, const MpiOptions& options, Deal deal);
  /// Tells the workers that nothing more will come, unless they know.
  ~Steering();
  Steering(const Steering&) = delete;
  Steering& operator=(const Steering&) = delete;

  [[nodiscard]] Index workers() const;
  void begin(const Evaluator& evaluator);
  void submit(Task& task);
  Task* wait(std::chrono::milliseconds patience);
  void cancel();
  void end();
  void share(std::span<const std::byte> bytes);
  [[nodiscard]] double busy_seconds() const { return busy_seconds_; }

 private:
  using Clock = std::chrono::steady_clock;
  using Turn = mpi::Turn;

  void send(const Turn& turn, std::size_t worker, Said what);
  void send_to_all(const Turn& turn, Said what);
  void deal(const Turn& turn);
  void poll(const Turn& turn);
  bool receive(const Turn& turn);
  void read(const Turn& turn, const mpi::Letter& letter);
  void take_answer(std::size_t worker, ByteReader& reader);
  void look_after_workers(const Turn& turn, Clock::time_point now);
  void lose(std::size_t worker, const std::string& why);
  void cancel_waiting();
  Task* next_returned();
  void forget_running();
  void pulse();

  mpi::Session& session_;
  mpi::Mailbox mailbox_;
  Roster roster_;
  Dealer dealer_;

  std::deque<Task*> returned_;  ///< finished, not yet given back
  std::size_t under_way_ = 0;   ///< submitted, not yet given back
  double busy_seconds_ = 0.0;
  bool timed_ = false;
  std::uint32_t run_ = 0;
  bool open_ = false;             ///< a run is
  bool result_expected_ = false;  ///< workers may be waiting for share()
  bool cancelled_ = false;
  Clock::time_point patience_ends_{};  ///< of a cancelled run
  Clock::time_point looked_{};
  std::vector<std::byte> bytes_;
  Ticker pulse_;  ///< last: it uses the others
};

}  // namespace mystic
