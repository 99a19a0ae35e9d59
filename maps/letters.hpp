#pragma once

#include "mystic/core/bytes.hpp"
#include "mystic/core/task.hpp"

#include <boost/align/aligned_allocator.hpp>

#include <cstdint>
#include <vector>

namespace mystic {

/// What ranks say to each other.
enum class Said : std::uint8_t {
  hello,   ///< both ways: an Introduction
  pulse,   ///< both ways: "I live"
  task,    ///< to a worker: a deal
  stop,    ///< to a worker: give up run ...
  end,     ///< to a worker: run ... is over
  share,   ///< to a worker: the bytes of share()
  closed,  ///< both ways: nothing more will come from this map
  answer,  ///< from a worker: the outcomes of deal ...
};

void put_task(ByteWriter& writer, std::uint64_t serial, const Task& task);
void put_answer(ByteWriter& writer, std::uint64_t serial, const Task& task);

/// Reads the outcomes of an answer whose serial has been read already.
void get_answer(ByteReader& reader, Task& task);

/// A task as a worker holds it: with room for its points, aligned as every map promises, and for its
/// outcomes. Filled again and again.
class ReceivedTask {
 public:
  void read(ByteReader& reader);

  [[nodiscard]] std::uint64_t serial() const { return serial_; }
  [[nodiscard]] Task& task() { return task_; }

 private:
  std::uint64_t serial_ = 0;
  std::vector<double, boost::alignment::aligned_allocator<double, 64>> points_;
  std::vector<double> nearest_;
  std::vector<Outcome> outcomes_;
  Task task_;
};

}  // namespace mystic
