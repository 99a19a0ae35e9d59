#pragma once

#include "children.hpp"
#include "launch.hpp"
#include "reaper.hpp"

#include <mystic/system/command.hpp>

#include <cstdint>
#include <span>
#include <string>

namespace mystic::supervision {

/// One command under way, in the eyes of its reaper.
class Job {
 public:
  /// All must outlive it.
  /// @param block  room for what the program prints
  Job(const ReaperInputs& inputs, const Command& command, Launched& launched, std::span<char> block)
      : inputs_(inputs), command_(command), launched_(launched), block_(block) {}

  /// Watches until the end, kills what is left, says how it went.
  /// @param number  of the job: which "cancel" is meant
  ProcessResult finish(std::uint64_t number);

  /// Whether any descendant could not be killed.
  bool left_some() const { return left_some_; }

 private:
  ProcessResult::End watch(std::uint64_t number);
  bool told_to_stop(std::uint64_t number) const;
  void reap();
  void take(const Ended& ended);
  void judge(ProcessResult& result) const;
  void report_streams(ProcessResult& result);
  bool ran_out_of_time() const;
  double seconds() const;
  std::string describe(const ProcessResult& result) const;
  std::string describe_signal(const ProcessResult& result) const;

  const ReaperInputs& inputs_;
  const Command& command_;
  Launched& launched_;
  std::span<char> block_;
  int leader_status_ = 0;
  bool leader_ended_ = false;
  bool killing_ = false;
  bool left_some_ = false;
  int killed_ = 0;
  double leader_seconds_ = 0.0;  ///< processor time of the leader alone, where a limit is set
  double cpu_seconds_ = 0.0;
  std::uintmax_t peak_memory_ = 0;
};

}  // namespace mystic::supervision
